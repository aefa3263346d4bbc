import type { Release } from '../core/contracts/index.js';
import { MINUTE } from '../core/time.js';
import type { Clock } from './types.js';

/** Sonarr forgets its releases after 30 min; a grab within our 25 still finds them. */
export const SEASON_ANSWER_KEPT = 25 * MINUTE;
const LIMIT = 50;

interface Answer {
  readonly at: number;
  readonly releases: readonly Release[];
}

/** What season searches listed, for the episodes of that season that are wanted later. Only in this process, as Sonarr's own cache. */
export class SeasonAnswers {
  readonly #answers = new Map<string, Answer>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  get(seriesId: number, season: number): readonly Release[] | undefined {
    this.#prune();
    return this.#answers.get(`${seriesId}:${season}`)?.releases;
  }

  /** An empty answer is not kept: indexers that fail look just so. */
  put(seriesId: number, season: number, releases: readonly Release[]): void {
    this.forget(seriesId, season);
    if (releases.length > 0) this.#answers.set(`${seriesId}:${season}`, { at: this.#now(), releases });
    this.#prune();
  }

  forget(seriesId: number, season: number): void {
    this.#answers.delete(`${seriesId}:${season}`);
  }

  #prune(): void {
    const now = this.#now();
    for (const [key, { at }] of this.#answers) {
      // A clock that jumped back must not keep an answer for longer.
      if (Math.abs(now - at) >= SEASON_ANSWER_KEPT || this.#answers.size > LIMIT) this.#answers.delete(key);
    }
  }
}
