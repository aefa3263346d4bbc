/** Libraries of three sizes crossed with three amounts of activity. */
import type { RunFigures } from './node-red.js';
import { IDLE_RUNS, median } from './median.js';
import { type Counts, NodeRed, runBare, SandboxProcess } from './processes.js';
import { GRAB_RUNS, GRABS, type LibrarySize, libraryWorld, nextPlays } from './worlds.js';

export type RunKind = 'first' | 'idle' | '5 grabs';

/** One run, or the median of some alike. */
export interface CellRun extends LibrarySize {
  readonly kind: RunKind;
  readonly requests: Omit<Counts, 'bytes'>;
  /** Of all answers, before gzip. */
  readonly bytes: number;
  readonly ms: number;
  /** Processor time of Node-RED, milliseconds. */
  readonly cpu: number;
  /** Longest turn of the event loop, milliseconds. */
  readonly delay: number;
  /** Most above the idle Node-RED, MiB. */
  readonly memory: number;
  readonly grabbed: number;
}

export interface Cell extends LibrarySize {
  readonly runs: readonly CellRun[];
  /** The same requests of the bare sequence, milliseconds. */
  readonly bareIdle: number;
}

const LIBRARIES = [50, 500, 5000];
const ACTIVITY = [
  { active: 6, plays: 20 },
  { active: 60, plays: 200 },
  { active: 300, plays: 1000 },
];

/** Without those where more series are active than there are. */
export const SIZES: readonly LibrarySize[] = ACTIVITY.flatMap((activity) =>
  LIBRARIES.filter((library) => library >= activity.active).map((library) => ({ library, ...activity })),
);

/** How often the first run is repeated, each in a new Node-RED: so often where a target hangs on it. */
const firstRuns = ({ library }: LibrarySize): number => (library === 5000 ? 3 : 1);

type Measured = Omit<CellRun, 'kind' | keyof LibrarySize>;

const middle = (runs: readonly Measured[]): Measured => {
  const [first] = runs;
  if (first === undefined) throw new Error('nothing was measured');
  const of = (what: 'ms' | 'cpu' | 'delay' | 'memory'): number => median(runs.map((run) => run[what]));
  return { ...first, ms: of('ms'), cpu: of('cpu'), delay: of('delay'), memory: of('memory') };
};

/** `expected`: grabs without which the figures would be those of another run. */
async function measure(sandbox: SandboxProcess, nodeRed: NodeRed, expected: number): Promise<Measured> {
  await sandbox.reset();
  const { ms, cpu, delay, memory, grabbed, failures }: RunFigures = await nodeRed.run();
  if (failures.length > 0) throw new Error(`a run failed: ${failures.join(' ')}`);
  if (grabbed !== expected) throw new Error(`a run grabbed ${grabbed} episodes instead of ${expected}`);
  const { bytes, tautulli, sonarr, sabnzbd } = await sandbox.counts();
  return { requests: { tautulli, sonarr, sabnzbd }, bytes, ms, cpu, delay, memory, grabbed };
}

const repeat = async <T>(times: number, work: () => Promise<T>): Promise<readonly T[]> => {
  const done: T[] = [];
  for (let i = 0; i < times; i += 1) done.push(await work());
  return done;
};

/** Measures one size in a sandbox of its own. */
export async function measureCell(size: LibrarySize): Promise<Cell> {
  await using sandbox = await SandboxProcess.start(libraryWorld(size));
  const earlier = await repeat(firstRuns(size) - 1, async () => {
    await using other = await NodeRed.start(sandbox.servers);
    return await measure(sandbox, other, 0);
  });
  await using nodeRed = await NodeRed.start(sandbox.servers);
  const first = middle([...earlier, await measure(sandbox, nodeRed, 0)]);
  const idle = middle(await repeat(IDLE_RUNS, () => measure(sandbox, nodeRed, 0)));
  const bare = await runBare('idle', sandbox.servers);
  let time = 0;
  const grabs = await repeat(GRAB_RUNS, async () => {
    for (const play of nextPlays(size, time++)) await sandbox.watch(play);
    return measure(sandbox, nodeRed, GRABS);
  });
  const told = (kind: RunKind, run: Measured): CellRun => ({ ...size, kind, ...run });
  return {
    ...size,
    runs: [told('first', first), told('idle', idle), told('5 grabs', middle(grabs))],
    bareIdle: bare.ms,
  };
}
