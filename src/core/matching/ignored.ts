import type { Choice } from '../contracts/index.js';
import { idOf, nameOf } from '../picks.js';
import { cleanTitles, splitYear } from './clean-title.js';

/** What of a show an ignore list looks at. */
export interface NamedShow {
  readonly title: string;
  readonly year: number | null;
  readonly ids: { readonly tvdb: number | null };
  /** Id of the series at this Sonarr, once it is found there. */
  readonly sonarrId?: number;
}

type Fits = (show: NamedShow, clean: readonly string[]) => boolean;

/** `tvdb:4711`, `sonarr:12`; null for a text that is no id. */
function readId(text: string): Fits | null {
  const [, kind, digits] = /^\s*(tvdb|sonarr):\s*(\d+)\s*$/i.exec(text) ?? [];
  if (kind === undefined) return null;
  const id = Number(digits);
  return kind.toLowerCase() === 'tvdb' ? (show) => show.ids.tvdb === id : (show) => show.sonarrId === id;
}

function readTitle(text: string): Fits {
  const { title, year } = splitYear(text.trim());
  const titles = cleanTitles(title).filter((clean) => clean !== '');
  return (show, clean) => {
    const itsYear = splitYear(show.title).year ?? show.year;
    const sameYear = year === null || itsYear === null || Math.abs(year - itsYear) <= 1;
    return sameYear && titles.some((one) => clean.includes(one));
  };
}

/** A picked show is known by its id alone, also when the id is of a kind that is not known here. */
const fitsOf = (choice: Choice): Fits => {
  const id = idOf(choice);
  return id === '' ? (readId(nameOf(choice)) ?? readTitle(nameOf(choice))) : (readId(id) ?? (() => false));
};

/**
 * A list of shows to ignore, read once: picked series, titles (compared as Sonarr cleans them; a year in brackets
 * counts when the show's year is known), `tvdb:123` or `sonarr:12`. Answers the name of the entry that a show fits, or null.
 */
export function ignoreList(entries: readonly Choice[]): (show: NamedShow) => string | null {
  const list = entries.map((choice) => ({ name: nameOf(choice), fits: fitsOf(choice) }));
  return (show) => {
    if (list.length === 0) return null;
    const clean = cleanTitles(splitYear(show.title).title);
    return list.find((entry) => entry.fits(show, clean))?.name ?? null;
  };
}
