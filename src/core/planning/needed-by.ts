import type { LookupEpisode, Viewer } from '../contracts/index.js';
import { MINUTE } from '../time.js';
import { airTime } from './aired.js';
import type { Decision } from './decide.js';
import type { Unit } from './units.js';
import type { SeriesView } from './view.js';

const RESUMES_IN = 30;

/** One viewer's need (or none: watched, excluded) of one episode. */
export interface Need {
  readonly view: SeriesView<LookupEpisode>;
  readonly episode: LookupEpisode;
  readonly viewer: Viewer;
  /** Milliseconds; null when nobody will need it at a known time. */
  readonly by: number | null;
  /** When the latest play that leads to it began, milliseconds. */
  readonly playedAt: number;
  readonly decision: Decision;
}

/** Minutes left of a unit that is playing, by the progress in percent. */
export const minutesLeft = (minutes: number, progress: number): number =>
  minutes * (1 - Math.min(100, Math.max(0, progress || 0)) / 100);

/** Rule 10: when the first unit is needed; `left` are the minutes left of what is playing, null when nothing is. */
export const resumesAt = (left: number | null, now: number): number => now + (left ?? RESUMES_IN) * MINUTE;

/** Rule 10: when each of these units is needed: after the runtimes of those before it. */
export function neededTimes(
  view: SeriesView<LookupEpisode>,
  units: readonly Unit<LookupEpisode>[],
  start: number,
): number[] {
  let at = start;
  return units.map((unit) => {
    const by = at;
    at += view.minutes(unit) * MINUTE;
    return by;
  });
}

/** What is still to air cannot be needed before it airs. */
export function neededBy({ reason }: Decision, episode: LookupEpisode, by: number): number | null {
  if (reason.code === 'no-air-date') return null;
  return reason.code === 'not-aired' ? Math.max(by, airTime(episode) ?? by) : by;
}
