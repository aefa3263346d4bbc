import { Mutex } from 'async-mutex';
import { z } from 'zod';
import { DAY } from '../core/time.js';
import { type OpenByUrl, UrlMemory } from './by-url.js';
import type { WantedJob } from './entries.js';
import { urlKey } from './many-stores.js';
import type { Memory } from './memory.js';
import { within } from './options.js';
import { instant } from './schemas.js';
import type { Store } from './types.js';

const WANTED: z.ZodType<WantedJob> = z.object({
  downloadId: z.string(),
  neededBy: instant,
  playedAt: instant,
  label: z.string(),
  season: z.number(),
  episode: z.number(),
  sonarr: z.string(),
  previousPriority: z.string().nullable(),
  at: instant,
  owner: z.string().exactOptional(),
});

/** Jobs of other clients that are remembered. */
const ELSEWHERE = 1000;

/** One entry per job and who named it: two flows may want the same job at different times. */
export const wantedKey = (job: Pick<WantedJob, 'downloadId' | 'owner'>): string =>
  `${job.owner ?? ''} ${job.downloadId}`;

/** What all nodes and flows of this process share about the SABnzbd at one URL. */
export class SabnzbdState {
  readonly url: string;
  /** Held while the queue is read and changed. */
  readonly lock = new Mutex();
  /** The wanted order over all plans; those that left the queue are removed by the step that reads it. */
  readonly wanted: Memory<WantedJob>;
  readonly #elsewhere = new Set<string>();
  /** Counts the changes made to the queue, so that a run knows when another one has been at it. */
  changes = 0;
  /** Its version has been looked at (and a sentence said when it is too old). */
  versionChecked = false;
  readonly #wanted: UrlMemory<WantedJob>;

  constructor({ url, stores, log, now }: OpenByUrl) {
    this.url = url;
    this.#wanted = new UrlMemory(
      {
        key: urlKey('plexJit.sabnzbd.wanted', url),
        version: 1,
        schema: WANTED,
        keyOf: wantedKey,
        keep: within(14 * DAY),
        limit: 1000,
        log,
        now,
      },
      stores,
    );
    this.wanted = this.#wanted.memory;
  }

  /** Reads the wanted order once; rejects when a store fails. */
  load(): Promise<void> {
    return this.wanted.load();
  }

  /** Jobs that were found to be in another client; only in this process. */
  get elsewhere(): ReadonlySet<string> {
    return this.#elsewhere;
  }

  markElsewhere(downloadId: string): void {
    this.#elsewhere.add(downloadId);
    for (const id of this.#elsewhere) {
      if (this.#elsewhere.size <= ELSEWHERE) break;
      this.#elsewhere.delete(id);
    }
  }

  join(store: Store): Promise<void> {
    return this.#wanted.join(store);
  }

  leave(store: Store): void {
    this.#wanted.leave(store);
  }
}

/** What is shared about the SABnzbd at `url`; open it once per process and URL. */
export const openSabnzbdState = (options: OpenByUrl): SabnzbdState => new SabnzbdState(options);
