import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** Text of a file of the repository. */
export const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

/** Texts of a catalogue by their whole keys. */
export type Texts = ReadonlyMap<string, string>;

/** One folder with its html and its locales: a node, or the plugin. */
export interface Place {
  /** `nodes/sonarr` */
  readonly folder: string;
  /** `sonarr`: html, catalogues and help are named after it. */
  readonly name: string;
  /** As Node-RED calls them; `en-US` is the one that others are held to. */
  readonly languages: readonly string[];
}

export const places: readonly Place[] = ['nodes', 'plugins'].flatMap((parent) =>
  readdirSync(join(ROOT, parent)).flatMap((name): Place[] => {
    const locales = join(ROOT, parent, name, 'locales');
    return existsSync(locales) ? [{ folder: `${parent}/${name}`, name, languages: readdirSync(locales).sort() }] : [];
  }),
);

export const nodes = places.filter(({ folder }) => folder.startsWith('nodes/'));
export const shared = { folder: 'plugins/up-next', name: 'up-next' };

const flat = (texts: object, prefix = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'object' && value !== null
      ? flat(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, typeof value === 'string' ? value : '']],
  );

export const textsOf = ({ folder, name }: Pick<Place, 'folder' | 'name'>, language: string): Texts =>
  new Map(flat(JSON.parse(read(folder, 'locales', language, `${name}.json`)) as object));

/** `__name__` in a text, in the order of the alphabet. */
export const placeholders = (text: string): readonly string[] => [...text.matchAll(/__(\w+?)__/g)].map(String).sort();

/** What is not only another wording of it: tags with what they link to and look like, and code. */
export const structure = (html: string): readonly string[] =>
  [...html.matchAll(/<(?!\/?(?:b|i|em|strong)\b)[^>]*>|<code>[^<]*<\/code>/g)].map(([tag]) => tag.replace(/\s+/g, ' '));
