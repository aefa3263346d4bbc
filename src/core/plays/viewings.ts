import type { Instant } from '../contracts/index.js';
import { MINUTE, toMs } from '../time.js';
import { byTime, episodeOf, isRunning, type PlayedRow, showOf } from './rows.js';

/** Consecutive rows of one viewer and episode, oldest first: what becomes one play. */
export interface Viewing<R extends PlayedRow> {
  readonly rows: readonly [R, ...R[]];
}

/** After an episode was watched, the credits or a last scene are shorter than this; a new start is longer. */
const REST_OF_EPISODE = 15 * MINUTE;

/** Whether a row after a watched one begins the episode anew, instead of ending it. */
const startsAnew = (before: PlayedRow, row: PlayedRow): boolean =>
  row.progress < before.progress || toMs(row.stoppedAt) - toMs(row.startedAt) >= REST_OF_EPISODE;

const continues = (before: PlayedRow, row: PlayedRow): boolean =>
  episodeOf(before) === episodeOf(row) && !(before.watched && startsAnew(before, row));

/**
 * Joins the rows of one viewing: stopped and resumed, with no play of another episode of that show by that viewer
 * in between. A fresh start of an episode that was watched is a viewing of its own (a re-watch).
 * A running row joins its stopped predecessor. The result is in the order of the first rows, whatever the input's order.
 */
export const joinRows = <R extends PlayedRow>(rows: readonly R[]): readonly Viewing<R>[] => {
  const viewings: [R, ...R[]][] = [];
  const latest = new Map<string, [R, ...R[]]>();
  for (const row of rows.toSorted(byTime)) {
    const thread = `${row.userId} ${showOf(row)}`;
    const open = latest.get(thread);
    const before = open?.at(-1);
    if (open !== undefined && before !== undefined && continues(before, row)) {
      open.push(row);
    } else {
      const viewing: [R, ...R[]] = [row];
      viewings.push(viewing);
      latest.set(thread, viewing);
    }
  }
  return viewings.map((joined) => ({ rows: joined }));
};

/** What a viewing's rows say together. */
export interface ViewingFacts {
  readonly startedAt: Instant;
  readonly resumedAt: Instant;
  readonly stoppedAt: Instant;
  readonly progress: number;
  readonly watched: boolean;
  readonly playing: boolean;
}

const latestOf = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => (toMs(b) > toMs(a) ? b : a));

/** First start, last stop, greatest progress; watched if any row was. `now` is when a running row was read. */
export const factsOf = (viewing: Viewing<PlayedRow>, now: Instant): ViewingFacts => {
  const { rows } = viewing;
  const playing = rows.some(isRunning);
  return {
    startedAt: rows[0].startedAt,
    resumedAt: latestOf(rows.map((row) => row.startedAt)),
    stoppedAt: playing ? now : latestOf(rows.map((row) => row.stoppedAt)),
    progress: Math.max(...rows.map((row) => row.progress)),
    watched: rows.some((row) => row.watched),
    playing,
  };
};
