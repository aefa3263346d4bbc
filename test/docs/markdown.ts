import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The documents for people, by their paths from the root. */
export const documents: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What stands under a heading, up to the next one of its level or above. */
export const section = (text: string, heading: string): string => {
  const [mark = ''] = heading.split(' ');
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`no heading "${heading}"`);
  const after = text.slice(start + heading.length + 2);
  const end = new RegExp(`^#{1,${mark.length}} `, 'm').exec(after)?.index;
  return after.slice(0, end);
};

/** Cells of the rows of all tables in a text, heads left out; code marks and escapes are taken off. */
export const tableRows = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\| *-.*\n((?:\|.*\n?)*)/gm)].flatMap(([, rows = '']) =>
    rows
      .trim()
      .split('\n')
      .map((row) =>
        row
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.replaceAll('`', '').replaceAll('\\', '').trim()),
      ),
  );

export const firstCells = (text: string): readonly string[] => tableRows(text).map(([cell = '']) => cell);

/** The JSON below `<!-- example: name -->`. */
export const example = (text: string, name: string): unknown => {
  const found = new RegExp(`<!-- example: ${name} -->\\s+\`\`\`json\\n([^]*?)\`\`\``).exec(text)?.[1];
  if (found === undefined) throw new Error(`no example "${name}"`);
  return JSON.parse(found);
};

/** The anchors of a document's headings, as GitHub makes them. */
export const anchors = (text: string): readonly string[] =>
  [...text.replace(/```[^]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
