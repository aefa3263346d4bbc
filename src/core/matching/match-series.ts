import type { PlayedShow, Series, UnmatchedCode } from '../contracts/index.js';
import { splitYear } from './clean-title.js';
import type { IdKey, SeriesIndex, TitleEntry } from './series-index.js';

export type SeriesMatchedBy = IdKey | 'title' | 'alternate-title';

export interface MatchedSeries {
  readonly series: Series;
  readonly by: SeriesMatchedBy;
}

export interface UnmatchedSeries {
  readonly code: Extract<UnmatchedCode, 'series-not-in-sonarr' | 'ambiguous-title'>;
  readonly text: string;
  /** Titles that fit equally well, each with its year. */
  readonly candidates: readonly string[];
}

const differs = <T>(a: T | null, b: T | null): boolean => a !== null && b !== null && a !== b;
const yearsApart = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.abs(a - b);

/** `Echo Bay (2011)`, without repeating a year that the title has. */
const named = ({ title, year }: { title: string; year: number | null }): string =>
  year === null || splitYear(title).year !== null ? title : `${title} (${year})`;

/** Why a series of the same title cannot be this show; null when nothing speaks against it. */
function conflict(show: PlayedShow, year: number | null, { series, year: itsYear }: TitleEntry): string | null {
  if (differs(show.ids.tvdb, series.tvdbId)) return `tvdb id ${series.tvdbId} where Plex says ${show.ids.tvdb}`;
  if (differs(show.ids.imdb, series.imdbId)) return `imdb id ${series.imdbId} where Plex says ${show.ids.imdb}`;
  if (differs(show.ids.tmdb, series.tmdbId)) return `tmdb id ${series.tmdbId} where Plex says ${show.ids.tmdb}`;
  return (yearsApart(year, itsYear) ?? 0) > 1 ? `year ${itsYear} where Plex says ${year}` : null;
}

/** By the strongest id that Sonarr knows; a weaker one never against a stronger one that differs. */
function byIds(show: PlayedShow, index: SeriesIndex): MatchedSeries | null {
  const { tvdb, imdb, tmdb } = show.ids;
  const tries: [IdKey, readonly Series[]][] = [
    ['tvdb', index.byId('tvdb', tvdb)],
    ['imdb', index.byId('imdb', imdb).filter((s) => !differs(tvdb, s.tvdbId))],
    ['tmdb', index.byId('tmdb', tmdb).filter((s) => !differs(tvdb, s.tvdbId) && !differs(imdb, s.imdbId))],
  ];
  for (const [by, [series, ...others]] of tries) if (series && others.length === 0) return { series, by };
  return null;
}

const ambiguous = (show: PlayedShow, fitting: readonly TitleEntry[]): UnmatchedSeries => {
  const candidates = fitting.map(({ series }) => named(series));
  const text = `"${show.title}" matches ${fitting.length} series in Sonarr: ${candidates.join(', ')}. Match the show in Plex so that it has ids or a year.`;
  return { code: 'ambiguous-title', text, candidates };
};

/** The only entry of that title, the only one of that title and year, or all that fit equally well. */
function narrowed(fitting: readonly TitleEntry[], year: number | null): readonly TitleEntry[] {
  const sameYear = fitting.filter((entry) => (yearsApart(year, entry.year) ?? 2) <= 1);
  return sameYear.length > 0 ? sameYear : fitting;
}

function notInSonarr(show: PlayedShow, year: number | null, rejected: readonly TitleEntry[]): UnmatchedSeries {
  const known = Object.entries(show.ids).flatMap(([key, id]) => (id === null ? [] : [`${key} ${id}`]));
  const tried = [...known, 'its title', 'alternate titles'].join(', ');
  const near = rejected.map((entry) => `"${named(entry.series)}" has ${conflict(show, year, entry)}`);
  const others = near.length > 0 ? `; ${near.join('; ')}` : '';
  const text = `Sonarr has no series for "${named({ title: show.title, year })}" (tried ${tried}${others}).`;
  return { code: 'series-not-in-sonarr', text, candidates: [] };
}

/**
 * The one series of Sonarr that a played show is: by tvdb, imdb or tmdb id, then by cleaned title and year (±1),
 * cleaned title, alternate title; a title only when it is unique and no known id and no known year speaks against it.
 */
export function matchSeries(show: PlayedShow, index: SeriesIndex): MatchedSeries | UnmatchedSeries {
  const found = byIds(show, index);
  if (found) return found;
  // Without metadata the year would be the episode's.
  const year = splitYear(show.title).year ?? (show.metadata ? show.year : null);
  const rejected: TitleEntry[] = [];
  for (const by of ['title', 'alternate-title'] as const) {
    const entries = by === 'title' ? index.byTitle(show.title) : index.byAlternateTitle(show.title);
    const fitting = narrowed(
      entries.filter((entry) => conflict(show, year, entry) === null),
      year,
    );
    const [only, ...others] = fitting;
    if (only && others.length === 0) return { series: only.series, by };
    if (only) return ambiguous(show, fitting);
    rejected.push(...entries);
  }
  return notInSonarr(show, year, rejected);
}
