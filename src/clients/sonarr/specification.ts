import type { z } from 'zod';
import type { components } from './openapi.gen.js';

type Schemas = components['schemas'];

/** Schemas of some fields of one of Sonarr's resources: only names that its specification has. */
export type Fields<K extends keyof Schemas> = Partial<Record<keyof Schemas[K], z.ZodType>>;
