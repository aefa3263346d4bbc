import { z } from 'zod';
import type { Episode, Series } from '../../core/contracts/index.js';
import {
  dayOrNull,
  instantOrNull,
  listOf,
  oneOf,
  positiveNumber,
  someNumber,
  text,
  textOrNull,
  yes,
} from '../http/fields.js';
import { rowReader } from '../http/rows.js';
import type { Fields } from './specification.js';

const titleFields = {
  title: z.string(),
  // -1 and nothing mean the whole series.
  seasonNumber: someNumber.transform((season) => (season !== null && season >= 0 ? season : null)),
} satisfies Fields<'AlternateTitleResource'>;

const seriesFields = {
  id: z.number().int().positive(),
  title: z.string(),
  alternateTitles: listOf(
    z.object(titleFields).transform(({ title, seasonNumber }) => ({ title, season: seasonNumber })),
  ),
  year: positiveNumber,
  tvdbId: positiveNumber,
  tmdbId: positiveNumber,
  imdbId: textOrNull,
  // Unknown types are numbered like standard ones as far as we can tell.
  seriesType: oneOf(['standard', 'daily', 'anime'], 'standard'),
  status: oneOf(['continuing', 'ended', 'upcoming', 'deleted'], 'other'),
  monitored: yes,
  runtime: positiveNumber,
  tags: listOf(z.number()),
  path: text,
  titleSlug: text,
} satisfies Fields<'SeriesResource'>;

export const readSeries = rowReader<Series>(
  z.object(seriesFields).transform(({ seriesType, ...series }) => ({ ...series, type: seriesType })),
);

const episodeFields = {
  id: z.number().int().positive(),
  seriesId: z.number().int().positive(),
  tvdbId: positiveNumber,
  seasonNumber: z.number().int().nonnegative(),
  episodeNumber: z.number().int().nonnegative(),
  title: text,
  airDate: dayOrNull,
  airDateUtc: instantOrNull,
  runtime: positiveNumber,
  absoluteEpisodeNumber: someNumber,
  sceneSeasonNumber: someNumber,
  sceneEpisodeNumber: someNumber,
  sceneAbsoluteEpisodeNumber: someNumber,
  monitored: z.boolean(),
  hasFile: z.boolean(),
  episodeFileId: positiveNumber,
} satisfies Fields<'EpisodeResource'>;

export const readEpisode = rowReader<Episode>(
  z.object(episodeFields).transform((row) => ({
    id: row.id,
    seriesId: row.seriesId,
    tvdbId: row.tvdbId,
    season: row.seasonNumber,
    episode: row.episodeNumber,
    title: row.title,
    airDate: row.airDate,
    airDateUtc: row.airDateUtc,
    runtime: row.runtime,
    absolute: row.absoluteEpisodeNumber,
    sceneSeason: row.sceneSeasonNumber,
    sceneEpisode: row.sceneEpisodeNumber,
    sceneAbsolute: row.sceneAbsoluteEpisodeNumber,
    monitored: row.monitored,
    hasFile: row.hasFile,
    fileId: row.episodeFileId,
  })),
);

/** Sonarr sends episodes in no order. */
export const bySeasonAndNumber = (a: Episode, b: Episode): number =>
  a.seriesId - b.seriesId || a.season - b.season || a.episode - b.episode;
