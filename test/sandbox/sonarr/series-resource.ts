import type { LibrarySeries } from '../world/library.js';
import { cleanTitle, slug, sortTitle } from '../world/names.js';
import { instant } from './answers.js';
import { FILE_SIZE, type EpisodeRow, type SonarrStore } from './store.js';

const PROFILE = 4;
const ADDED = '2024-01-01T12:00:00Z';

interface Statistics {
  readonly nextAiring?: string | undefined;
  readonly previousAiring?: string | undefined;
  readonly episodeFileCount: number;
  readonly episodeCount: number;
  readonly totalEpisodeCount: number;
  readonly sizeOnDisk: number;
  readonly releaseGroups: readonly string[];
  readonly percentOfEpisodes: number;
}

/** `GET /series`: the whole row with statistics. */
export const seriesResource = (store: SonarrStore, series: LibrarySeries, rows: readonly EpisodeRow[], now: number) => {
  const { nextAiring, previousAiring, ...counts } = statistics(rows, now);
  return {
    title: series.title,
    alternateTitles: (series.spec.alternateTitles ?? []).map((title) => ({ title, seasonNumber: -1 })),
    ...described(series),
    nextAiring,
    previousAiring,
    ...BROADCAST,
    images: ['poster', 'fanart'].map((coverType) => ({
      coverType,
      url: `/MediaCover/${series.id}/${coverType}.jpg`,
      remoteUrl: `http://images.invalid/${series.tvdbId}-${coverType}.jpg`,
    })),
    originalLanguage: { id: 1, name: 'English' },
    seasons: seasonsOf(rows).map(([seasonNumber, mine]) => ({
      seasonNumber,
      monitored: seasonMonitored(series, seasonNumber),
      statistics: statistics(mine, now),
    })),
    ...identity(series, rows),
    rootFolderPath: '/tv',
    ...remainder(store, series),
    statistics: { seasonCount: seasonsOf(rows).filter(([n]) => n > 0).length, ...counts },
    languageProfileId: 1,
    id: series.id,
  };
};

/** The series inside an episode, a queue or a history record: without statistics (`episode_one`). */
export const embeddedSeries = (store: SonarrStore, series: LibrarySeries) => {
  const rows = store.peek(series);
  return {
    title: series.title,
    ...described(series),
    ...BROADCAST,
    images: ['poster', 'fanart'].map((coverType) => ({
      coverType,
      remoteUrl: `http://images.invalid/${series.tvdbId}-${coverType}.jpg`,
    })),
    originalLanguage: { id: 1, name: 'English' },
    seasons: seasonsOf(rows).map(([seasonNumber]) => ({
      seasonNumber,
      monitored: seasonMonitored(series, seasonNumber),
    })),
    ...identity(series, rows),
    ...remainder(store, series),
    languageProfileId: 1,
    id: series.id,
  };
};

/** When the statistics of these rows change by themselves: at the next air time. */
export const changesAt = (rows: readonly EpisodeRow[], now: number): number =>
  rows.reduce((next, { base }) => (base.airs !== null && base.airs > now ? Math.min(next, base.airs) : next), Infinity);

const described = (series: LibrarySeries) => ({
  sortTitle: sortTitle(series.title),
  status: series.status,
  ended: series.status === 'ended',
  overview: `An invented programme: ${series.title}.`,
});

const BROADCAST = { network: 'Sandbox One', airTime: '20:00' };

const identity = (series: LibrarySeries, rows: readonly EpisodeRow[]) => ({
  year: series.year,
  path: `/tv/${series.title.replace(/[:!?]/g, '')} (${series.year})`,
  qualityProfileId: PROFILE,
  seasonFolder: true,
  monitored: series.monitored,
  monitorNewItems: 'all',
  useSceneNumbering: false,
  runtime: series.runtime,
  tvdbId: series.tvdbId,
  tvRageId: 0,
  tvMazeId: 0,
  tmdbId: series.tmdbId,
  ...aired(rows),
  seriesType: series.type,
  cleanTitle: cleanTitle(series.title),
  imdbId: series.imdbId,
  titleSlug: slug(titleSlugOf(series)),
});

const remainder = (store: SonarrStore, series: LibrarySeries) => ({
  certification: 'TV-14',
  genres: ['Drama'],
  tags: series.tags.map((label) => store.tags.indexOf(label) + 1),
  added: ADDED,
  ratings: { votes: 120, value: 7.6 },
});

/** A second series of the same title has its year in the slug. */
const titleSlugOf = ({ title, year, key }: LibrarySeries): string => (key === title ? title : `${title} ${year}`);

const aired = (rows: readonly EpisodeRow[]) => {
  const times = rows.flatMap(({ base }) => (base.airs === null || base.season === 0 ? [] : [base.airs]));
  const day = (at: number | undefined) => (at === undefined ? undefined : `${instant(at).slice(0, 10)}T00:00:00Z`);
  return { firstAired: day(min(times)), lastAired: day(max(times)) };
};

const seasonMonitored = (series: LibrarySeries, season: number): boolean =>
  series.spec.seasons.find((s) => s.number === season)?.monitored ?? (season > 0 && series.monitored);

const seasonsOf = (rows: readonly EpisodeRow[]): [number, EpisodeRow[]][] => {
  const seasons = new Map<number, EpisodeRow[]>();
  for (const row of rows) {
    const mine = seasons.get(row.base.season);
    if (mine === undefined) seasons.set(row.base.season, [row]);
    else mine.push(row);
  }
  return [...seasons].sort(([a], [b]) => a - b);
};

const statistics = (rows: readonly EpisodeRow[], now: number): Statistics => {
  const files = new Set(rows.filter((r) => r.fileId > 0).map((r) => r.fileId)).size;
  const counted = rows.filter(
    (r) => r.fileId > 0 || (r.monitored && r.base.airs !== null && r.base.airs <= now),
  ).length;
  const withFile = rows.filter((r) => r.fileId > 0).length;
  const times = rows.flatMap((r) => (r.monitored && r.base.airs !== null ? [r.base.airs] : []));
  const next = min(times.filter((t) => t > now));
  const previous = max(times.filter((t) => t <= now));
  return {
    nextAiring: next === undefined ? undefined : instant(next),
    previousAiring: previous === undefined ? undefined : instant(previous),
    episodeFileCount: withFile,
    episodeCount: counted,
    totalEpisodeCount: rows.length,
    sizeOnDisk: files * FILE_SIZE,
    releaseGroups: [],
    percentOfEpisodes: counted === 0 ? 0 : Math.round((withFile / counted) * 1e4) / 100,
  };
};

const min = (times: readonly number[]): number | undefined => (times.length === 0 ? undefined : Math.min(...times));
const max = (times: readonly number[]): number | undefined => (times.length === 0 ? undefined : Math.max(...times));
