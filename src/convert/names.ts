import type { Member } from './json/types.js';
import type { Fate } from './types.js';

export type Section = ReadonlyMap<string, Member>;

/**
 * A section under the names that jitplex has. One that is written in another case is taken as that option if no other
 * member can be meant, and told.
 * @param prefix of the option in the report: `sonarr.`
 */
export const inAnyCase = (
  section: Section,
  known: readonly string[],
  prefix = '',
): { readonly section: Section; readonly renamed: readonly Fate[] } => {
  const written = [...section.keys()].map((name) => name.toLowerCase());
  const meant = (name: string): string => {
    const lower = name.toLowerCase();
    return known.includes(lower) && written.filter((other) => other === lower).length === 1 ? lower : name;
  };
  return {
    section: new Map([...section].map(([name, member]) => [meant(name), member])),
    renamed: [...section].flatMap(([name, { at }]): readonly Fate[] =>
      meant(name) === name
        ? []
        : [{ option: prefix + name, at, became: `is taken as ${prefix}${meant(name)}`, attention: true }],
    ),
  };
};

const MASKED = /^(?=.*\d)[\w-]{20,}$/;

/** Options are listed by name; what looks like a key in the place of a name is not. */
const shownName = (name: string): string =>
  MASKED.test(name) || name.length > 60 || /[^\x20-\x7e]/.test(name) ? `(a name of ${name.length} characters)` : name;

const alike = (name: string, known: readonly string[]): string | undefined => {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return known.find((other) => plain(other) === plain(name));
};

/** What becomes of the names in a section that jitplex does not know, with a guess at what is meant. */
export const unknownOptions = (section: Section, known: readonly string[], prefix: string): readonly Fate[] =>
  [...section]
    .filter(([name]) => !known.includes(name))
    .map(([name, { at }]) => {
      const meant = alike(name, known);
      const guess = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      return {
        option: `${prefix}${shownName(name)}`,
        at,
        became: `is not a jitplex option${guess}: left out`,
        attention: true,
      };
    });
