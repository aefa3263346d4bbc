import type { PlayedShow, Series } from '../../core/contracts/index.js';
import { ignoreList, matchSeries, type UnmatchedSeries } from '../../core/matching/index.js';
import { DAY, toInstant, toMs } from '../../core/time.js';
import type { SeriesMatch } from '../../state/entries.js';
import type { KnownSeries } from '../../state/series-index.js';
import { inSlices } from '../../state/slices.js';
import type { LookupWork } from './work.js';

/** What came of one show; `ignored` is the entry of the list of shows to ignore that it fits. */
export interface PlacedShow {
  readonly show: PlayedShow;
  readonly series: Series | null;
  readonly unmatched: UnmatchedSeries | null;
  readonly ignored: string | null;
}

/** Two plays of one show have the same key. */
export const showKeyOf = ({ key, title, year, ids, metadata }: PlayedShow): string =>
  JSON.stringify([key, title, year, ids.tvdb, ids.tmdb, ids.imdb, metadata]);

/** The name under which a show that is missing in Sonarr is counted. */
export const missOf = (show: PlayedShow): string => `show ${show.key ?? show.title}`;

const MATCH_AGE = 7 * DAY;

/** Whether what was matched once is still that series: Sonarr uses ids again. */
export const isSeriesOf = (match: SeriesMatch, series: Series | undefined): boolean => series?.tvdbId === match.tvdbId;

/** By id in the past, for a show of which Plex says nothing any more (deleted, or Plex is down). */
const rememberedSeries = ({ deps: { state } }: LookupWork, show: PlayedShow, known: KnownSeries): Series | null => {
  const match = show.key === null || show.metadata ? undefined : state.matches.get(show.key);
  const series = match === undefined ? undefined : known.byId.get(match.seriesId);
  return match !== undefined && series !== undefined && isSeriesOf(match, series) ? series : null;
};

/** Only matches by id are remembered, and written again only when they are new or a week old. */
const matchToRemember = (work: LookupWork, show: PlayedShow, series: Series): SeriesMatch | null => {
  if (show.key === null) return null;
  const old = work.deps.state.matches.get(show.key);
  if (old?.seriesId === series.id && isSeriesOf(old, series) && work.now - toMs(old.at) < MATCH_AGE) return null;
  return { showKey: show.key, seriesId: series.id, tvdbId: series.tvdbId, at: toInstant(work.now) };
};

const ID_MATCHES: ReadonlySet<string> = new Set(['tvdb', 'imdb', 'tmdb']);

/** Finds the series of each show, once per show; `shows` are distinct by `showKeyOf`. */
export const placeShows = async (
  work: LookupWork,
  shows: readonly PlayedShow[],
  known: KnownSeries,
): Promise<ReadonlyMap<string, PlacedShow>> => {
  const ignoredAs = ignoreList(work.settings.ignoreShows);
  if (shows.some((show) => known.index.needsTitles(show))) await inSlices(known.index.indexTitles(), () => undefined);
  const placed = new Map<string, PlacedShow>();
  const matches: SeriesMatch[] = [];
  await inSlices(shows, (show) => {
    const result = matchSeries(show, known.index);
    const byId = 'series' in result && ID_MATCHES.has(result.by);
    const remembered = byId ? null : rememberedSeries(work, show, known);
    const series = remembered ?? ('series' in result ? result.series : null);
    const match = byId && series !== null ? matchToRemember(work, show, series) : null;
    if (match !== null) matches.push(match);
    const unmatched = series === null && 'code' in result ? result : null;
    placed.set(showKeyOf(show), { show, series, unmatched, ignored: ignoredAs(show) });
  });
  await work.remember('which shows are which series', () => work.deps.state.matches.put(...matches));
  return placed;
};
