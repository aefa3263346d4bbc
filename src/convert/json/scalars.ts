import type { Source } from './source.js';

/** What closes a text, by what opens it. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '””“',
  '”': '”“',
  '„': '“”',
  '‘': '’‘',
  '’': '’‘',
};
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
]);

export const opensText = (source: Source): boolean => source.next in QUOTES;

const escape = (source: Source): string => {
  const start = source.position;
  source.take();
  const code = source.match(/u[0-9a-fA-F]{4}/y);
  if (code !== null) return String.fromCharCode(parseInt(code.slice(1), 16));
  const meant = ESCAPES[source.take()];
  return (
    meant ?? source.fail(start, 'a backslash has no meaning before this character; write a backslash itself as \\\\')
  );
};

/** A text in quotes; the source stands at the opening one. */
export const readText = (source: Source): string => {
  const start = source.position;
  const open = source.take();
  const close = QUOTES[open] ?? '';
  if (open !== '"')
    source.mend(start, open === "'" ? 'single instead of double quotes' : 'typographic instead of straight quotes');
  let text = '';
  for (;;) {
    if (source.next === '' || source.sees(/[\r\n]/y))
      source.fail(start, 'the text starting here does not end on its line: a closing quote is missing');
    if (close.includes(source.next)) break;
    if (source.next === '\t') source.mend(source.position, 'a tab inside a text');
    text += source.next === '\\' ? escape(source) : source.take();
  }
  source.take();
  return text;
};

/** A number, true, false or null. */
export const readWord = (source: Source): number | boolean | null => {
  const start = source.position;
  const written = source.match(/[^\s,:;=[\]{}"'#/]+/y);
  if (written === null) return source.fail(start, 'a value is missing here');
  const word = WORDS.get(written.toLowerCase());
  if (word !== undefined) {
    if (written !== String(word)) source.mend(start, `written as ${String(word)} in JSON`);
    return word;
  }
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(written)) return Number(written);
  if (!/^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)$/.test(written))
    return source.fail(start, 'this is not a number, true, false or null; text needs quotes');
  source.mend(start, 'a number in a notation that JSON does not allow');
  return Number(written);
};
