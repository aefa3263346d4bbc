export { cleanTitles } from './clean-title.js';
export { ignoreList } from './ignored.js';
export { episodeMatcher } from './match-episode.js';
export { matchSeries, type UnmatchedSeries } from './match-series.js';
export { SeriesIndex } from './series-index.js';
