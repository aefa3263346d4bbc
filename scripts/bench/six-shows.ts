/** The run of 17 grabs with cold caches, and the bare sequence in the same world. */
import { join } from 'node:path';
import type { Exchange } from '../../test/sandbox/http/types.js';
import { median } from './median.js';
import { NodeRed, ROOT, runBare, SandboxProcess } from './processes.js';

export interface GrabRun {
  readonly grabs: number;
  readonly requests: number;
  readonly ms: number;
  readonly searches: number;
  /** Searches of one episode. */
  readonly single: number;
  /** From the start to the first job's place on top, milliseconds. */
  readonly firstOnTop: number;
  /** Per grab: from Sonarr's answer to the job's place on top, milliseconds. */
  readonly onTopAfter: readonly number[];
}

const WORLD = join(ROOT, 'test/sandbox/worlds/six-shows.json');
const end = ({ at, ms }: Exchange): number => at + ms;

const isRelease = (method: string) => (exchange: Exchange) =>
  exchange.server === 'sonarr' && exchange.method === method && exchange.path.endsWith('/api/v3/release');

/** A call that moves jobs: a priority or a switch. */
const moves = ({ server, requestBody, search }: Exchange, job: string): boolean => {
  const words = new URLSearchParams(`${requestBody}&${search}`);
  const isMove = words.get('name') === 'priority' || words.get('mode') === 'switch';
  return server === 'sabnzbd' && isMove && (words.get('value') ?? '').split(',').includes(job);
};

async function figures(sandbox: SandboxProcess, startedAt: number, ms: number): Promise<GrabRun> {
  const exchanges = await sandbox.exchanges();
  const posts = exchanges.filter(isRelease('POST')).filter(({ status }) => status === 200);
  const jobs = (await sandbox.grabs()).map(({ downloadId }) => downloadId);
  if (posts.length !== jobs.length) throw new Error(`${posts.length} grabs were answered, ${jobs.length} were made`);
  const placed = jobs.map((job) => {
    const move = exchanges.find((exchange) => moves(exchange, job));
    if (move === undefined) throw new Error(`job ${job} was never moved`);
    return end(move);
  });
  const searches = exchanges.filter(isRelease('GET'));
  return {
    grabs: jobs.length,
    requests: exchanges.length,
    ms,
    searches: searches.length,
    single: searches.filter(({ search }) => search.includes('episodeId')).length,
    firstOnTop: Math.min(...placed) - startedAt,
    onTopAfter: posts.map((post, i) => (placed[i] ?? NaN) - end(post)),
  };
}

export async function bareGrabs(): Promise<GrabRun> {
  await using sandbox = await SandboxProcess.start(WORLD);
  const { startedAt, ms } = await runBare('grab', sandbox.servers);
  return await figures(sandbox, startedAt, ms);
}

export async function flowGrabs(): Promise<GrabRun> {
  await using sandbox = await SandboxProcess.start(WORLD);
  await using nodeRed = await NodeRed.start(sandbox.servers);
  const { startedAt, ms, failures } = await nodeRed.run();
  if (failures.length > 0) throw new Error(`the run failed: ${failures.join(' ')}`);
  return await figures(sandbox, startedAt, ms);
}

/** The medians of runs alike; all of `onTopAfter`. */
export const middleRun = (runs: readonly GrabRun[]): GrabRun => {
  const of = (what: Exclude<keyof GrabRun, 'onTopAfter'>): number => median(runs.map((run) => run[what]));
  return {
    grabs: of('grabs'),
    requests: of('requests'),
    ms: of('ms'),
    searches: of('searches'),
    single: of('single'),
    firstOnTop: of('firstOnTop'),
    onTopAfter: runs.flatMap(({ onTopAfter }) => onTopAfter),
  };
};
