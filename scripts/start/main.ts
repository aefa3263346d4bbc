/** `npm start`: the package and the example flow in a real Node-RED, connected to a sandbox or to the user's own servers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Sandbox } from '../../test/sandbox/index.js';
import { startNodeRed, type Embedded, type LogLine } from './embedded.js';
import { StartError, UsageError } from './errors.js';
import { logTo } from './log.js';
import { HELP, readOptions, type StartOptions } from './options.js';
import { showProgress } from './progress.js';
import { exitCode, failureLines, jsonReport, planText } from './report.js';
import { FlowWatch, type FlowOutcome } from './run-flow.js';
import { namesServers, readPort, variablesOf } from './servers.js';
import { openSandbox } from './world.js';

const ROOT = join(__dirname, '../..');
const LOG_LEVEL = { 0: 'warn', 1: 'info', 2: 'debug' } as const;
const FLOW_LOG = { 0: 'off', 1: 'summary', 2: 'decisions' } as const;
/** Ctrl-C, as a shell counts it, where the exit code would else say that all went well. */
const INTERRUPTED = 130;
/** Milliseconds that ending may take: what hangs then is left behind. */
const PATIENCE = 5000;

/** Everything that was started, to be ended in the opposite order. */
type Ending = () => Promise<unknown>;

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((done) => stream.write(text, () => done()));

/** A sandbox that the environment names from now on; null: it names the user's servers already. */
async function prepareServers(options: StartOptions, endings: Ending[]): Promise<Sandbox | null> {
  if (namesServers(process.env)) {
    if (options.world !== null) throw new UsageError('--world is for the sandbox, and the environment names servers.');
    return null;
  }
  const sandbox = await openSandbox(options.world);
  endings.push(() => sandbox.close());
  Object.assign(process.env, variablesOf(sandbox));
  return sandbox;
}

/** Its memory must outlive the program for real servers; a sandbox begins anew each time. */
async function userDirectory(sandbox: Sandbox | null, endings: Ending[]): Promise<string> {
  const { PLEX_JIT_HOME: home = '' } = process.env;
  if (!sandbox) return home.trim() === '' ? join(ROOT, '.plex-jit') : resolve(home);
  const folder = await mkdtemp(join(tmpdir(), 'plex-jit-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Started {
  readonly embedded: Embedded;
  readonly watch: FlowWatch;
  readonly sandbox: Sandbox | null;
}

async function start(options: StartOptions, endings: Ending[]): Promise<Started> {
  const port = options.once ? null : readPort(process.env);
  const sandbox = await prepareServers(options, endings);
  const log = logTo(process.stderr);
  let watch: FlowWatch | null = null;
  const onLog = (line: LogLine): void => {
    if (watch?.heard(line) !== true) log(line);
  };
  const embedded = await startNodeRed({
    root: ROOT,
    userDir: await userDirectory(sandbox, endings),
    exampleFlow: await readFile(join(ROOT, 'examples/01 - Plex Just-In-Time.json'), 'utf8'),
    port,
    logLevel: LOG_LEVEL[options.verbosity],
    onLog,
  });
  endings.push(() => embedded.stop());
  const overrides = {
    ...options.overrides,
    log: FLOW_LOG[options.verbosity],
    ...(options.dryRun && { dryRun: true }),
  };
  watch = new FlowWatch(embedded, overrides);
  return { embedded, watch, sandbox };
}

const welcome = (url: string | null, sandbox: Sandbox | null): string =>
  `Node-RED with Plex Just-In-Time: ${url}\n` +
  `${sandbox ? 'Connected to a sandbox: simulated Tautulli, Sonarr and SABnzbd.' : 'Connected to your servers.'} The flow runs once now.\n\n`;

async function print(outcome: FlowOutcome, { json }: StartOptions): Promise<void> {
  const text = json ? `${JSON.stringify(jsonReport(outcome))}\n` : planText(outcome, process.stdout.columns || 120);
  if (text !== null) await write(process.stdout, text);
  for (const line of failureLines(outcome)) await write(process.stderr, `failed: ${line}\n`);
}

/** The exit code; null: it goes on. */
async function run(options: StartOptions, endings: Ending[]): Promise<number | null> {
  const { embedded, watch, sandbox } = await start(options, endings);
  if (!options.once) await write(process.stdout, welcome(embedded.url, sandbox));
  const endProgress = showProgress(embedded, process.stderr);
  const outcome = await watch.once();
  endProgress();
  await print(outcome, options);
  if (options.once) return exitCode(outcome);
  await write(process.stdout, `\nPress Ctrl-C to stop. The editor: ${embedded.url}\n`);
  return null;
}

/** The sentence of what was foreseen, the stack of what was not. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error instanceof StartError ? error.message : (error.stack ?? error.message);
};

/** Tells why it ends; the exit code. */
async function explain(error: unknown): Promise<number> {
  if (error instanceof UsageError) {
    await write(process.stderr, `${error.message}\nnpm start -- --help explains the options.\n`);
    return 2;
  }
  await write(process.stderr, `${wordsOf(error)}\n`);
  return 1;
}

async function main(): Promise<void> {
  const endings: Ending[] = [];
  let ending = false;
  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code), PATIENCE).unref();
    for (const one of endings.reverse()) await one().catch(() => undefined);
    process.exit(code);
  };
  // A reader that has seen enough (`| head`) is no failure.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(0));
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) {
      await write(process.stdout, HELP);
      return;
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => void end(options.once ? INTERRUPTED : 0));
    const code = await run(options, endings);
    if (code !== null) await end(code);
  } catch (error) {
    await end(await explain(error));
  }
}

void main();
