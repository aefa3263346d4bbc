import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LINE_4, type Line } from './lines.js';

/** Below those that systems give to connections: one of them could be taken again before Node-RED listens there. */
const PORTS = { from: 20_000, count: 10_000 };

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + randomInt(PORTS.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** Counts the uptime pings that the example flow sends at the end of each run. */
class EndOfRun {
  readonly #server: Server;
  #count = 0;
  #waiting: (() => void)[] = [];

  constructor() {
    this.#server = createServer((_request, response) => {
      response.end('ok');
      this.#count += 1;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  get count(): number {
    return this.#count;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/up`;
  }

  async reach(count: number, within: number): Promise<void> {
    const deadline = Date.now() + within;
    while (this.#count < count) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`run ${count} did not end within ${within} ms`);
      await Promise.race([
        new Promise<void>((wake) => this.#waiting.push(wake)),
        new Promise((wake) => setTimeout(wake, left).unref()),
      ]);
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export interface NodeRedOptions {
  readonly userDir: string;
  /** The flow file's content. */
  readonly flows: readonly object[];
  readonly env: Readonly<Record<string, string>>;
  /** Credentials by node id, as typed into the editor's forms. */
  readonly credentials?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** @default 4.1 */
  readonly line?: Line;
  /** Statements of the settings file that change `settings`, e.g. `settings.httpAdminRoot = '/red';`. */
  readonly settings?: string;
  /** Below which its editor lies, e.g. `/red`. */
  readonly root?: string;
  /** Sent with each request to it. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real Node-RED in a process of its own. */
export class NodeRedProcess {
  readonly #options: NodeRedOptions;
  readonly #ends = new EndOfRun();
  #uptimeUrl = '';
  #child: ChildProcess | undefined;
  #output = '';
  url = '';

  constructor(options: NodeRedOptions) {
    this.#options = options;
  }

  /** All that it printed, over restarts. */
  get output(): string {
    return this.#output;
  }

  get runsEnded(): number {
    return this.#ends.count;
  }

  /** @param port of an earlier start, for an editor that is still open */
  async start(port?: number): Promise<void> {
    const { userDir, flows, env, credentials, line = LINE_4, settings = '', root = '' } = this.#options;
    if (!this.#uptimeUrl) {
      this.#uptimeUrl = await this.#ends.listen();
      await writeFile(join(userDir, 'flows.json'), JSON.stringify(flows));
      await writeFile(join(userDir, 'settings.js'), `${SETTINGS}${settings}\nmodule.exports = settings;\n`);
      if (credentials) await writeFile(join(userDir, 'flows_cred.json'), JSON.stringify(credentials));
    }
    const own = port ?? (await freePort());
    this.url = `http://127.0.0.1:${own}${root}`;
    const child = spawn(line.node, [line.red, '--userDir', userDir, '--port', String(own)], {
      cwd: userDir,
      env: { PATH: process.env.PATH ?? '', HOME: userDir, UPTIME_URL: this.#uptimeUrl, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const started = new Promise<void>((resolve, reject) => {
      let printed = '';
      const read = (chunk: Buffer): void => {
        printed += chunk.toString();
        this.#output += chunk.toString();
        if (printed.includes('Started flows')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => {
        reject(new Error(`Node-RED ended with ${code}:\n${printed.slice(-4000)}`));
      });
    });
    await started;
  }

  /** A request of the editor's to Node-RED: `/flows`, `/plex-jit/up-next`. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { ...init, headers: { ...this.#options.headers, ...init.headers } });
  }

  /** Deploys somehow, and waits until the flows were started: Node-RED answers before that. */
  async restarted(deploy: () => Promise<unknown>, within = 20_000): Promise<void> {
    const starts = (): number => this.#output.match(/\[info\] Started /g)?.length ?? 0;
    const before = starts();
    await deploy();
    const deadline = Date.now() + within;
    while (starts() === before) {
      if (Date.now() > deadline) throw new Error('the flows were not started');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Fires an inject as its button does. */
  async press(injectId: string): Promise<void> {
    const answer = await this.ask(`/inject/${injectId}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`inject ${injectId}: ${answer.status}`);
  }

  /** Fires an inject and waits for the end of that run. */
  async run(injectId: string, within = 60_000): Promise<void> {
    const before = this.#ends.count;
    await this.press(injectId);
    await this.#ends.reach(before + 1, within);
  }

  async flows(): Promise<string> {
    return (await this.ask('/flows')).text();
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL');
    this.#ends.close();
  }
}

/** The file store with `cache: false`: what is awaited is on the disk; log level trace, so that leaks would show. */
const SETTINGS = `const settings = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: false,
  contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
  editorTheme: { tours: false, projects: { enabled: false } },
  telemetry: { enabled: false, updateNotification: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false } },
  logging: { console: { level: 'trace', metrics: false, audit: false } },
};
`;
