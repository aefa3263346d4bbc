import { z } from 'zod';
import type { FilteredPlays, RunError } from '../../core/contracts/index.js';
import type { JitMessage } from '../node-types.js';
import { carried } from '../settings/read.js';

/** What a source tells besides the plays, in `msg.plexJit`: optional, and left out when it cannot be read. */
export interface Told {
  readonly filtered: FilteredPlays;
  readonly notes: readonly string[];
  readonly errors: readonly RunError[];
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

export const toldBy = (msg: JitMessage): Told => told.parse(carried(msg));
