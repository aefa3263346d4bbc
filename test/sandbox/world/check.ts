import type { WorldDownload, WorldEpisode, WorldFile, WorldPlay, WorldSeason, WorldSeries } from './format.js';

/** What a world means wrongly although its shape is right; each problem as `place: what`. */
export const checkWorld = (world: WorldFile): string[] => {
  const known = new Map(world.series.map((s) => [keyOf(s), s]));
  return [
    ...doubles(world.series.map(keyOf)).map((key) => `series: two are called "${key}"; give one of them a "key"`),
    ...doubles(world.series.flatMap((s) => (s.tvdb === undefined || s.notInSonarr ? [] : [s.tvdb]))).map(
      (id) => `series: two have the tvdb id ${id}; Sonarr has each once`,
    ),
    ...world.series.flatMap((s, i) => seriesProblems(s, `series[${i}] (${keyOf(s)})`)),
    ...world.households.flatMap((h, i) =>
      h.viewers.flatMap((v, j) =>
        v.plays.flatMap((p, k) => playProblems(p, known, `households[${i}].viewers[${j}] (${v.name}).plays[${k}]`)),
      ),
    ),
    ...(world.downloads ?? []).flatMap((d, i) => downloadProblems(d, known, `downloads[${i}]`)),
  ];
};

export const keyOf = (series: WorldSeries): string => series.key ?? series.title;

/** The episode rows of a season, written out. */
export const episodesOf = (season: WorldSeason): readonly WorldEpisode[] =>
  typeof season.episodes === 'number'
    ? Array.from({ length: season.episodes }, (_, i) => ({ number: i + 1 }))
    : season.episodes;

const doubles = <T>(values: readonly T[]): T[] => [...new Set(values.filter((v, i) => values.indexOf(v) !== i))];

const seriesProblems = (series: WorldSeries, at: string): string[] => [
  ...doubles(series.seasons.map((s) => s.number)).map((n) => `${at}: season ${n} is there twice`),
  ...series.seasons.flatMap((season) =>
    typeof season.episodes === 'number'
      ? []
      : doubles(season.episodes.map((e) => e.number)).map(
          (n) => `${at}.seasons (${season.number}): episode ${n} is there twice`,
        ),
  ),
];

const playProblems = (play: WorldPlay, known: ReadonlyMap<string, WorldSeries>, at: string): string[] => {
  if (!known.has(play.series)) return [`${at}: no series is called "${play.series}"`];
  if (play.episode === null && play.airDate === undefined)
    return [`${at}: without an episode number it needs an airDate`];
  return [];
};

const downloadProblems = (download: WorldDownload, known: ReadonlyMap<string, WorldSeries>, at: string): string[] => {
  if (download.series === undefined)
    return download.name === undefined ? [`${at}: a job of somebody else needs a name`] : [];
  const series = known.get(download.series);
  if (series === undefined) return [`${at}: no series is called "${download.series}"`];
  const season = series.seasons.find((s) => s.number === download.season);
  if (season === undefined) return [`${at}: "${download.series}" has no season ${download.season ?? '(none given)'}`];
  return download.episodes === undefined ? [`${at}: say which episodes it holds`] : [];
};
