import { z } from 'zod';
import type { FilteredPlays, PlayFilters, RunError } from '../../core/contracts/index.js';
import { wrongInput } from '../node-error.js';
import type { JitMessage } from '../node-types.js';
import { carried } from '../settings/read.js';
import { playFilters } from './filters.js';

/** What a source tells besides the plays, in `msg.plexJit`: all of it optional, and left out when it cannot be read, but for the filters. */
export interface Told {
  readonly filtered: FilteredPlays;
  readonly notes: readonly string[];
  readonly errors: readonly RunError[];
  readonly filters?: PlayFilters;
}

const count = z.number().min(0);
const filtered: z.ZodType<FilteredPlays> = z.object({ viewers: count, libraries: count, progress: count });
const error: z.ZodType<RunError> = z.object({
  code: z.string(),
  server: z.string(),
  service: z.enum(['tautulli', 'sonarr', 'sabnzbd']),
  operation: z.string(),
  status: z.number().nullable(),
  retryable: z.boolean(),
  message: z.string(),
});

const told = z.object({
  filtered: filtered.catch({ viewers: 0, libraries: 0, progress: 0 }),
  notes: z.array(z.string()).catch([]),
  errors: z.array(error).catch([]),
});

/** Without the filters more would be planned than the user wants. */
const filtersOf = (given: unknown): PlayFilters => {
  const read = playFilters.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = ['msg.plexJit.filters', ...(issue?.path ?? [])].join('.');
  throw wrongInput(`${where} is invalid: ${issue?.message ?? 'no filters'}`);
};

/** @throws NodeError `wrong-input` for filters that cannot be read */
export const toldBy = (msg: JitMessage): Told => {
  const given = carried(msg);
  return { ...told.parse(given), ...(given.filters === undefined ? {} : { filters: filtersOf(given.filters) }) };
};
