import type { Episode } from '../core/contracts/index.js';
import { DAY } from '../core/time.js';
import type { Clock } from './types.js';

/** What a fresh read changes in an episode of a list. */
export type HourlyFacts = Pick<
  Episode,
  'id' | 'seriesId' | 'hasFile' | 'fileId' | 'monitored' | 'airDate' | 'airDateUtc'
>;

export interface EpisodeList {
  /** Sorted by season and number. */
  readonly episodes: readonly Episode[];
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

const isAlike = (episode: Episode, { hasFile, fileId, monitored, airDate, airDateUtc }: HourlyFacts): boolean =>
  episode.hasFile === hasFile &&
  episode.fileId === fileId &&
  episode.monitored === monitored &&
  episode.airDate === airDate &&
  episode.airDateUtc === airDateUtc;

/** Lists that nobody asked for in that time are forgotten. */
const UNUSED = DAY;

/** Episode lists of Sonarr's series, in this process only: they are many, and quick to read again. */
export class EpisodeLists {
  readonly #lists = new Map<number, EpisodeList & { readonly usedAt: number }>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  get(seriesId: number): EpisodeList | undefined {
    const list = this.#lists.get(seriesId);
    if (list !== undefined) this.#lists.set(seriesId, { ...list, usedAt: this.#now() });
    return list;
  }

  put(seriesId: number, episodes: readonly Episode[]): void {
    this.#lists.set(seriesId, { episodes, readAt: this.#now(), usedAt: this.#now() });
  }

  /** Writes what was read afresh into the list; its age stays. */
  refresh(seriesId: number, fresh: ReadonlyMap<number, HourlyFacts>): void {
    const list = this.#lists.get(seriesId);
    if (list === undefined) return;
    let changed = false;
    const episodes = list.episodes.map((episode) => {
      const facts = fresh.get(episode.id);
      if (facts === undefined || isAlike(episode, facts)) return episode;
      changed = true;
      const { hasFile, fileId, monitored, airDate, airDateUtc } = facts;
      return { ...episode, hasFile, fileId, monitored, airDate, airDateUtc };
    });
    if (changed) this.#lists.set(seriesId, { ...list, episodes });
  }

  /** Forgets series that Sonarr no longer has. */
  keepOnly(has: (seriesId: number) => boolean): void {
    for (const seriesId of this.#lists.keys()) if (!has(seriesId)) this.#lists.delete(seriesId);
  }

  prune(): void {
    for (const [seriesId, { usedAt }] of this.#lists)
      if (Math.abs(this.#now() - usedAt) > UNUSED) this.#lists.delete(seriesId);
  }

  /** Of the diagnostics, which count every memory that has a size. */
  get size(): number {
    return this.#lists.size;
  }
}
