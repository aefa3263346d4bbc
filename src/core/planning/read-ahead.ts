import type { OpenWant } from '../contracts/index.js';
import { currentThreads } from './threads.js';
import type { Unit } from './units.js';
import { viewOf, type KnownSeries, type SeriesView } from './view.js';
import { viewersOf } from './viewer-plays.js';

/** A series with dozens of specials between two episodes must not hide the next episode. */
const SHARE_OF_SPECIALS = 1 / 3;

/** Places of the units after `place` that are read afresh: `count` of them, a third of which may be specials. */
export function unitsAhead(units: readonly Unit[], place: number, count: number): number[] {
  const ahead: number[] = [];
  let specials = Math.floor(count * SHARE_OF_SPECIALS);
  for (let next = place + 1; next < units.length && ahead.length < count; next += 1) {
    if (units[next]?.special) {
      if (specials === 0) continue;
      specials -= 1;
    }
    ahead.push(next);
  }
  return ahead;
}

/** Places of all current threads of a series, each once. */
function positions(view: SeriesView, now: number): Set<number> {
  const threads = viewersOf(view, now).flatMap(({ plays }) => currentThreads(plays, view.units).threads);
  return new Set(threads.map((thread) => thread.place));
}

/**
 * Which episodes of a series the look-up reads afresh, by id: the units after the position of each thread, and the open
 * wants. Nothing need be read of an excluded series: nothing of it is planned.
 */
export function episodesToRead(
  known: KnownSeries,
  wants: readonly OpenWant[],
  { unitsRead }: { readonly unitsRead: number },
  now: number,
): ReadonlySet<number> {
  const view = viewOf(known, now);
  const places = [...positions(view, now)].flatMap((place) => unitsAhead(view.units, place, unitsRead));
  const ahead = places.flatMap((place) => view.units[place]?.episodes ?? []).map(({ id }) => id);
  const wanted = wants.map(({ episodeId }) => episodeId).filter((id) => view.placeOf.has(id));
  return new Set([...ahead, ...wanted]);
}

const OVER = new Set(['ended', 'deleted']);

/**
 * Whether a thread comes to the end of the known list of a running series within `units` aired regular units,
 * without anything announced there: then newer episodes may exist that the cached list does not hold.
 */
export function windowReachesEnd(known: KnownSeries, settings: { readonly units: number }, now: number): boolean {
  if (OVER.has(known.series.status)) return false;
  const view = viewOf(known, now);
  return [...positions(view, now)].some((place) => {
    const after = view.units.slice(place + 1).filter((unit) => !unit.special);
    return after.length < settings.units && after.every(({ episodes: [first] }) => view.airing(first) === 'aired');
  });
}
