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
  /** Names that Sonarr gives the download client that is ours to order (`ownNames`); all may be when there are none. */
  readonly ownNames?: readonly string[];
}

const normal = (name: string): string => name.trim().toLowerCase();

/** Whether a job is known to be in another download client than ours. */
export const isElsewhere = (client: string | null, ownNames: readonly string[] = []): boolean =>
  client !== null && ownNames.length > 0 && !ownNames.some((name) => normal(name) === normal(client));
