import { z } from 'zod';
import { type ExternalIds, RESULTS, type Series, type Tag } from '../core/contracts/index.js';

export const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'no moment');

const text = z.string();
const number = z.number();
const seriesType = z.enum(['standard', 'daily', 'anime']);

export const externalIds: z.ZodType<ExternalIds> = z.object({
  tvdb: number.nullable(),
  tmdb: number.nullable(),
  imdb: text.nullable(),
});

export const series: z.ZodType<Series> = z.object({
  id: number,
  title: text,
  alternateTitles: z.array(z.object({ title: text, season: number.nullable() })).readonly(),
  year: number.nullable(),
  tvdbId: number.nullable(),
  tmdbId: number.nullable(),
  imdbId: text.nullable(),
  type: seriesType,
  status: z.enum(['continuing', 'ended', 'upcoming', 'deleted', 'other']),
  monitored: z.boolean(),
  runtime: number.nullable(),
  tags: z.array(number).readonly(),
  path: text,
  titleSlug: text,
});

/** The fields of an `EarlierItem`. */
export const earlierItem = {
  series: z.object({
    title: text,
    tvdbId: number.nullable(),
    sonarrId: number,
    type: seriesType,
    titleSlug: text,
  }),
  season: number,
  episode: number,
  episodeId: number,
  viewers: z.array(z.object({ id: text, name: text })).readonly(),
  result: z.object({ code: z.enum(RESULTS), text }),
  release: z
    .object({
      title: text,
      size: number,
      indexer: text,
      protocol: z.enum(['usenet', 'torrent', 'unknown']),
      episodeIds: z.array(number).readonly(),
    })
    .nullable(),
  downloadId: text.nullable(),
  at: instant,
};

export const tag: z.ZodType<Tag> = z.object({ id: number, label: text });
