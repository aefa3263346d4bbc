import { compareText } from '../compare.js';
import type { Instant } from '../contracts/index.js';
import { toMs } from '../time.js';

/** What the rules need to know of one row of a source's history; a row of a running session has no id. */
export interface PlayedRow {
  readonly id: number | null;
  readonly startedAt: Instant;
  readonly stoppedAt: Instant;
  readonly userId: string;
  readonly ratingKey: string | null;
  readonly showKey: string | null;
  readonly showTitle: string;
  readonly title: string;
  readonly season: number | null;
  readonly episode: number | null;
  readonly progress: number;
  readonly watched: boolean;
  readonly live: boolean;
  /** `playing`, `paused`, `buffering` for a running session, else null. */
  readonly state: string | null;
}

export const isRunning = (row: PlayedRow): boolean => row.state !== null;

/** Titles may be shared by two shows, so they stand in only where Plex gave no key. */
export const showOf = (row: PlayedRow): string => row.showKey ?? `title ${row.showTitle}`;

/** Numbers first: the rating key of an episode changes when its file is replaced and read anew. */
export const episodeOf = (row: PlayedRow): string => {
  if (row.season !== null && row.episode !== null) return `${row.season} ${row.episode}`;
  return row.ratingKey === null ? `title ${row.title}` : `key ${row.ratingKey}`;
};

/** Start, then stop, then id (a running row is the latest), then what else tells two rows apart: any input order gives the same. */
export const byTime = (a: PlayedRow, b: PlayedRow): number =>
  toMs(a.startedAt) - toMs(b.startedAt) ||
  toMs(a.stoppedAt) - toMs(b.stoppedAt) ||
  (a.id ?? Infinity) - (b.id ?? Infinity) ||
  compareText(`${a.userId} ${showOf(a)} ${episodeOf(a)}`, `${b.userId} ${showOf(b)} ${episodeOf(b)}`);
