import { z } from 'zod';
import type { PlayFilters } from '../../core/contracts/index.js';

const list = z.array(z.union([z.string(), z.object({ id: z.string(), name: z.string() })]));
const lists = z.object({ allowed: list, denied: list });

/** Whose plays a source sends, in its message and in a look-up. */
export const playFilters: z.ZodType<PlayFilters> = z.object({ viewers: lists, libraries: lists });
