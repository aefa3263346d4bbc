import type { Plan, PlanItem } from '../../src/core/contracts/index.js';
import type { SonarrServer } from '../../src/runtime/servers/sonarr.js';
import { item, plan, play } from '../runtime/builders.js';
import type { WorldFile } from '../sandbox/index.js';
import { type Bench, WORLD } from './bench.js';
import type { Message } from './inbox.js';
import type { NodeName } from './good-messages.js';
import { lookedUp } from './looked-up.js';

type Service = 'tautulli' | 'sonarr' | 'sabnzbd';

export const SERVICES: readonly Service[] = ['tautulli', 'sonarr', 'sabnzbd'];
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A message with properties of its own, as other nodes give it. */
export const message = (topic: string, payload: unknown): Message => ({
  _msgid: `id-${topic}`,
  topic,
  others: { deep: [1, { two: 2 }] },
  payload,
});

/** An episode to fetch, a job in SABnzbd's queue and a notifier: something to do for each node. */
export const HOUSE: WorldFile = {
  ...WORLD,
  tautulli: { notifiers: [{ id: 3, agent: 'discord' }] },
  sabnzbd: { rate: 0 },
  downloads: [{ series: 'Harbour Lights', season: 1, episodes: '3', grabbed: '-1h' }],
};

const planOf = (b: Bench, ...items: readonly PlanItem[]): Plan =>
  plan({
    at: new Date().toISOString(),
    sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr },
    items,
  });

const missing = (b: Bench): PlanItem =>
  item({
    episodeId: b.sandbox.world.episode('Harbour Lights', 1, 2).id,
    action: 'search',
    reason: { code: 'search', text: 'missing', until: null },
  });

const queued = (b: Bench): PlanItem => {
  const [job] = b.sandbox.world.sabJobs();
  const { id: downloadId = '', name: title = '' } = job ?? {};
  return item({
    episode: 3,
    action: 'prioritise',
    reason: { code: 'queued', text: 'queued', until: null },
    downloadId,
    download: {
      state: 'queued',
      downloadId,
      protocol: 'usenet',
      client: 'SABnzbd',
      indexer: null,
      title,
      size: 2e9,
      sizeLeft: 2e9,
      timeLeft: null,
      grabbedAt: hoursAgo(1),
      messages: [],
    },
  });
};

const grabbed = (b: Bench): PlanItem => ({
  ...missing(b),
  result: { code: 'grabbed', text: 'grabbed' },
  release: { title: 'Harbour.Lights.S01E02', size: 2e9, indexer: 'Idx', protocol: 'usenet', episodeIds: [2] },
  downloadId: 'SABnzbd_nzo_1',
});

/** Sonarr's memory answers nobody before the node is closed. */
const holdMemory = (b: Bench): void => {
  const { plexJitServer: sonarr } = b.server('sonarr') as unknown as { plexJitServer: SonarrServer };
  const state = sonarr.state.bind(sonarr);
  const closed = b.closed();
  sonarr.state = () => closed.then(state);
};

/** What a node works on in these tests, and what it says of it. */
export interface Row {
  /** The server that it asks; null asks none. */
  readonly asks: Service | null;
  /** The server that it cannot do without. */
  readonly needs: Service;
  readonly settings?: object;
  readonly doing: string;
  readonly payload: (b: Bench) => unknown;
  /** In which there is nothing to do. */
  readonly empty: (b: Bench) => unknown;
  /** Another world in which nothing happened, where the payload does not say so. */
  readonly emptyWorld?: WorldFile;
  /** Keeps it busy until it is closed, where no server can be made to hang. */
  readonly hold?: (b: Bench) => void;
  /** A message of a wrong type. */
  readonly wrong: Message;
  readonly refuses: string;
  readonly said: Readonly<Record<'normal' | 'empty', string>>;
  /** What it says of a server that is down; null: it does not fail then. */
  readonly down: string | null;
}

export const ROWS: Readonly<Record<NodeName, Row>> = {
  'tautulli-history': {
    asks: 'tautulli',
    needs: 'tautulli',
    doing: 'reading plays',
    payload: () => 'anything',
    empty: () => 'anything',
    emptyWorld: { ...HOUSE, households: [] },
    wrong: { ...message('mine', 'anything'), plexJit: ['dryRun'] },
    refuses: 'msg.plexJit must be an object',
    said: { normal: '1 play · 1 show', empty: 'no plays' },
    down: 'Tautulli refused the connection (3 tries)',
  },
  'sonarr-lookup': {
    asks: 'sonarr',
    needs: 'sonarr',
    doing: 'looking up',
    payload: () => [play({ airDate: null, startedAt: hoursAgo(3), stoppedAt: hoursAgo(2) })],
    empty: () => [],
    wrong: message('mine', 'hello'),
    refuses: 'expects the message of a tautulli history node',
    said: { normal: '1 series', empty: '0 series' },
    down: 'Sonarr refused the connection (3 tries)',
  },
  'next-episodes': {
    asks: null,
    needs: 'sonarr',
    settings: { log: 'off' },
    doing: 'planning',
    payload: lookedUp,
    empty: (b) => lookedUp(b, { series: [] }),
    hold: holdMemory,
    wrong: message('mine', { plays: [] }),
    refuses: 'expects the message of a sonarr lookup node',
    said: { normal: '1 to fetch of 2', empty: 'nothing to fetch' },
    down: null,
  },
  'sonarr-search': {
    asks: 'sonarr',
    needs: 'sonarr',
    settings: { keepFree: '0' },
    doing: 'searching',
    payload: (b) => planOf(b, missing(b)),
    empty: (b) => planOf(b),
    wrong: message('mine', [1, 2]),
    refuses: 'expects a plan',
    said: { normal: '1 of 1 grabbed', empty: 'nothing to search for' },
    down: 'Sonarr refused the connection (3 tries)',
  },
  'sabnzbd-priority': {
    asks: 'sabnzbd',
    needs: 'sabnzbd',
    settings: { waitForJob: '0' },
    doing: 'ordering the queue',
    payload: (b) => planOf(b, queued(b)),
    empty: (b) => planOf(b),
    wrong: message('mine', { items: 'none' }),
    refuses: 'expects a plan',
    said: { normal: '1 job on top', empty: 'no jobs' },
    down: 'SABnzbd refused the connection (3 tries)',
  },
  'tautulli-notify': {
    asks: 'tautulli',
    needs: 'tautulli',
    settings: { notifier: '3' },
    doing: 'telling',
    payload: (b) => planOf(b, grabbed(b)),
    empty: (b) => planOf(b),
    wrong: message('mine', 5),
    refuses: 'expects a plan',
    said: { normal: 'told', empty: 'nothing new' },
    down: null,
  },
};
