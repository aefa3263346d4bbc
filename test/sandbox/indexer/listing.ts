import type { WorldRelease } from '../world/format.js';
import type { LibraryEpisode, LibrarySeries } from '../world/library.js';
import { digest } from '../world/names.js';

/** One release as the indexer lists it, with what Sonarr will make of its title. */
export interface Listing {
  readonly guid: string;
  readonly title: string;
  readonly group: string;
  /** Bytes. */
  readonly size: number;
  readonly protocol: 'usenet' | 'torrent';
  /** Milliseconds since 1970. */
  readonly published: number;
  readonly language: 'English' | 'German' | 'Japanese' | 'Unknown';
  readonly pack: boolean;
  /** What of the title Sonarr knows: series and episodes, only the series, or neither. */
  readonly recognised: 'all' | 'series' | 'nothing';
  readonly series: LibrarySeries;
  /** Season and numbers as the title has them; daily and absolute titles have none. */
  readonly titleSeason: number;
  readonly titleNumbers: readonly number[];
  readonly titleAbsolute: readonly number[];
  readonly titleDate: string | null;
  readonly episodes: readonly LibraryEpisode[];
  /** The world's own words about it. */
  readonly spec: WorldRelease;
}

interface ListingParts {
  readonly series: LibrarySeries;
  readonly episodes: readonly LibraryEpisode[];
  readonly title: string;
  readonly size: number;
  readonly published: number;
}

export const INDEXER_URL = 'http://indexer.invalid';

/** The plain case: a title with season and numbers, recognised. */
export const listing = (parts: ListingParts, more: Partial<Listing> = {}): Listing => {
  const { title, series, episodes } = parts;
  return {
    ...parts,
    guid: `${INDEXER_URL}/details/${digest(`${series.key}|${series.tvdbId}|${title}|${episodes.map((e) => e.id).join()}`)}`,
    group: /[-[](\w+)\]?$/.exec(title)?.[1] ?? 'SBX',
    protocol: 'usenet',
    language: languageOf(title, series),
    pack: false,
    recognised: 'all',
    titleSeason: episodes[0]?.season ?? 0,
    titleNumbers: episodes.map((e) => e.number),
    titleAbsolute: [],
    titleDate: null,
    spec: {},
    ...more,
  };
};

const languageOf = (title: string, { type }: LibrarySeries): Listing['language'] => {
  if (title.includes('GERMAN')) return 'German';
  return type === 'anime' ? 'Japanese' : 'English';
};
