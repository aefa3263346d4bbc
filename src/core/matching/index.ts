export { cleanTitles, splitYear } from './clean-title.js';
export { ignoreList, isIgnored, type NamedShow } from './ignored.js';
export {
  episodeMatcher,
  matchEpisode,
  type EpisodeMatcher,
  type MatchedEpisode,
  type UnmatchedEpisode,
} from './match-episode.js';
export { matchSeries, type MatchedSeries, type SeriesMatchedBy, type UnmatchedSeries } from './match-series.js';
export { buildSeriesIndex, type SeriesIndex } from './series-index.js';
