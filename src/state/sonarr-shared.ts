import { Mutex } from 'async-mutex';
import { z } from 'zod';
import { DAY, HOUR } from '../core/time.js';
import { type OpenByUrl, UrlMemory } from './by-url.js';
import type { GrabIntent } from './entries.js';
import { urlKey } from './many-stores.js';
import type { Memory } from './memory.js';
import { within } from './options.js';
import { instant } from './schemas.js';
import { SeasonAnswers } from './season-answers.js';
import type { Clock, Store } from './types.js';

const INTENT: z.ZodType<GrabIntent> = z.object({
  episodeId: z.number(),
  episodeIds: z.array(z.number()),
  seriesId: z.number(),
  guid: z.string(),
  indexerId: z.number(),
  title: z.string(),
  at: instant,
  lostAt: instant.exactOptional(),
});

/** When something was last done with an episode, for as long as a plan made before that may still come. */
export class LatelySearched {
  readonly #at = new Map<number, number>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  get(episodeId: number): number | undefined {
    this.#prune();
    return this.#at.get(episodeId);
  }

  add(episodeId: number): void {
    this.#prune();
    this.#at.set(episodeId, this.#now());
  }

  /** A clock that was set back must not keep anything for longer. */
  #prune(): void {
    const now = this.#now();
    for (const [id, at] of this.#at) if (Math.abs(now - at) > HOUR) this.#at.delete(id);
  }
}

/** What all nodes and flows of this process share about the Sonarr at one URL. */
export class SonarrShared {
  readonly url: string;
  /** Searching and grabbing hold it: one run at a time, whichever flow it belongs to. */
  readonly lock = new Mutex();
  /** Grabs that were sent and have not been seen to end; keyed by episode id. */
  readonly intents: Memory<GrabIntent>;
  readonly seasons: SeasonAnswers;
  /** Searches that have been answered, by episode id. */
  readonly searched: LatelySearched;
  readonly #intents: UrlMemory<GrabIntent>;

  constructor({ url, stores, log, now }: OpenByUrl) {
    this.url = url;
    this.seasons = new SeasonAnswers(now);
    this.searched = new LatelySearched(now);
    this.#intents = new UrlMemory(
      {
        key: urlKey('plexJit.sonarr.intents', url),
        version: 1,
        schema: INTENT,
        keyOf: (intent) => String(intent.episodeId),
        keep: within(7 * DAY),
        limit: 500,
        log,
        now,
      },
      stores,
    );
    this.intents = this.#intents.memory;
  }

  /** Reads the intents once; rejects when a store fails. */
  load(): Promise<void> {
    return this.intents.load();
  }

  join(store: Store): Promise<void> {
    return this.#intents.join(store);
  }

  leave(store: Store): void {
    this.#intents.leave(store);
  }
}

/** What is shared about the Sonarr at `url`; open it once per process and URL. */
export const openSonarrShared = (options: OpenByUrl): SonarrShared => new SonarrShared(options);
