import { z } from 'zod';
import { DAY, HOUR } from '../core/time.js';
import type { AbsentShow, Announcement, KnownShow, PendingAnnouncement } from './entries.js';
import { Memory, type MemoryOptions } from './memory.js';
import { namedLog, type StateOptions, within } from './options.js';
import { externalIds, instant } from './schemas.js';

/** What is known of a Tautulli in this process only. */
interface TautulliSession {
  /** Its version has been asked for (and a sentence said when it is too old). */
  versionChecked: boolean;
  /** Kinds of its notifiers (`webhook`, `discord`, …) by id. */
  notifiers: ReadonlyMap<number, string>;
}

/** Everything that is remembered of one Tautulli server, shared by all nodes that use it. */
export interface TautulliState {
  readonly shows: Memory<KnownShow>;
  readonly absent: Memory<AbsentShow>;
  readonly announced: Memory<Announcement>;
  readonly pending: Memory<PendingAnnouncement>;
  readonly session: TautulliSession;
  /** Reads everything from the store, once. */
  load(): Promise<void>;
  /** Drops what is too old, in the store too. */
  prune(): Promise<void>;
}

const SHOWS_KEPT = 90 * DAY;
/** A show that was not in Plex is asked for again after this. */
const ABSENT_KEPT = 6 * HOUR;
const ANNOUNCED_KEPT = 60 * DAY;
/** Older news is told to nobody. */
const PENDING_KEPT = 7 * DAY;

const show: z.ZodType<KnownShow> = z.object({
  key: z.string(),
  title: z.string(),
  year: z.number().int().nullable(),
  ids: externalIds,
  libraryId: z.string().nullable(),
  libraryName: z.string().nullable(),
  readAt: instant,
  rowTitle: z.string().exactOptional(),
  formerTitles: z.array(z.string()).readonly().exactOptional(),
});

const absent: z.ZodType<AbsentShow> = z.object({ key: z.string(), at: instant });
const announcement: z.ZodType<Announcement> = z.object({ id: z.string(), at: instant });

const pending: z.ZodType<PendingAnnouncement> = z.object({
  id: z.string(),
  series: z.string(),
  season: z.number().int(),
  episodes: z.array(z.number().int()).readonly(),
  viewers: z.array(z.string()).readonly(),
  size: z.number().nullable(),
  at: instant,
});

type Own<T> = Omit<MemoryOptions<T>, 'store' | 'log' | 'now' | 'version'>;

/** Opens the memories of one Tautulli server; nothing is read before `load`. */
export const openTautulliState = (options: StateOptions): TautulliState => {
  const { store, now } = options;
  const log = namedLog(options.log, options.server);
  const open = <T>(own: Own<T>): Memory<T> => new Memory({ store, log, now, version: 1, ...own });
  const memories = {
    shows: open({
      key: 'plexJit.tautulli.shows',
      schema: show,
      keyOf: (s) => s.key,
      keep: (s, at) => within(SHOWS_KEPT)({ at: s.readAt }, at),
      limit: 3000,
    }),
    absent: open({
      key: 'plexJit.tautulli.absent',
      schema: absent,
      keyOf: (a) => a.key,
      keep: within(ABSENT_KEPT),
      limit: 1000,
    }),
    announced: open({
      key: 'plexJit.tautulli.announced',
      schema: announcement,
      keyOf: (a) => a.id,
      keep: within(ANNOUNCED_KEPT),
      limit: 5000,
    }),
    pending: open({
      key: 'plexJit.tautulli.pending',
      schema: pending,
      keyOf: (p) => p.id,
      keep: within(PENDING_KEPT),
      limit: 500,
    }),
  };
  const all = Object.values(memories);
  return {
    ...memories,
    session: { versionChecked: false, notifiers: new Map() },
    load: async () => {
      await Promise.all(all.map((memory) => memory.load()));
    },
    prune: async () => {
      await Promise.all(all.map((memory) => memory.prune()));
    },
  };
};
