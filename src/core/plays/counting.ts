import { DAY, MINUTE, toMs } from '../time.js';
import { isRunning, type PlayedRow } from './rows.js';
import type { Viewing, ViewingFacts } from './viewings.js';

/** A running row counts once it is this old: an accidental start is not a play. */
const SETTLED = 2 * MINUTE;

/** The viewing without running rows that are not two minutes old; null when nothing is left of it. */
export const settled = <R extends PlayedRow>(viewing: Viewing<R>, now: number): Viewing<R> | null => {
  const [first, ...rest] = viewing.rows.filter((row) => !isRunning(row) || now - toMs(row.startedAt) >= SETTLED);
  return first === undefined ? null : { rows: [first, ...rest] };
};

/** Began (or was resumed) within that many days, or is running; otherwise it is only remembered. */
export const isActive = (facts: ViewingFacts, daysToCheck: number, now: number): boolean =>
  facts.playing || now - toMs(facts.resumedAt) <= daysToCheck * DAY;

/** Whether it got far enough for what the user asks for. */
export const gotFarEnough = (
  facts: Pick<ViewingFacts, 'progress' | 'watched'>,
  wanted: { readonly minimumProgress: number; readonly watchedOnly: boolean },
): boolean => facts.progress >= wanted.minimumProgress && (facts.watched || !wanted.watchedOnly);
