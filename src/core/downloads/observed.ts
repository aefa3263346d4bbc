import type { GrabRecord, QueueRow } from '../contracts/index.js';
import { HOUR } from '../time.js';

/** How long a grab may leave no trace before SABnzbd is asked about it. */
export const TRACELESS = HOUR;

export interface Observed {
  /** All rows of Sonarr's queue, held-back and unmapped ones included. */
  readonly queue: readonly QueueRow[];
  /** Grabs of the last days, and their ends. */
  readonly history: readonly GrabRecord[];
  /** Milliseconds since 1970. */
  readonly now: number;
}
