import { z } from 'zod';
import { CHOOSE, type LookAheadRule, MONITOR, PROTOCOLS, RAISE, TELL } from '../../core/contracts/index.js';
import { type Field, decimal, flag, names, oneOf, someOf, text, whole } from './fields.js';

export const LOG_LEVELS = ['off', 'summary', 'decisions'] as const;

/** Every episode of a season at most; a larger number would be a slip of the finger. */
const LOOK_AHEAD = { from: 1, to: 50 } as const;

const rules: Field<readonly LookAheadRule[]> = {
  schema: z
    .array(
      z.object({
        for: z.enum(['viewer', 'library', 'tag']),
        name: z.string().trim().min(1),
        episodesToCheck: z.int().min(0).max(LOOK_AHEAD.to),
      }),
    )
    .readonly(),
  words: `a list of { for: "viewer", "library" or "tag", name, episodesToCheck: 0 to ${LOOK_AHEAD.to} }`,
  fallback: [],
  fromForm: (raw) => raw,
};

const notifier: Field<number | null> = {
  schema: z.int().min(1).nullable(),
  words: "the number of one of Tautulli's notifiers, or null",
  fallback: null,
  fromForm: (raw) => (typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw),
};

/** Defaults as in `src/core/contracts/settings.ts`; names as in the forms and in `msg.plexJit`. */
export const HISTORY = {
  daysToCheck: decimal({ from: 0, to: 365, fallback: 2 }),
  rememberedDays: decimal({ from: 1, to: 365, fallback: 30 }),
  includePlaying: flag(true),
  minimumProgress: decimal({ from: 0, to: 100, fallback: 0 }),
  watchedOnly: flag(false),
  viewersAllowed: names(),
  viewersDenied: names(),
  librariesAllowed: names(),
  librariesDenied: names(),
};

export const LOOKUP = {
  excludeTags: names(),
  ignoreShows: names(/\n/),
  unitsRead: whole({ from: 1, to: 200, fallback: 24 }),
};

/** Settings of the Sonarr server that a message may override. */
export const SONARR = {
  cacheTime: decimal({ from: 0, to: 168, fallback: 6 }),
  searchCache: decimal({ from: 0, to: 720, fallback: 48 }),
};

export const PLANNING = {
  episodesToCheck: whole({ ...LOOK_AHEAD, fallback: 5 }),
  checkOverflow: whole({ from: 0, to: 50, fallback: 3 }),
  execFrequency: decimal({ from: 0, to: 10_080, fallback: 60 }),
  skipSpecials: flag(true),
  rules,
  sharedViewers: names(),
  searchesPerRun: whole({ from: 0, to: 500, fallback: 10 }),
  searchesPerDay: whole({ from: 0, to: 5000, fallback: 50 }),
  log: oneOf(LOG_LEVELS, 'summary'),
};

export const SEARCH = {
  choose: oneOf(CHOOSE, 'pick'),
  protocol: oneOf(PROTOCOLS, 'any'),
  monitor: oneOf(MONITOR, 'until-file'),
  keepFree: decimal({ from: 0, to: 100_000, fallback: 20 }),
  seasonPacks: decimal({ from: 0, to: 100, fallback: 0 }),
  dryRun: flag(false),
};

export const PRIORITY = {
  raise: oneOf(RAISE, 'high'),
  waitForJob: decimal({ from: 0, to: 120, fallback: 10 }),
  dryRun: flag(false),
};

export const NOTIFY = {
  notifier,
  subject: text(''),
  body: text(''),
  tell: someOf(TELL, ['grabbed', 'problems']),
  dryRun: flag(false),
};

/** All that stands in `msg.plexJit`: one table, so that the first node of a flow refuses a slip before anything is done. */
export const OVERRIDES = { ...HISTORY, ...LOOKUP, ...SONARR, ...PLANNING, ...SEARCH, ...PRIORITY, ...NOTIFY };
