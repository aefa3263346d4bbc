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

/** Tautulli may show a session for ever that has ended; a pause over night is shorter than this. */
const LONGEST_RUNNING = DAY;

/** Began (or was resumed) within that many days, or is running since a day at most; otherwise it is only remembered. */
export const isActive = ({ playing, resumedAt }: ViewingFacts, daysToCheck: number, now: number): boolean =>
  now - toMs(resumedAt) <= Math.max(daysToCheck * DAY, playing ? LONGEST_RUNNING : 0);

/** Whether it got far enough for what the user asks for. */
export const gotFarEnough = (
  facts: Pick<ViewingFacts, 'progress' | 'watched'>,
  wanted: { readonly minimumProgress: number; readonly watchedOnly: boolean },
): boolean => facts.progress >= wanted.minimumProgress && (facts.watched || !wanted.watchedOnly);
