import type { Episode, Series } from '../contracts/index.js';
import type { Unit } from './units.js';

const UNKNOWN = 30;
const LONGEST = 24 * 60;

const usable = (minutes: number | null): minutes is number => minutes !== null && minutes > 0 && minutes <= LONGEST;

const median = (sorted: readonly number[]): number | undefined => sorted[Math.floor(sorted.length / 2)];

/** Rule 7: minutes of an episode; its own, else the series', else the median of the other episodes, else 30. */
export function runtimesOf(series: Series, episodes: readonly Episode[]): (episode: Episode) => number {
  let typical: number | undefined;
  return ({ runtime }) => {
    if (usable(runtime)) return runtime;
    if (usable(series.runtime)) return series.runtime;
    typical ??= median(
      episodes
        .map((e) => e.runtime)
        .filter(usable)
        .sort((a, b) => a - b),
    );
    return typical ?? UNKNOWN;
  };
}

/** Minutes of all episodes of a unit. */
export const minutesOf = (unit: Unit, runtime: (episode: Episode) => number): number =>
  unit.episodes.reduce((sum, episode) => sum + runtime(episode), 0);
