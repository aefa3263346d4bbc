import type { PlayedShow, Series } from '../contracts/index.js';
import { cleanTitles, splitYear } from './clean-title.js';

/** A series under one of its titles; `year` is the one in the title's brackets, else the series' own. */
export interface TitleEntry {
  readonly series: Series;
  readonly year: number | null;
}

const ID_KEYS = ['tvdb', 'imdb', 'tmdb'] as const;
export type IdKey = (typeof ID_KEYS)[number];

const idsOf = (series: Series): Record<IdKey, string | number | null> => ({
  tvdb: series.tvdbId,
  imdb: series.imdbId,
  tmdb: series.tmdbId,
});

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Titles cleaned at a time: well under 10 ms on a slow machine. */
const SLICE = 100;

/**
 * Sonarr's series by id and by title. Ids are indexed at once; titles (slow to clean) only when first needed:
 * run `indexTitles` in slices between other work where `needsTitles` says so, else they are cleaned in one go.
 */
export class SeriesIndex {
  readonly #byId = new Map<string, Series[]>();
  readonly #byTitle = new Map<string, TitleEntry[]>();
  readonly #byAlternate = new Map<string, TitleEntry[]>();
  #titled = 0;

  constructor(readonly series: readonly Series[]) {
    for (const one of series) {
      const ids = idsOf(one);
      for (const key of ID_KEYS) if (ids[key] !== null) put(this.#byId, `${key}:${ids[key]}`, one);
    }
  }

  byId(key: IdKey, id: string | number | null): readonly Series[] {
    return id === null ? [] : (this.#byId.get(`${key}:${id}`) ?? []);
  }

  /** Whether a show can only be found by its title. */
  needsTitles(show: PlayedShow): boolean {
    return ID_KEYS.every((key) => this.byId(key, show.ids[key]).length === 0);
  }

  byTitle(title: string): readonly TitleEntry[] {
    return this.#named(this.#byTitle, title);
  }

  /** Only alternate titles that stand for the whole series. */
  byAlternateTitle(title: string): readonly TitleEntry[] {
    return this.#named(this.#byAlternate, title);
  }

  /** Cleans the titles, a slice at each step; yields how many series are still to come. */
  *indexTitles(slice = SLICE): Generator<number, void> {
    while (this.#titled < this.series.length) {
      const end = this.#titled + slice;
      for (const series of this.series.slice(this.#titled, end)) this.#addTitles(series);
      this.#titled = Math.min(end, this.series.length);
      yield this.series.length - this.#titled;
    }
  }

  #named(map: Map<string, TitleEntry[]>, title: string): readonly TitleEntry[] {
    this.indexTitles(this.series.length).next();
    const found = new Map<number, TitleEntry>();
    for (const clean of cleanTitles(splitYear(title).title)) {
      if (clean.trim() === '') continue;
      for (const entry of map.get(clean) ?? []) found.set(entry.series.id, entry);
    }
    return [...found.values()];
  }

  #addTitles(series: Series): void {
    this.#addTitle(this.#byTitle, series.title, series);
    for (const { title, season } of series.alternateTitles) {
      if (season === null) this.#addTitle(this.#byAlternate, title, series);
    }
  }

  #addTitle(map: Map<string, TitleEntry[]>, full: string, series: Series): void {
    const { title, year } = splitYear(full);
    for (const clean of cleanTitles(title)) put(map, clean, { series, year: year ?? series.year });
  }
}
