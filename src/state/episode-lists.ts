import type { Episode } from '../core/contracts/index.js';
import type { Clock } from './types.js';

/** What a fresh read changes in an episode of a list. */
export type HourlyFacts = Pick<Episode, 'id' | 'seriesId' | 'hasFile' | 'fileId' | 'monitored'>;

export interface EpisodeList {
  /** Sorted by season and number. */
  readonly episodes: readonly Episode[];
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

/** Lists kept at a time; the one that was asked for longest ago goes first. */
const LIMIT = 1000;

/** Episode lists of Sonarr's series, in this process only: they are many, and quick to read again. */
export class EpisodeLists {
  readonly #lists = new Map<number, EpisodeList>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  get(seriesId: number): EpisodeList | undefined {
    const list = this.#lists.get(seriesId);
    if (list !== undefined) this.#keep(seriesId, list);
    return list;
  }

  put(seriesId: number, episodes: readonly Episode[]): EpisodeList {
    const list = { episodes, readAt: this.#now() };
    this.#keep(seriesId, list);
    return list;
  }

  /** Writes what was read afresh into the list; its age stays. */
  refresh(seriesId: number, fresh: ReadonlyMap<number, HourlyFacts>): void {
    const list = this.#lists.get(seriesId);
    if (list === undefined) return;
    const episodes = list.episodes.map((episode) => {
      const facts = fresh.get(episode.id);
      if (facts === undefined) return episode;
      return { ...episode, hasFile: facts.hasFile, fileId: facts.fileId, monitored: facts.monitored };
    });
    this.#lists.set(seriesId, { ...list, episodes });
  }

  /** Forgets series that Sonarr no longer has. */
  keepOnly(has: (seriesId: number) => boolean): void {
    for (const seriesId of this.#lists.keys()) if (!has(seriesId)) this.#lists.delete(seriesId);
  }

  get size(): number {
    return this.#lists.size;
  }

  #keep(seriesId: number, list: EpisodeList): void {
    this.#lists.delete(seriesId);
    this.#lists.set(seriesId, list);
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= LIMIT) break;
      this.#lists.delete(oldest);
    }
  }
}
