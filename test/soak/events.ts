import type { FaultKind, WorldRelease } from '../sandbox/world/format.js';
import { randomReleases } from './household.js';
import type { Kept } from './life.js';
import type { Random } from './random.js';

type Server = 'tautulli' | 'sonarr' | 'sabnzbd';

/** One thing that happens. Who or what it is about is a number that is taken modulo how many there are by then. */
export type SoakEvent =
  | { readonly do: 'wait'; readonly minutes: number }
  /** `again`: at once a second time, which must do nothing; `twice`: a second message after so many requests of the run. */
  | {
      readonly do: 'run';
      readonly over?: Readonly<Record<string, unknown>>;
      readonly again?: boolean;
      readonly twice?: number;
    }
  /** Episodes on from the viewer's last one. */
  | {
      readonly do: 'play';
      readonly viewer: number;
      readonly series: number;
      readonly step: number;
      readonly how: 'ended' | 'broken-off' | 'running';
    }
  | { readonly do: 'stop' }
  /** The file of an episode so far from the furthest that anybody has seen. */
  | { readonly do: 'delete-file'; readonly series: number; readonly step: number }
  | { readonly do: 'add-file'; readonly series: number; readonly step: number }
  | { readonly do: 'releases'; readonly series: number; readonly step: number; readonly what: readonly WorldRelease[] }
  | {
      readonly do: 'job';
      readonly job: number;
      readonly act: 'pause' | 'resume' | 'delete' | 'set-aside' | 'top' | 'bottom' | 'force' | 'low' | 'normal';
    }
  | { readonly do: 'foreign-job'; readonly priority: number }
  | { readonly do: 'sabnzbd'; readonly act: 'pause' | 'resume' | 'restart' }
  | { readonly do: 'redate'; readonly series: number; readonly step: number; readonly hours: number | null }
  | { readonly do: 'sonarr-series'; readonly series: number; readonly act: 'remove' | 'add' | 'retitle' }
  | {
      readonly do: 'fault';
      readonly server: Server;
      readonly kind: FaultKind;
      readonly route?: string;
      readonly times?: number;
      readonly after?: number;
    }
  | { readonly do: 'clear-faults' }
  | { readonly do: 'indexer'; readonly fails: number | null }
  /** `after`: as by a power cut, after so many requests of the next run. */
  | { readonly do: 'restart'; readonly store: Kept; readonly after?: number }
  | { readonly do: 'store'; readonly broken: boolean }
  /** Node-RED's clock, in minutes ahead of the servers'. */
  | { readonly do: 'clock'; readonly ahead: number };

const ROUTES: Readonly<Record<Server, readonly [string, ...string[]]>> = {
  tautulli: ['get_history', 'get_metadata', 'cmd=notify', ''],
  sonarr: [
    'GET /queue',
    'GET /history',
    'GET /series',
    'GET /episode',
    'GET /release',
    'POST /release',
    'PUT',
    'health',
    '',
  ],
  sabnzbd: ['mode=queue', 'name=priority', 'mode=switch', 'mode=history', ''],
};

const KINDS: readonly [FaultKind, ...FaultKind[]] = [
  ...(['refused', 'reset-before', 'reset-after', 'hang', 'hang-after', 'slow'] as const),
  ...(['status', 'html', 'login', 'redirect', 'truncated', 'wrong-key'] as const),
];

const randomFault = (random: Random): SoakEvent => {
  // A grab that was made and not answered.
  if (random.chance(0.15))
    return {
      do: 'fault',
      server: 'sonarr',
      route: 'POST /release',
      kind: random.pick(['reset-after', 'hang-after']),
      times: 1,
    };
  const server = random.weighted({ tautulli: 2, sonarr: 5, sabnzbd: 3 });
  const route = random.pick(ROUTES[server]);
  const kind = random.pick(KINDS);
  return {
    do: 'fault',
    server,
    kind,
    ...(route === '' || kind === 'refused' ? {} : { route }),
    ...(random.chance(0.6) && kind !== 'refused' ? { times: random.int(1, 4) } : {}),
    ...(random.chance(0.3) && kind !== 'refused' ? { after: random.int(1, 3) } : {}),
  };
};

const OVERRIDES: readonly [Record<string, unknown>, ...Record<string, unknown>[]] = [
  { dryRun: true },
  { dryRun: true },
  { episodesToCheck: 2 },
  { viewersDenied: ['Ann'] },
  { ignoreShows: ['Night Ferry'] },
  { raise: 'force' },
  { monitor: 'never' },
  { skipSpecials: false },
  { rules: [{ for: 'viewer', name: 'Bob', episodesToCheck: 0 }] },
];

/** Weights of what happens between two runs. */
const HAPPENS = {
  play: 30,
  stop: 6,
  'delete-file': 10,
  'add-file': 2,
  releases: 6,
  job: 9,
  'foreign-job': 4,
  sabnzbd: 3,
  redate: 3,
  'sonarr-series': 3,
  fault: 9,
  'clear-faults': 9,
  indexer: 4,
  restart: 5,
  store: 1,
  clock: 2,
};

const at = (random: Random) => ({ series: random.int(0, 9), step: random.int(-2, 5) });

const happening = (random: Random): SoakEvent => {
  const what = random.weighted(HAPPENS);
  switch (what) {
    case 'play':
      return {
        do: what,
        viewer: random.int(0, 9),
        series: random.int(0, 9),
        step: random.pick([1, 1, 1, 1, 1, 2, 3, 0, -1, -2, -3]),
        how: random.weighted({ ended: 6, 'broken-off': 1, running: 2 }),
      };
    case 'stop':
    case 'clear-faults':
      return { do: what };
    case 'delete-file':
      return { do: what, series: random.int(0, 9), step: random.int(-3, 1) };
    case 'add-file':
      return { do: what, ...at(random) };
    case 'releases': {
      const found = randomReleases(random);
      return { do: what, ...at(random), what: typeof found === 'object' && found !== null ? found : [{ size: 1 }] };
    }
    case 'job':
      return {
        do: what,
        job: random.int(0, 9),
        act: random.pick(['pause', 'set-aside', 'resume', 'delete', 'top', 'bottom', 'force', 'low', 'normal']),
      };
    case 'foreign-job':
      return { do: what, priority: random.pick([0, 0, 1, 2, -1]) };
    case 'sabnzbd':
      return { do: what, act: random.pick(['pause', 'resume', 'restart']) };
    case 'redate':
      return { do: what, ...at(random), hours: random.pick([-30, -2, 3, 40, null]) };
    case 'sonarr-series':
      return { do: what, series: random.int(0, 9), act: random.pick(['remove', 'add', 'add', 'retitle']) };
    case 'fault':
      return randomFault(random);
    case 'indexer':
      return { do: what, fails: random.pick([null, null, 503, 429]) };
    case 'restart': {
      const store = random.weighted<Kept>({ kept: 5, lost: 1, stale: 2, damaged: 1 });
      return { do: what, store, ...(random.chance(0.5) ? { after: random.int(1, 40) } : {}) };
    }
    case 'store':
      return { do: what, broken: random.chance(0.4) };
    case 'clock':
      return { do: what, ahead: random.pick([0, 0, -60, 60, -5, 5]) };
  }
};

const run = (random: Random): SoakEvent => ({
  do: 'run',
  ...(random.chance(0.15) ? { over: random.pick(OVERRIDES) } : {}),
  ...(random.chance(0.3) ? { again: true } : {}),
  ...(random.chance(0.1) ? { twice: random.int(1, 30) } : {}),
});

/** So many runs, with what happens before each. */
export const randomScript = (random: Random, runs: number): readonly SoakEvent[] =>
  Array.from({ length: runs }, (_, i): readonly SoakEvent[] => {
    const events = Array.from({ length: i === 0 ? 0 : random.int(0, 5) }, () => happening(random));
    const minutes = random.weighted({ 2: 2, 17: 3, 60: 8, 400: 4, 1500: 2, 3100: 1 });
    return [...events, { do: 'wait', minutes: Number(minutes) }, run(random)];
  }).flat();
