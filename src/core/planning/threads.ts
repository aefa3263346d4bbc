import type { PlacedPlay } from './viewer-plays.js';
import type { Unit } from './units.js';

/** Of a viewer and series. */
const THREADS = 3;
/** Steps looked at, the least that say anything, the next units that count as in order, the share that may lead elsewhere. */
const NO_ORDER = { steps: 10, least: 5, reach: 3, share: 0.4 } as const;

/** How far one viewer has come in one series. */
export interface Thread {
  /** Place of the unit that was played last. */
  readonly place: number;
  /** In the order of time; never empty. */
  readonly plays: readonly [PlacedPlay, ...PlacedPlay[]];
}

export interface CurrentThreads {
  /** At most three, latest first; one when there is no order. */
  readonly threads: readonly Thread[];
  readonly noOrder: boolean;
}

type Regular = PlacedPlay & { readonly place: number };

const isPlaced = (play: PlacedPlay): play is Regular => play.place !== null;
const isRegular = (play: PlacedPlay): play is Regular => isPlaced(play) && !play.special;

/** The latest play of a thread. */
export const latestOf = (thread: Thread): PlacedPlay => thread.plays.at(-1) ?? thread.plays[0];

/** Threads with one play more, the one that it belongs to first. */
function withPlay(threads: readonly Thread[], play: Regular): Thread[] {
  let best: Thread | undefined;
  for (const thread of threads) {
    if (thread.place <= play.place && (best === undefined || thread.place > best.place)) best = thread;
  }
  const moved: Thread = { place: play.place, plays: best ? [...best.plays, play] : [play] };
  return [moved, ...threads.filter((thread) => thread !== best)];
}

/** Rule 2: forward steps and skips stay one thread, going back starts another. Latest first; specials never move one. */
export const threadsOf = (plays: readonly PlacedPlay[]): Thread[] =>
  plays.filter(isRegular).reduce<Thread[]>(withPlay, []);

/** Rule 2: too many of the last steps lead neither to the same nor to one of the next units of a recent thread. */
function inNoOrder(plays: readonly PlacedPlay[], units: readonly Unit[]): boolean {
  const ordinal = (place: number): number => units[place]?.ordinal ?? 0;
  const astray: boolean[] = [];
  let threads: Thread[] = [];
  for (const play of plays.filter(isRegular)) {
    if (threads.length > 0) {
      const steps = threads.slice(0, THREADS).map((thread) => ordinal(play.place) - ordinal(thread.place));
      astray.push(!steps.some((step) => step >= 0 && step <= NO_ORDER.reach));
    }
    threads = withPlay(threads, play);
  }
  const last = astray.slice(-NO_ORDER.steps);
  return last.length >= NO_ORDER.least && last.filter(Boolean).length > NO_ORDER.share * last.length;
}

/** Rule 2: where a viewer is in a series, by the active plays; `plays` in the order of time, remembered ones included. */
export function currentThreads(plays: readonly PlacedPlay[], units: readonly Unit[]): CurrentThreads {
  const active = plays.filter((p) => p.play.active).filter(isPlaced);
  const latest = active.findLast(isRegular);
  if (!latest) {
    const special = active[0];
    return { threads: special ? [{ place: special.place, plays: [special] }] : [], noOrder: false };
  }
  if (inNoOrder(plays, units)) return { threads: [{ place: latest.place, plays: [latest] }], noOrder: true };
  return { threads: threadsOf(active).slice(0, THREADS), noOrder: false };
}
