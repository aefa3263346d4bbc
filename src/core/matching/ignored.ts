import { cleanTitles, splitYear } from './clean-title.js';

/** What of a show an ignore list looks at. */
export interface NamedShow {
  readonly title: string;
  readonly year: number | null;
  readonly ids: { readonly tvdb: number | null };
}

interface ListEntry {
  readonly text: string;
  readonly fits: (show: NamedShow, clean: readonly string[]) => boolean;
}

function readEntry(text: string): ListEntry {
  const tvdb = /^\s*tvdb:\s*(\d+)\s*$/i.exec(text);
  if (tvdb) return { text, fits: (show) => show.ids.tvdb === Number(tvdb[1]) };
  const { title, year } = splitYear(text.trim());
  const titles = cleanTitles(title).filter((clean) => clean !== '');
  return {
    text,
    fits: (show, clean) => {
      const itsYear = splitYear(show.title).year ?? show.year;
      const sameYear = year === null || itsYear === null || Math.abs(year - itsYear) <= 1;
      return sameYear && titles.some((one) => clean.includes(one));
    },
  };
}

/**
 * A list of shows to ignore, read once: titles (compared as Sonarr cleans them; a year in brackets counts when the
 * show's year is known) or `tvdb:123`. Answers the entry that a show fits, or null.
 */
export function ignoreList(entries: readonly string[]): (show: NamedShow) => string | null {
  const list = entries.map(readEntry);
  return (show) => {
    if (list.length === 0) return null;
    const clean = cleanTitles(splitYear(show.title).title);
    return list.find((entry) => entry.fits(show, clean))?.text ?? null;
  };
}

export const isIgnored = (show: NamedShow, ignoreShows: readonly string[]): boolean =>
  ignoreList(ignoreShows)(show) !== null;
