import { compareText } from '../compare.js';
import type { Episode } from '../contracts/index.js';
import { airTime } from './aired.js';

/** What is watched in one go: an episode, or consecutive episodes that share a file. */
export interface Unit<E extends Episode = Episode> {
  readonly episodes: readonly [E, ...E[]];
  /** All of it is of season 0. */
  readonly special: boolean;
  /** Regular units up to and including this one: the distance of two units, whatever specials stand between. */
  readonly ordinal: number;
}

/** A series in the order in which it is watched. A unit's place is its index. */
export interface Sequence<E extends Episode = Episode> {
  readonly units: readonly Unit<E>[];
  /** From episode id to place. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** Specials without air date: nobody can say where they stand. */
  readonly placeless: readonly E[];
}

/** Place of the first unit after another; -1: none. */
export const nextPlace = (units: readonly Unit[], after: number, skipSpecials: boolean): number =>
  units.findIndex(({ special }, place) => place > after && !(special && skipSpecials));

const byNumber = (a: Episode, b: Episode): number => a.season - b.season || a.episode - b.episode || a.id - b.id;

/** The day it aired; Sonarr leaves out both dates or none (TBA). */
const airDay = (episode: Episode): string | null => episode.airDate ?? episode.airDateUtc?.slice(0, 10) ?? null;

const NEVER = '~';

/** From the index of the last regular episode that aired on or before a special's day (-1: none) to the specials after it. */
function placeSpecials<E extends Episode>(regular: readonly E[], specials: readonly E[]): Map<number, E[]> {
  const days = regular.map((episode) => airDay(episode) ?? NEVER);
  const after = new Map<number, E[]>();
  const dated = specials.map((special) => ({ special, day: airDay(special) ?? '' }));
  dated.sort((a, b) => compareText(b.day, a.day) || byNumber(b.special, a.special));
  let last = days.length - 1;
  for (const { special, day } of dated) {
    while (last >= 0 && (days[last] ?? NEVER) > day) last -= 1;
    after.set(last, [special, ...(after.get(last) ?? [])]);
  }
  return after;
}

const sameFile = (a: Episode | undefined, b: Episode): boolean =>
  a !== undefined && b.fileId !== null && a.fileId === b.fileId;

/** Rule 4: by season and number whatever the order of the rows; dated specials stand where they aired. */
export function sequenceOf<E extends Episode>(episodes: readonly E[]): Sequence<E> {
  const sorted = [...episodes].sort(byNumber);
  const regular = sorted.filter((e) => e.season !== 0);
  const specials = sorted.filter((e) => e.season === 0);
  const dated = specials.filter((e) => airTime(e) !== null);
  const placeless = specials.filter((e) => airTime(e) === null);
  if (dated.length === 0) return { ...unitsOf(regular), placeless };
  const after = placeSpecials(regular, dated);
  const inOrder = [...(after.get(-1) ?? []), ...regular.flatMap((e, i) => [e, ...(after.get(i) ?? [])])];
  return { ...unitsOf(inOrder), placeless };
}

function unitsOf<E extends Episode>(inOrder: readonly E[]): Pick<Sequence<E>, 'units' | 'placeOf'> {
  const groups: [E, ...E[]][] = [];
  for (const episode of inOrder) {
    const current = groups.at(-1);
    if (current && sameFile(current.at(-1), episode)) current.push(episode);
    else groups.push([episode]);
  }
  const placeOf = new Map<number, number>();
  let ordinal = 0;
  const units = groups.map((group, place): Unit<E> => {
    const special = group.every((e) => e.season === 0);
    if (!special) ordinal += 1;
    for (const { id } of group) placeOf.set(id, place);
    return { episodes: group, special, ordinal };
  });
  return { units, placeOf };
}
