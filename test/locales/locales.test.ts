import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withIncludes } from '../../scripts/includes.cjs';
import { ROOT, nodes, placeholders, places, read, shared, structure, textsOf } from './catalogues.js';
import { asKeys, literals, means, ownUses, sharedUses, shownLiterals, templates, type Use } from './editor-keys.js';

const others = places.flatMap((place) =>
  place.languages.filter((language) => language !== 'en-US').map((language) => ({ ...place, language })),
);

describe.each(others)('$folder in $language', ({ folder, name, language }) => {
  const english = textsOf({ folder, name }, 'en-US');
  const texts = textsOf({ folder, name }, language);

  it('has the keys of the English catalogue, and no other', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('fills in the same placeholders', () => {
    for (const [key, text] of english) expect(placeholders(texts.get(key) ?? ''), key).toEqual(placeholders(text));
  });

  it('has no empty text', () => {
    expect([...texts, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

it.each(others.filter(({ folder }) => folder.startsWith('nodes/')))(
  'the help of $name in $language has the structure, links and code of the English one',
  ({ folder, name, language }) => {
    const help = (of: string): readonly string[] => structure(read(folder, 'locales', of, `${name}.html`));
    expect(help(language)).toEqual(help('en-US'));
  },
);

it('every node and the plugin have English and German', () => {
  const lacking = places.filter(({ languages }) => !['de', 'en-US'].every((one) => languages.includes(one)));
  expect(lacking).toEqual([]);
  expect(places).toHaveLength(10);
});

it('every language that is spoken anywhere has every file of the English one', () => {
  const spoken = [...new Set(places.flatMap(({ languages }) => languages))];
  const missing = places.flatMap(({ folder, name }) =>
    spoken.flatMap((language) =>
      ['json', 'html']
        .filter((kind) => existsSync(join(ROOT, folder, 'locales', 'en-US', `${name}.${kind}`)))
        .map((kind) => join(folder, 'locales', language, `${name}.${kind}`))
        .filter((file) => !existsSync(join(ROOT, file))),
    ),
  );
  expect(missing).toEqual([]);
});

describe('the shared catalogue', () => {
  const texts = textsOf(shared, 'en-US');

  it('has every text that the editor code asks for', () => {
    const missing = sharedUses.filter(({ key }) => ![...texts.keys()].some((known) => means(key, known)));
    expect(missing).toEqual([]);
  });

  it.each(['en-US', 'de'])('names the field of the history node as its form does, in %s', (language) => {
    const label = textsOf({ folder: 'nodes/tautulli-history', name: 'tautulli-history' }, language).get(
      'label.daysToCheck',
    );
    const hint = textsOf(shared, language).get('upNext.empty.noViewersHint') ?? '';
    expect(/[“„]([^”“]+)[”“]/.exec(hint)?.[1]).toBe(label);
  });

  it('has no text that nobody asks for', () => {
    const inQuotes = new Set(literals.flatMap(asKeys));
    const used = (key: string): boolean => inQuotes.has(key) || sharedUses.some((use) => means(use.key, key));
    expect([...texts.keys()].filter((key) => !used(key))).toEqual([]);
  });
});

/** `data-i18n="label.url"`, `data-i18n="[title]tip.url;[placeholder]placeholder.url"` */
const inHtml = (html: string): readonly string[] =>
  [...html.matchAll(/data-i18n="([^"]*)"/g)].flatMap(([, keys = '']) =>
    keys.split(';').map((key) => key.replace(/^\[\w+\]/, '')),
  );

/** `this._('port.in')`, `this._('port.out' + (index + 1))` */
const inScript = (html: string): readonly string[] =>
  [...html.matchAll(/\._\('([^']*)'\s*(\+?)/g)].map(([, key = '', more]) => (more === '+' ? `${key}*` : key));

const fieldsOf = (html: string): readonly string[] => {
  const defaults = /\n {4}defaults: \{([^]*?)\n {4}\}/.exec(html)?.[1] ?? '';
  return [...defaults.matchAll(/^ +(\w+): \{/gm)].map(([, field = '']) => field);
};

describe.each(nodes)('the catalogue of $name', ({ folder, name }) => {
  const html = withIncludes(read(folder, `${name}.html`));
  const keys = [...textsOf({ folder, name }, 'en-US').keys()];
  const asked = [...inHtml(html), ...inScript(html)];

  it('has every text that the form asks for', () => {
    expect(asked.filter((use) => !keys.some((key) => means(use, key)))).toEqual([]);
  });

  it('has a label for every field, by which a problem names it', () => {
    const fields = fieldsOf(html).filter((field) => !['configVersion', 'notifierName'].includes(field));
    expect(fields.length).toBeGreaterThan(2);
    expect(fields.filter((field) => !keys.includes(`label.${field}`))).toEqual([]);
  });

  it('has no text that nobody asks for', () => {
    const fields = fieldsOf(html);
    const ofFields = ownUses.flatMap(({ key }) => fields.map((field) => key.replace('*', field)));
    // The name of the palette's category; Node-RED makes the key from it.
    const used = [...asked, ...ofFields, 'palette.label.Plex_Just'];
    expect(keys.filter((key) => !used.some((use) => means(use, key)))).toEqual([]);
  });

  it('holds all words of the form', () => {
    const form = html.replace(/<script(?! type="text\/html")[^]*?<\/script>/g, '');
    expect(form.replace(/<[^>]*>/g, '').trim()).toBe('');
    expect([...form.matchAll(/\s(?:title|placeholder|aria-label|alt)="[^"]*[a-z][^"]*"/gi)].map(String)).toEqual([]);
  });
});

it("asks a node's own catalogue only for what some node has", () => {
  const keys = nodes.flatMap((place) => [...textsOf(place, 'en-US').keys()]);
  expect(ownUses.filter(({ key }) => !keys.some((known) => means(key, known)))).toEqual([]);
});

/** Of the page, of Node-RED and of mustache's errors, and names of products: nobody sees them as they are, or all do. */
const TECHNICAL = [
  ...['ArrowDown', 'ArrowUp', 'Backspace', 'Enter', 'Escape'],
  ...['Sonarr', 'Tautulli'],
  ...['Unclosed section', 'Unopened section', 'Unclosed tag'],
  // The second half of a key; by what a button is found again.
  ...['Dry', 'fold *', 'ignore * *'],
  'input change',
  'link in',
  'noopener noreferrer',
  'spinner fa-pulse',
];

/** Two words, or one with a capital: `Steps`, `took *`, `*: no answer`. */
const hasWords = (text: string): boolean =>
  /[a-z]{2,} [a-z]{2,}|[a-z]{2,}[:,]? \*|\* [a-z]{2,}/i.test(text) || /(?<![\w.*-])[A-Z][a-z]+(?![\w.])/.test(text);

describe('the editor code', () => {
  const isMarkup = (text: string): boolean => /^[<.#]|plex-jit|^fa |^red-ui-/.test(text);
  const isCode = ({ key, file }: Use): boolean =>
    isMarkup(key) || TECHNICAL.includes(key) || file.endsWith('/style.ts');

  it('holds no words of its own', () => {
    const words = [...literals, ...templates].filter((use) => hasWords(use.key) && !isCode(use));
    expect(words).toEqual([]);
  });

  it('shows nothing that is written there, not even one word', () => {
    expect(shownLiterals.length).toBeGreaterThan(5);
    expect(shownLiterals.filter((use) => /[a-z]{2}/i.test(use.key) && !isCode(use))).toEqual([]);
  });
});
