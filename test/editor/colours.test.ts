import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesInstalled } from '../e2e/lines.js';
import { ROOT, nodes, read } from '../locales/catalogues.js';

const below = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|html)$/.test(file))
    .map((file) => `${folder}/${file}`);

/** All that the editor is given of ours: forms, help, the sidebar, what their scripts write into the page. */
const shipped = [
  ...nodes.flatMap(({ folder }) => below(folder).filter((file) => file.endsWith('.html'))),
  ...below('plugins').filter((file) => file.endsWith('.html')),
  ...below('src/editor'),
].map((file) => ({ file, text: read(file) }));

/** Of the palette, where Node-RED wants a literal one: one for each service, one for the planner. */
const PALETTE = ['#8DB9CA', '#B3A9C9', '#D9B26F', '#DCCB85'];

const NAMES = [
  'aqua|beige|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gray|green|grey|indigo|ivory|khaki|lavender|lime|magenta',
  'maroon|navy|olive|orange|orchid|pink|plum|purple|red|salmon|sienna|silver|tan|teal|tomato|turquoise|violet|wheat',
  '(?:light|dark|medium|deep|pale)[a-z]*(?:blue|cyan|gr[ae]y|green|orange|pink|red|yellow)|white(?:smoke)?|yellow',
].join('|');

/** `color: #fff`, `rgb(0 0 0)`, `border: 1px solid red`, `style.color = 'red'`. */
const LITERALS = [
  /(?<![&\w/.])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?![-(])/gi,
  /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\((?!\s*\))/gi,
  new RegExp(
    `(?:color|background|border|outline|shadow|fill|stroke)[\\w-]*['"]?\\s*[:=,][^;\\n]*?[\\s:'"](?:${NAMES})\\b(?!-)`,
    'gi',
  ),
];

/** What of a text is a colour of its own. */
const coloursIn = (text: string): readonly string[] =>
  LITERALS.flatMap((literal) => [...text.matchAll(literal)].map(([found]) => found.trim())).filter(
    (found) => !PALETTE.includes(found),
  );

it.each([
  'a { color: #fff; }',
  'a { border: 1px solid red; }',
  'a { background: rgba(0, 0, 0, .5) }',
  "element.style.color = 'darkgrey';",
  'a { outline-color: white }',
  'fill="black"',
  'color: #AD1625',
])('a colour of its own is found in %j', (text) => {
  expect(coloursIn(text)).not.toEqual([]);
});

it.each([
  'a { color: var(--red-ui-text-color-error); }',
  "$('#node-input-server')",
  'a { border-left-color: var(--red-ui-node-status-colors-green); }',
  "color: '#8DB9CA',",
])('none is found in %j', (text) => {
  expect(coloursIn(text)).toEqual([]);
});

describe('what is shipped for the editor', () => {
  it("has no colours but the theme's, and those of the palette", () => {
    expect(shipped.length).toBeGreaterThan(80);
    expect(shipped.flatMap(({ file, text }) => coloursIn(text).map((colour) => `${file}: ${colour}`))).toEqual([]);
  });

  it('has a literal one in each node of the palette, and nowhere else', () => {
    const literal = shipped.filter(({ text }) => PALETTE.some((colour) => text.includes(colour)));
    expect(literal).toHaveLength(6);
    for (const { text } of literal) expect(text).toMatch(/\n {4}color: '#[0-9A-F]{6}',\n/);
  });
});

const used = [...new Set(shipped.flatMap(({ text }) => text.match(/--red-ui-[\w-]+/g) ?? []))].sort();

describe.each([
  { line: '4.1', modules: 'node_modules', skip: false },
  { line: '5.0', modules: 'test/lines/node_modules', skip: !linesInstalled },
])('the theme of Node-RED $line', ({ modules, skip }) => {
  it.skipIf(skip)('has every colour that is used', () => {
    const file = join(ROOT, modules, '@node-red/editor-client/public/red/style.min.css');
    expect(existsSync(file)).toBe(true);
    const known = new Set([...readFileSync(file, 'utf8').matchAll(/(--red-ui-[\w-]+)\s*:/g)].map(([, name]) => name));
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });
});
