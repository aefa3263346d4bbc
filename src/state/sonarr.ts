import { z } from 'zod';
import type { OpenWant, SearchAttempt } from '../core/contracts/index.js';
import type { NamedClient } from '../core/downloads/index.js';
import { DAY } from '../core/time.js';
import type { MonitoredForAWhile, RememberedItem, SearchSent, SeriesMatch } from './entries.js';
import { EpisodeLists } from './episode-lists.js';
import { Memory, type MemoryOptions } from './memory.js';
import { namedLog, type StateOptions, within } from './options.js';
import { earlierItem, instant } from './schemas.js';
import { SeriesIndexMemory } from './series-index.js';
import { UrlStore } from './url-store.js';

/** What is known of a Sonarr in this process only. */
export interface SonarrSession {
  /** Its version has been asked for (and a sentence said when it is too old). */
  versionChecked: boolean;
  /** What was not found even after reading again, and how often; in the order of the last miss. */
  readonly misses: Map<string, number>;
  /** Download ids of jobs that SABnzbd was asked about and did not know. */
  gone: ReadonlySet<string>;
  /** Its download clients, and when they were read, in milliseconds. */
  clients: { readonly all: readonly NamedClient[]; readonly readAt: number } | null;
  /** When monitored episodes that no plan covers were last read, in milliseconds. */
  strayReadAt: number | null;
}

/** Everything that is remembered of one Sonarr server, shared by all nodes that use it. */
export interface SonarrState {
  /** Of the Sonarr that index and lists were read from. */
  readonly url: string;
  readonly index: SeriesIndexMemory;
  readonly lists: EpisodeLists;
  /** By id only, per Plex show key. */
  readonly matches: Memory<SeriesMatch>;
  /** Per episode id. */
  readonly attempts: Memory<SearchAttempt>;
  /** Per viewer and episode. */
  readonly wants: Memory<OpenWant>;
  /** Of the last 24 h. */
  readonly searches: Memory<SearchSent>;
  readonly monitored: Memory<MonitoredForAWhile>;
  /** Of the last day, per searching node and episode. */
  readonly earlier: Memory<RememberedItem>;
  readonly session: SonarrSession;
  /** Reads everything from the store, once. */
  load(): Promise<void>;
  /** Drops what is too old, in the store too. */
  prune(): Promise<void>;
  /** A Sonarr is there at this URL: drops what was remembered of another URL, in the store too. */
  answered(): Promise<void>;
}

export const attemptKey = (attempt: Pick<SearchAttempt, 'episodeId'>): string => String(attempt.episodeId);
export const wantKey = (want: Pick<OpenWant, 'episodeId' | 'viewer'>): string => `${want.episodeId} ${want.viewer.id}`;

/** Longer than any cool-down (`search_cache` is at most 30 days). */
const ATTEMPTS_KEPT = 31 * DAY;
/** Since the play; a day more than the planner keeps a want open. */
const WANTS_KEPT = 61 * DAY;
const MATCHES_KEPT = 90 * DAY;
const MONITORED_KEPT = 180 * DAY;
/** Older news is worth little, and a notifier that is new is told all of it. */
const EARLIER_KEPT = DAY;

const episodeId = z.number().int();

const attempt: z.ZodType<SearchAttempt> = z.object({
  episodeId,
  at: instant,
  outcome: z.enum(['nothing', 'failed']),
  failures: z.number().int().min(0),
});

const want: z.ZodType<OpenWant> = z.object({
  seriesId: z.number().int(),
  episodeId,
  viewer: z.object({ id: z.string(), name: z.string() }),
  library: z.object({ id: z.string().nullable(), name: z.string().nullable() }).exactOptional(),
  playedAt: instant,
  openedAt: instant,
});

const match: z.ZodType<SeriesMatch> = z.object({
  showKey: z.string(),
  seriesId: z.number().int(),
  tvdbId: z.number().int().nullable(),
  at: instant,
});

const search: z.ZodType<SearchSent> = z.object({ id: z.string(), at: instant });
const monitored: z.ZodType<MonitoredForAWhile> = z.object({ episodeId, at: instant });

const remembered: z.ZodType<RememberedItem> = z.object({ ...earlierItem, owner: z.string() });

type Own<T> = Omit<MemoryOptions<T>, 'store' | 'log' | 'now' | 'version'>;

const memoriesOf = (open: <T>(own: Own<T>) => Memory<T>) => ({
  matches: open({
    key: 'plexJit.sonarr.matches',
    schema: match,
    keyOf: (m) => m.showKey,
    keep: within(MATCHES_KEPT),
    limit: 5000,
  }),
  attempts: open({
    key: 'plexJit.sonarr.attempts',
    schema: attempt,
    keyOf: attemptKey,
    keep: within(ATTEMPTS_KEPT),
    limit: 5000,
  }),
  wants: open({
    key: 'plexJit.sonarr.wants',
    schema: want,
    keyOf: wantKey,
    keep: (w, at) => within(WANTS_KEPT)({ at: w.playedAt }, at),
    limit: 5000,
  }),
  searches: open({
    key: 'plexJit.sonarr.searches',
    schema: search,
    keyOf: (s) => s.id,
    keep: within(DAY),
    limit: 5000,
  }),
  monitored: open({
    key: 'plexJit.sonarr.monitored',
    schema: monitored,
    keyOf: (m) => String(m.episodeId),
    keep: within(MONITORED_KEPT),
    limit: 5000,
  }),
  earlier: open({
    key: 'plexJit.sonarr.earlier',
    schema: remembered,
    keyOf: ({ owner, episodeId: id }) => `${owner} ${id}`,
    keep: within(EARLIER_KEPT),
    limit: 500,
  }),
});

/** Opens the memories of one Sonarr server; nothing is read before `load`. */
export const openSonarrState = (options: StateOptions): SonarrState => {
  const { now } = options;
  const { url } = options.server;
  const log = namedLog(options.log, options.server);
  const store = new UrlStore(options.store, url);
  const index = new SeriesIndexMemory(options.store, log, url);
  const memories = memoriesOf((own) => new Memory({ store, log, now, version: 1, ...own }));
  const all = Object.values(memories);
  const lists = new EpisodeLists(now);
  return {
    url,
    index,
    lists,
    session: { versionChecked: false, misses: new Map(), gone: new Set(), clients: null, strayReadAt: null },
    ...memories,
    load: async () => {
      await Promise.all([index.load(), ...all.map((memory) => memory.load())]);
      if (store.otherUrl === null) return;
      log.info(
        'other-server',
        `What was remembered about ${store.otherUrl} is ignored: ids may mean other episodes at ${url}.`,
      );
      store.otherUrl = null;
    },
    prune: async () => {
      lists.prune();
      await Promise.all(all.map((memory) => memory.prune()));
    },
    answered: () => store.settle(),
  };
};
