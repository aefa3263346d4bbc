import type { LookupEpisode } from '../contracts/index.js';
import { isUpcoming, isWatchable, type Decision } from './decide.js';
import { unitsAhead } from './read-ahead.js';
import type { Unit } from './units.js';
import type { SeriesView } from './view.js';

export interface WindowQuestion {
  readonly view: SeriesView<LookupEpisode>;
  /** Place of the position. */
  readonly after: number;
  /** Units; at most `overflow` more while they are watched in less than `fill` minutes. */
  readonly size: number;
  readonly overflow: number;
  readonly fill: number;
  /** Minutes left of what is playing now. */
  readonly left: number;
  readonly specials: boolean;
  /** Units that were read afresh. */
  readonly unitsRead: number;
  readonly leftOut: (place: number) => boolean;
  readonly decide: (episode: LookupEpisode) => Decision;
}

/** A unit that was looked at; only `placed` ones take a place in the window. */
export interface LookedAt {
  readonly unit: Unit<LookupEpisode>;
  readonly as: 'placed' | 'watched' | 'upcoming';
}

export interface Window {
  /** In the order of the series. */
  readonly units: readonly LookedAt[];
  /** There may be more to plan, but it was not read afresh. */
  readonly unread: boolean;
}

/** Rules 4–7: the next units after a position that have aired. Of those still to air only the next is kept, per reason. */
export function windowAfter(question: WindowQuestion): Window {
  const { view, after, size, overflow, fill, specials, unitsRead, leftOut, decide } = question;
  const read = new Set(unitsAhead(view.units, after, unitsRead));
  const units: LookedAt[] = [];
  const announced = new Set<string>();
  let placed = 0;
  let minutes = question.left;
  for (let place = after + 1; place < view.units.length; place += 1) {
    if (placed >= size && (placed >= size + overflow || minutes >= fill)) break;
    const unit = view.units[place];
    if (!unit || (unit.special && !specials)) continue;
    if (!read.has(place) || !unit.episodes.every((episode) => episode.fresh)) return { units, unread: true };
    const decision = decide(unit.episodes[0]);
    if (leftOut(place)) units.push({ unit, as: 'watched' });
    else if (!isUpcoming(decision)) {
      units.push({ unit, as: 'placed' });
      placed += 1;
      if (isWatchable(decision)) minutes += view.minutes(unit);
    } else if (!announced.has(decision.reason.code)) {
      announced.add(decision.reason.code);
      units.push({ unit, as: 'upcoming' });
    }
  }
  return { units, unread: false };
}
