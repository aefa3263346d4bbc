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
  /** What the download client that is ours to order is called in Sonarr; all may be when it is empty or left out. */
  readonly downloadClient?: string;
}

const normal = (name: string): string => name.trim().toLowerCase();

/** Whether a job is known to be in another download client than ours. */
export const isElsewhere = (client: string | null, ours = ''): boolean =>
  client !== null && normal(ours) !== '' && normal(client) !== normal(ours);
