import { z } from 'zod';
import type { ExternalIds, Series } from '../core/contracts/index.js';

export const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'no moment');

const id = z.number();
const text = z.string();
const number = z.number().nullable();

export const externalIds: z.ZodType<ExternalIds> = z.object({ tvdb: number, tmdb: number, imdb: text.nullable() });

export const series: z.ZodType<Series> = z.object({
  id,
  title: text,
  alternateTitles: z.array(z.object({ title: text, season: number })).readonly(),
  year: number,
  tvdbId: number,
  tmdbId: number,
  imdbId: text.nullable(),
  type: z.enum(['standard', 'daily', 'anime']),
  status: z.enum(['continuing', 'ended', 'upcoming', 'deleted', 'other']),
  monitored: z.boolean(),
  runtime: z.number().nullable(),
  tags: z.array(id).readonly(),
  path: text,
  titleSlug: text,
});

export const tag = z.object({ id, label: text });
