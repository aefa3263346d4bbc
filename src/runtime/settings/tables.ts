import { z } from 'zod';
import { CHOOSE, type LookAheadRule, MONITOR, PROTOCOLS, RAISE, TELL } from '../../core/contracts/index.js';
import { firstFault, rangeWords, RULE_EPISODES } from '../../core/forms/index.js';
import { type Field, choices, flag, number, oneChoice, oneOf, someOf, text, toNumber } from './fields.js';

export const LOG_LEVELS = ['off', 'summary', 'decisions'] as const;

const ruleOfForm = (rule: unknown): unknown =>
  typeof rule === 'object' && rule !== null && 'episodesToCheck' in rule
    ? { ...rule, episodesToCheck: toNumber(rule.episodesToCheck) }
    : rule;

const NEEDS = {
  name: 'has no name',
  episodes: `needs ${rangeWords({ ...RULE_EPISODES, whole: true })} as episodes`,
};

/** The first rule that cannot be used, named by its place as in the form. */
const ruleFault = (value: unknown): string | null => {
  const found = Array.isArray(value) ? firstFault(value) : null;
  return found === null ? null : `rule ${found.rule} ${NEEDS[found.fault]}`;
};

const rules: Field<readonly LookAheadRule[]> = {
  schema: z
    .array(
      z
        .object({
          for: z.enum(['viewer', 'library', 'tag']),
          id: z.string().trim().exactOptional(),
          name: z.string().trim().default(''),
          episodesToCheck: z.int().min(RULE_EPISODES.from).max(RULE_EPISODES.to),
        })
        .refine(({ id = '', name }) => id !== '' || name !== '', 'has neither name nor id'),
    )
    .readonly(),
  words: `a list of { for: "viewer", "library" or "tag", name or id, episodesToCheck: ${RULE_EPISODES.from} to ${RULE_EPISODES.to} }`,
  fault: ruleFault,
  fallback: [],
  fromForm: (raw) => (Array.isArray(raw) ? raw.map(ruleOfForm) : raw),
};

const notifier: Field<number | null> = {
  schema: z.int().min(1).nullable(),
  words: "the number of one of Tautulli's notifiers, or null",
  fallback: null,
  isPlain: true,
  fromForm: toNumber,
};

/** Defaults as in `src/core/contracts/settings.ts`; names as in the forms and in `msg.plexJit`. */
export const HISTORY = {
  daysToCheck: number('daysToCheck'),
  rememberedDays: number('rememberedDays'),
  includePlaying: flag(true),
  minimumProgress: number('minimumProgress'),
  watchedOnly: flag(false),
  viewersAllowed: choices('viewersAllowed'),
  viewersDenied: choices('viewersDenied'),
  librariesAllowed: choices('librariesAllowed'),
  librariesDenied: choices('librariesDenied'),
};

export const LOOKUP = {
  excludeTags: choices('excludeTags'),
  ignoreShows: choices('ignoreShows'),
  unitsRead: number('unitsRead'),
};

/** Settings of the Sonarr server that a message may override. */
export const SONARR = {
  cacheTime: number('cacheTime'),
  searchCache: number('searchCache'),
};

/** What the form of the Sonarr server says of the SABnzbd that it feeds. */
export const FEEDS = { downloadClient: oneChoice };

export const PLANNING = {
  episodesToCheck: number('episodesToCheck'),
  checkOverflow: number('checkOverflow'),
  execFrequency: number('execFrequency'),
  skipSpecials: flag(true),
  rules,
  sharedViewers: choices('sharedViewers'),
  searchesPerRun: number('searchesPerRun'),
  searchesPerDay: number('searchesPerDay'),
  log: oneOf(LOG_LEVELS, 'summary'),
};

export const SEARCH = {
  choose: oneOf(CHOOSE, 'pick'),
  protocol: oneOf(PROTOCOLS, 'any'),
  monitor: oneOf(MONITOR, 'until-file'),
  keepFree: number('keepFree'),
  seasonPacks: number('seasonPacks'),
  dryRun: flag(false),
};

export const PRIORITY = {
  raise: oneOf(RAISE, 'high'),
  waitForJob: number('waitForJob'),
  dryRun: flag(false),
};

export const NOTIFY = {
  notifier,
  subject: text(''),
  body: text(''),
  tell: someOf(TELL, ['grabbed', 'problems']),
  dryRun: flag(false),
};

/** What the form of `tautulli-notify` saves besides. */
export const NOTIFY_FORM = { ...NOTIFY, notifierName: text('') };

/** All that stands in `msg.plexJit`: one table, so that the first node of a flow refuses a slip before anything is done. */
export const OVERRIDES = { ...HISTORY, ...LOOKUP, ...SONARR, ...PLANNING, ...SEARCH, ...PRIORITY, ...NOTIFY };
