export { cleanTitles, splitYear } from './clean-title.js';
export { ignoreList, isIgnored } from './ignored.js';
export { episodeMatcher, matchEpisode } from './match-episode.js';
export { matchSeries, type UnmatchedSeries } from './match-series.js';
export { buildSeriesIndex, type SeriesIndex } from './series-index.js';
