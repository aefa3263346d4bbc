import { z } from 'zod';
import { type ExternalIds, RESULTS, type Series } from '../core/contracts/index.js';

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

/** Of an `EarlierItem`. */
export const earlierItem = {
  series: z.object({
    title: text,
    tvdbId: number,
    sonarrId: id,
    type: z.enum(['standard', 'daily', 'anime']),
    titleSlug: text,
  }),
  season: id,
  episode: id,
  episodeId: id,
  viewers: z.array(z.object({ id: text, name: text })).readonly(),
  result: z.object({ code: z.enum(RESULTS), text }),
  release: z
    .object({
      title: text,
      size: id,
      indexer: text,
      protocol: z.enum(['usenet', 'torrent', 'unknown']),
      episodeIds: z.array(id).readonly(),
    })
    .nullable(),
  downloadId: text.nullable(),
  at: instant,
};

export const tag = z.object({ id, label: text });
