import type { Instant, SearchAttempt } from '../contracts/index.js';
import { DAY, HOUR, MINUTE, toMs } from '../time.js';

const SHORTEST = 10 * MINUTE;
const AFTER_FAILURE = 15 * MINUTE;

/** What is remembered about searching for an episode. */
export interface CoolDownFacts {
  readonly attempt: SearchAttempt | null | undefined;
  /** When its newest grab failed or was found to be gone. */
  readonly grabFailedAt: Instant | null;
  readonly airDateUtc: Instant | null;
}

interface LastSearch {
  readonly at: number;
  /** In a row; 0: it was answered. */
  readonly failures: number;
  /** For people. */
  readonly cause: string;
}

export interface CoolDown {
  /** Milliseconds. */
  readonly until: number;
  /** What it follows, for people. */
  readonly cause: string;
}

const readable = (instant: Instant | null | undefined): number => (instant ? toMs(instant) : NaN);

/** The newer of the search and the failed grab, which counts as one more failure. */
function lastSearch({ attempt, grabFailedAt }: CoolDownFacts): LastSearch | null {
  const searchedAt = readable(attempt?.at);
  const failures = attempt?.outcome === 'failed' ? Math.max(1, attempt.failures) : 0;
  const failedAt = readable(grabFailedAt);
  if (!Number.isNaN(failedAt) && !(searchedAt >= failedAt)) {
    return { at: failedAt, failures: failures + 1, cause: 'the last grab failed or is gone' };
  }
  if (Number.isNaN(searchedAt)) return null;
  return { at: searchedAt, failures, cause: failures > 0 ? 'the last search failed' : 'the last search found nothing' };
}

/** How long a search that was answered is not repeated: no longer than the episode was old. */
function afterAnswer(at: number, airDateUtc: Instant | null, searchCache: number): number {
  const aired = readable(airDateUtc);
  const age = Number.isNaN(aired) ? Infinity : at - aired;
  return Math.max(SHORTEST, Math.min(searchCache, age));
}

/**
 * Rule 9: whether and until when an episode is not searched again; null when it may be searched now.
 * A moment in the future (the clock was set back) counts as now; one that lies too far ahead is no moment of this clock.
 * @param searchCache hours
 */
export function coolDown(facts: CoolDownFacts, searchCache: number, now: number): CoolDown | null {
  const last = lastSearch(facts);
  if (!last) return null;
  const longest = searchCache * HOUR;
  if (last.at - now > Math.max(longest, DAY)) return null;
  const lasts =
    last.failures > 0
      ? Math.min(longest, AFTER_FAILURE * 2 ** (last.failures - 1))
      : afterAnswer(last.at, facts.airDateUtc, longest);
  const until = Math.min(last.at, now) + lasts;
  return until > now ? { until, cause: last.cause } : null;
}

/** The newest attempt per episode id. */
export function newestAttempts(attempts: readonly SearchAttempt[]): Map<number, SearchAttempt> {
  const newest = new Map<number, SearchAttempt>();
  for (const attempt of attempts) {
    const other = newest.get(attempt.episodeId);
    if (!other || isNewer(attempt, other)) newest.set(attempt.episodeId, attempt);
  }
  return newest;
}

const isNewer = (a: SearchAttempt, b: SearchAttempt): boolean => {
  const ms = toMs(a.at) - toMs(b.at);
  return ms === 0 ? a.failures > b.failures : ms > 0;
};
