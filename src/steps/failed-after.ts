import type { SearchAttempt } from '../core/contracts/index.js';

/** What is remembered of a search that failed: one more in a row, if the one before had failed. */
export const failedAfter = (
  before: SearchAttempt | undefined,
  now: Pick<SearchAttempt, 'episodeId' | 'at'>,
): SearchAttempt => ({
  ...now,
  outcome: 'failed',
  failures: (before?.outcome === 'failed' ? before.failures : 0) + 1,
});
