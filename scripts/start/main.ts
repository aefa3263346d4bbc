/** `npm start`: the package and the example flow in a real Node-RED, wired to a sandbox or to the user's own servers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { changesText, planTable } from '../../src/core/words/index.js';
import { startSandbox, WorldError, type Sandbox } from '../../test/sandbox/index.js';
import { startNodeRed, type Embedded } from './embedded.js';
import { HELP, readOptions, UsageError, type StartOptions } from './options.js';
import { exitCode, failureLines, jsonReport } from './report.js';
import { FlowWatch, type FlowOutcome } from './run-flow.js';
import { readPort, realServers, useServers } from './servers.js';
import { logTo } from './log.js';

const ROOT = join(__dirname, '../..');
const DEFAULT_WORLD = join(ROOT, 'test/sandbox/worlds/household.json');
const LOG_LEVEL = { 0: 'warn', 1: 'info', 2: 'trace' } as const;
const FLOW_LOG = { 0: 'off', 1: 'summary', 2: 'decisions' } as const;

/** Everything that was started, to be ended in the opposite order. */
type Ending = () => Promise<unknown>;

function print({ plan }: FlowOutcome): void {
  if (!plan) return;
  process.stdout.write(`${planTable(plan, process.stdout.columns || 120)}\n\n${changesText(plan)}\n`);
}

/** The servers of the environment, or a sandbox put in their place. */
async function prepareServers(options: StartOptions, endings: Ending[]): Promise<Sandbox | null> {
  if (realServers(process.env)) {
    if (options.world !== null) throw new UsageError('--world is for the sandbox, and the environment names servers.');
    return null;
  }
  const sandbox = await startSandbox(options.world === null ? DEFAULT_WORLD : resolve(options.world));
  endings.push(() => sandbox.close());
  useServers(process.env, sandbox.urls, sandbox.keys);
  return sandbox;
}

/** Its memory must outlive the program for real servers; a sandbox begins anew each time. */
async function userDirectory(sandbox: Sandbox | null, endings: Ending[]): Promise<string> {
  if (!sandbox) return resolve(process.env.PLEX_JIT_HOME ?? join(ROOT, '.plex-jit'));
  const folder = await mkdtemp(join(tmpdir(), 'plex-jit-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(
  options: StartOptions,
  endings: Ending[],
): Promise<{ embedded: Embedded; sandbox: Sandbox | null }> {
  const port = options.once ? null : readPort(process.env);
  const sandbox = await prepareServers(options, endings);
  const embedded = await startNodeRed({
    root: ROOT,
    userDir: await userDirectory(sandbox, endings),
    exampleFlow: await readFile(join(ROOT, 'examples/01 - Plex Just-In-Time.json'), 'utf8'),
    port,
    logLevel: LOG_LEVEL[options.verbosity],
    onLog: logTo(process.stderr),
  });
  endings.push(() => embedded.stop());
  return { embedded, sandbox };
}

async function run(options: StartOptions, endings: Ending[]): Promise<number | null> {
  const { embedded, sandbox } = await start(options, endings);
  if (!options.once)
    process.stdout.write(
      `Node-RED with Plex Just-In-Time: ${embedded.url}\n` +
        `${sandbox ? 'Wired to a sandbox: stand-ins of Tautulli, Sonarr and SABnzbd.' : 'Wired to your servers.'} The flow runs once now.\n\n`,
    );
  const overrides = {
    ...options.overrides,
    log: FLOW_LOG[options.verbosity],
    ...(options.dryRun && { dryRun: true }),
  };
  const outcome = await new FlowWatch(embedded, () => overrides).once();
  if (options.json) process.stdout.write(`${JSON.stringify(jsonReport(outcome))}\n`);
  else print(outcome);
  for (const line of failureLines(outcome)) process.stderr.write(`failed: ${line}\n`);
  if (options.once) return exitCode(outcome);
  process.stdout.write(`\nPress Ctrl-C to stop. The editor: ${embedded.url}\n`);
  return null;
}

async function main(): Promise<void> {
  const endings: Ending[] = [];
  const end = async (code: number): Promise<void> => {
    for (const ending of endings.reverse().splice(0)) await ending();
    process.exit(code);
  };
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) {
      process.stdout.write(HELP);
      return;
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));
    const code = await run(options, endings);
    if (code !== null) await end(code);
  } catch (error) {
    const usage = error instanceof UsageError || error instanceof WorldError;
    process.stderr.write(
      `${usage || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : error.stack}\n`,
    );
    if (error instanceof UsageError) process.stderr.write('npm start -- --help explains the options.\n');
    await end(usage ? 2 : 1);
  }
}

void main();
