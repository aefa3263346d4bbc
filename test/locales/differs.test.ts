import { describe, expect, it } from 'vitest';
import { nodes, read, shared, textsOf } from './catalogues.js';

/** What a sidebar and the forms are full of, in which a text left in English would not be noticed by its placeholder. */
const GROUPS = /^(upNext|finding|problem|hint|test|request|form|server|store|pick|rules|variable)\./;

/** Alike in both languages: names of things, and words that German has taken over. */
const SAME = [
  'upNext.flow: Flow',
  'upNext.sonarr: Sonarr: __name__',
  'hint.range: __from__–__to__',
  'hint.zero: 0 = __effect__',
  'test.ok: OK',
  'rules.name: Name',
];

it('each shared text is another in German', () => {
  const [english, german] = ['en-US', 'de'].map((language) => textsOf(shared, language));
  const same = [...(english ?? [])].filter(([key, text]) => GROUPS.test(key) && german?.get(key) === text);
  expect(same.map(([key, text]) => `${key}: ${text}`)).toEqual(SAME);
});

const paragraphs = (html: string): readonly string[] =>
  [...html.matchAll(/<(p|li|dd)\b[^>]*>([^]*?)(?=<\/?(?:p|li|dd|dt|ul|ol|dl)\b)/g)]
    .map(([, , words = '']) =>
      words
        .replace(/<code>[^]*?<\/code>|<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    // A name is the same in every language.
    .filter((words) => words.split(' ').length > 2);

describe.each(nodes)('the help of $name', ({ folder, name }) => {
  it('has no paragraph in English in its German page', () => {
    const [english, german] = ['en-US', 'de'].map((language) =>
      paragraphs(read(folder, 'locales', language, `${name}.html`)),
    );
    expect(english?.length).toBeGreaterThan(5);
    expect(german?.filter((paragraph) => english?.includes(paragraph))).toEqual([]);
  });
});
