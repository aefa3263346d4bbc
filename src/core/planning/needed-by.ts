import type { Instant, LookupEpisode, Viewer } from '../contracts/index.js';
import { MINUTE } from '../time.js';
import { airTime } from './aired.js';
import type { Decision } from './decide.js';
import type { Unit } from './units.js';
import type { SeriesView } from './view.js';
import type { LookedAt } from './window.js';

const RESUMES_IN = 30;

/** One viewer's need (or none: watched, excluded) of one episode. */
export interface Need {
  readonly view: SeriesView<LookupEpisode>;
  readonly episode: LookupEpisode;
  readonly viewer: Viewer;
  /** Milliseconds; null when nobody will need it at a known time. */
  readonly by: number | null;
  /** When the latest play that leads to it began, as `toInstant` writes it. */
  readonly playedAt: Instant;
  readonly decision: Decision;
}

/** Minutes left of a unit that is playing, by the progress in percent. */
export const minutesLeft = (minutes: number, progress: number): number =>
  minutes * (1 - Math.min(100, Math.max(0, progress || 0)) / 100);

/** Rule 10: when the first unit is needed; `left` are the minutes left of what is playing, null when nothing is. */
export const resumesAt = (left: number | null, now: number): number => now + (left ?? RESUMES_IN) * MINUTE;

/** Rule 10: when each of these units is needed: after those before it that take a place. */
export function neededTimes(units: readonly LookedAt[], minutes: (unit: Unit) => number, start: number): number[] {
  let at = start;
  return units.map(({ unit, as }) => {
    const by = at;
    if (as === 'placed') at += minutes(unit) * MINUTE;
    return by;
  });
}

/** What is still to air cannot be needed before it airs. */
export function neededBy({ reason }: Decision, episode: LookupEpisode, by: number): number | null {
  if (reason.code === 'no-air-date') return null;
  return reason.code === 'not-aired' ? Math.max(by, airTime(episode) ?? by) : by;
}
