import { randomInt } from 'node:crypto';
import type { NewJob } from '../world/types.js';

/** The numbers of `name=priority`; -100 and -2 are stored as they are and resolved by nobody (shown as the number 0). */
export const PRIORITY = {
  Repair: 3,
  Force: 2,
  High: 1,
  Normal: 0,
  Low: -1,
  Paused: -2,
  Stop: -4,
  Default: -100,
} as const;

/** SABnzbd's own status, which is not always the one it shows. */
export type JobStatus = 'Queued' | 'Downloading' | 'Paused' | 'Propagating' | 'Checking' | 'Fetching' | 'Grabbing';

/** A job of the queue. */
export interface SabJob {
  readonly id: string;
  name: string;
  category: string;
  priority: number;
  status: JobStatus;
  /** Bytes. */
  readonly size: number;
  /** Bytes that have come. */
  done: number;
  readonly failsDownload: boolean;
  /** Milliseconds since 1970. */
  readonly added: number;
  /** When its first byte came. */
  began: number | null;
  /** The only Force job of a paused queue was paused: nothing runs until something else happens (seen on 5.0.1). */
  halted: boolean;
}

export interface FinishedJob {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly size: number;
  readonly priority: number;
  readonly completed: number;
  readonly added: number;
  /** Seconds. */
  readonly downloadTime: number;
  readonly status: 'Completed' | 'Failed';
  readonly failMessage: string;
}

/** A job as a test or the world puts it into the queue. */
export interface SeedJob extends NewJob {
  readonly id?: string;
  /** Bytes that have come already. */
  readonly done?: number;
  readonly paused?: boolean;
  readonly status?: JobStatus;
  readonly added?: number;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789_';

/** `SABnzbd_nzo_` and eight of `[a-z0-9_]`. */
export const newId = (): string =>
  `SABnzbd_nzo_${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;

/** What adding makes of a job: Default is the category's (Normal), Paused a paused Normal one, unknown numbers Normal. */
export const createJob = (seed: SeedJob, now: number): SabJob => ({
  id: seed.id ?? newId(),
  name: seed.name,
  category: seed.category === '' ? '*' : seed.category,
  priority: KNOWN.has(seed.priority) ? seed.priority : PRIORITY.Normal,
  status: seed.status ?? (seed.paused === true || seed.priority === PRIORITY.Paused ? 'Paused' : 'Queued'),
  size: seed.size,
  done: seed.done ?? 0,
  failsDownload: seed.failsDownload ?? false,
  added: seed.added ?? now,
  began: null,
  halted: false,
});

const KNOWN: ReadonlySet<number> = new Set([PRIORITY.Repair, PRIORITY.Force, PRIORITY.High, PRIORITY.Low]);
