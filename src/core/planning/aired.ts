import type { Episode } from '../contracts/index.js';
import { toMs } from '../time.js';
import type { Sequence } from './units.js';

export type Airing = 'aired' | 'not-aired' | 'no-air-date';

/** Milliseconds; null without a (readable) air date. */
export function airTime(episode: Episode): number | null {
  const ms = episode.airDateUtc === null ? NaN : toMs(episode.airDateUtc);
  return Number.isNaN(ms) ? null : ms;
}

/** Rule 6, for the episodes of one series; a special without air date has no place and never counts as aired. */
export function airingIn(sequence: Sequence, now: number): (episode: Episode) => Airing {
  let last: number | undefined;
  return (episode) => {
    const at = airTime(episode);
    if (at !== null) return at <= now ? 'aired' : 'not-aired';
    last ??= lastOut(sequence, now);
    const place = sequence.placeOf.get(episode.id);
    return place !== undefined && place < last ? 'aired' : 'no-air-date';
  };
}

/** Place of the last regular unit that has certainly aired or has a file; -1: none. */
const lastOut = (sequence: Sequence, now: number): number =>
  sequence.units.findLastIndex(
    ({ special, episodes }) => !special && episodes.some((e) => e.hasFile || (airTime(e) ?? Infinity) <= now),
  );
