import type { PlacedPlay } from './viewer-plays.js';
import type { Thread } from './threads.js';

/** The last two plays of the thread were of units that the viewer had watched before. */
const rewatching = (thread: Thread): boolean => {
  const lastTwo = thread.plays.slice(-2);
  return lastTwo.length === 2 && lastTwo.every((play) => play.again);
};

export interface WatchedQuestion {
  readonly thread: Thread;
  /** All plays of the viewer in the series. */
  readonly plays: readonly PlacedPlay[];
  /** Place of the first unit after the viewer's latest play: never left out. */
  readonly next: number;
  /** The account is used by several people. */
  readonly shared: boolean;
}

/** Rule 3: whether the unit at a place is left out of the thread's window because this viewer has watched it. */
export function leftOutAsWatched({ thread, plays, next, shared }: WatchedQuestion): (place: number) => boolean {
  if (shared || rewatching(thread)) return () => false;
  const watched = new Set(plays.filter((p) => p.play.watched).map((p) => p.place));
  return (place) => place !== next && watched.has(place);
}
