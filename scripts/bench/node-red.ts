/**
 * Node-RED with the package and the example flow, as a process of its own that is told by its parent when to run
 * and answers with what it took. Servers come from the environment, as for a user.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startNodeRed } from '../start/embedded.js';
import { FlowWatch } from '../start/run-flow.js';

/** What the parent sends. */
export type Order = 'run' | 'stop';

export interface RunFigures {
  /** When it began, milliseconds since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  /** Processor time of this process, milliseconds; unlike `ms`, hardly changed by what else the machine does. */
  readonly cpu: number;
  /** Longest turn of the event loop, milliseconds. */
  readonly delay: number;
  /** Highest resident memory above that of the idle Node-RED, MiB. */
  readonly memory: number;
  readonly grabbed: number;
  readonly failures: readonly string[];
}

const MIB = 1024 * 1024;

async function main(): Promise<void> {
  const root = join(__dirname, '../..');
  const userDir = await mkdtemp(join(tmpdir(), 'plex-jit-bench-'));
  const embedded = await startNodeRed({
    root,
    userDir,
    exampleFlow: await readFile(join(root, 'examples/01 - Plex Just-In-Time.json'), 'utf8'),
    port: null,
    logLevel: 'warn',
    onLog: () => undefined,
  });
  const watch = new FlowWatch(embedded, {});
  await new Promise((resolve) => setTimeout(resolve, 1000));
  global.gc?.();
  const idle = process.memoryUsage().rss;

  const run = async (): Promise<RunFigures> => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let peak = process.memoryUsage.rss();
    const sample = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
    delay.enable();
    const startedAt = Date.now();
    const cpu = process.cpuUsage();
    const { plan, failures, ms } = await watch.once();
    const { user, system } = process.cpuUsage(cpu);
    delay.disable();
    clearInterval(sample);
    const items = plan?.items ?? [];
    return {
      startedAt,
      ms,
      cpu: Math.round((user + system) / 1000),
      delay: Math.round(delay.max / 1e5) / 10,
      memory: Math.round(((peak - idle) / MIB) * 10) / 10,
      grabbed: items.filter(({ result }) => result?.code === 'grabbed').length,
      failures: [...failures, ...(plan?.errors ?? [])].map(({ message }) => message),
    };
  };

  const stop = async (): Promise<void> => {
    await embedded.stop();
    await rm(userDir, { recursive: true, force: true });
    process.exit(0);
  };

  process.on('message', (order: Order) => {
    if (order === 'stop') void stop();
    else void run().then((figures) => process.send?.(figures));
  });
  process.send?.('ready');
}

void main();
