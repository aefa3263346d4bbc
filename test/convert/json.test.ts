import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/convert/json/read.js';
import { type Tree, Unreadable } from '../../src/convert/json/types.js';

const plain = (tree: Tree): unknown => {
  if (tree.kind === 'list') return tree.items.map(plain);
  if (tree.kind === 'plain') return tree.value;
  return Object.fromEntries([...tree.members].map(([name, { value }]) => [name, plain(value)]));
};

/** What was put right, as `line:column text`. */
const mends = (text: string): readonly string[] =>
  readJson(text).mends.map(({ at, text: what }) => `${at.line}:${at.column} ${what}`);

const failure = (text: string): string => {
  try {
    readJson(text);
    return 'read';
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return `${error.at.line}:${error.at.column} ${error.message}`;
  }
};

describe('what is JSON', () => {
  it('is read as it is, and nothing is put right', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(plain(readJson(text).root)).toEqual(JSON.parse(text));
        expect(mends(text)).toEqual([]);
      }),
    );
  });

  it('has the place of each value, whatever ends its lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { root } = readJson(['{', ' "a": 1,', ' "b": {"c": true}', '}'].join(end));
      if (root.kind !== 'object') throw new Error('no object');
      expect(root.members.get('b')).toMatchObject({
        at: { line: 3, column: 2 },
        value: { at: { line: 3, column: 7 } },
      });
    }
  });
});

describe('damage that has one meaning is put right, and its place is told', () => {
  it.each<[string, string, unknown, readonly string[]]>([
    ['a comma after the last option', '{"a": 1,\n}', { a: 1 }, ['1:8 a comma after the last option']],
    ['a comma after the last value of a list', '{"a": [1,]}', { a: [1] }, ['1:9 a comma after the last value']],
    ['an extra comma', '{"a": 1,,\n"b": 2}', { a: 1, b: 2 }, ['1:9 an extra comma']],
    ['a missing comma', '{"a": 1\n "b": 2}', { a: 1, b: 2 }, ['1:8 a comma is missing']],
    ['a missing comma behind braces', '{"a": {} "b": 2}', { a: {}, b: 2 }, ['1:9 a comma is missing']],
    ['a semicolon', '{"a": 1; "b": 2}', { a: 1, b: 2 }, ['1:8 a semicolon instead of a comma']],
    ['an equals sign', '{"a" = 1}', { a: 1 }, ['1:6 an equals sign instead of a colon']],
    ['a comment to the end of the line', '{"a": 1 // one\n}', { a: 1 }, ['1:9 a comment is ignored']],
    ['a comment as in Python', '# mine\n{"a": 1}', { a: 1 }, ['1:1 a comment is ignored']],
    ['a comment over lines', '{/* x\ny */"a": 1}', { a: 1 }, ['1:2 a comment is ignored']],
    ['single quotes', `{"a": 'x "y"'}`, { a: 'x "y"' }, ['1:7 single instead of double quotes']],
    ['typographic quotes', '{“a”: 1}', { a: 1 }, ['1:2 typographic instead of straight quotes']],
    ['a name without quotes', '{a_b: 1}', { a_b: 1 }, ['1:2 a name without quotes']],
    ['True of Python', '{"a": True}', { a: true }, ['1:7 written as true in JSON']],
    ['None of Python', '{"a": None}', { a: null }, ['1:7 written as null in JSON']],
    [
      '.5 and +1',
      '[.5, +1]',
      [0.5, 1],
      ['1:2 a number in a notation that JSON does not allow', '1:6 a number in a notation that JSON does not allow'],
    ],
    ['a byte order mark', '\ufeff{"a": 1}', { a: 1 }, ['1:1 the byte order mark is ignored']],
    ['a space that cannot be seen', '{\u00a0"a": 1}', { a: 1 }, ['1:2 a space that JSON does not allow']],
    ['a tab inside a text', '{"a": "x\ty"}', { a: 'x\ty' }, ['1:9 a tab inside a text']],
    ['a closing bracket too many', '{"a": 1}}', { a: 1 }, ['1:9 extra characters at the end']],
    ['a missing bracket at the end', '{"a": 1', { a: 1 }, ['1:8 } is missing at the end']],
    [
      'no braces around the whole',
      '\n"a": {"b": 1},\n"c": 2\n',
      { a: { b: 1 }, c: 2 },
      ['2:1 { is missing at the beginning', '4:1 } is missing at the end'],
    ],
    [
      'a missing bracket at the beginning',
      "a: 'x'}",
      { a: 'x' },
      ['1:1 { is missing at the beginning', '1:1 a name without quotes', '1:4 single instead of double quotes'],
    ],
    [
      'an option that stands twice',
      '{"a": 1,\n"a": 2}',
      { a: 2 },
      ['2:1 this option is also in line 1: the last one counts, as in jitplex'],
    ],
  ])('%s', (_name, text, value, told) => {
    expect(plain(readJson(text).root)).toEqual(value);
    expect(mends(text)).toEqual(told);
  });

  it('names the bracket that was never closed', () => {
    expect(readJson('{"a": {"b": 1}').unclosed).toEqual({ line: 1, column: 1 });
    expect(readJson('{"a": 1}').unclosed).toBeNull();
  });
});

describe('what can mean several things is not guessed: its place is told', () => {
  it.each([
    ['a missing colon', '{"a" 1}', '1:6 a colon is expected here'],
    ['a missing colon, or a missing value and comma', '{"key" "abc"}', '1:8 a colon is expected here'],
    [
      'a missing colon without braces around the whole',
      '"a" {"b": 1}',
      '1:5 the file should end here: a single value precedes it',
    ],
    [
      'a bracket that closes too early without one at the beginning',
      '"a": 1}, "b": 2}',
      '1:8 the file should end here: an earlier bracket closes too much',
    ],
    ['two texts in a row', '{"a": "x" "y"}', '1:14 a colon is expected here'],
    [
      'a text that is never closed',
      '{"a": "x,\n"b": 1}',
      '1:7 the text starting here does not end on its line: a closing quote is missing',
    ],
    ['a text without quotes', '{"a": http://nas}', '1:7 this is not a number, true, false or null; text needs quotes'],
    [
      'a word that JavaScript knows',
      '{"a": constructor}',
      '1:7 this is not a number, true, false or null; text needs quotes',
    ],
    ['a number with a leading zero', '{"a": 010}', '1:7 this is not a number, true, false or null; text needs quotes'],
    ['a decimal comma', '{"a": 1,5}', '1:9 an option name is expected here'],
    ['a missing value', '{"a": ,"b": 1}', '1:7 a value is missing here'],
    ['a missing comma in a list', '[1 2]', '1:4 a comma or ] is expected here'],
    ['a hole in a list', '[1,,2]', '1:4 a value is missing here'],
    ['the wrong bracket', '{"a": [1}', '1:9 a comma or ] is expected here'],
    [
      'a bracket that closes too early',
      '{"a": 1}, "b": 2}',
      '1:9 the file should end here: an earlier bracket closes too much',
    ],
    [
      'a backslash as in a Windows path',
      '{"a": "C:\\x"}',
      '1:10 a backslash has no meaning before this character; write a backslash itself as \\\\',
    ],
    ['a comment that never ends', '{/* "a": 1}', '1:2 the comment starting here does not end'],
    ['nothing at all', ' \n', '2:1 a value is missing here'],
    ['brackets without end', '['.repeat(21), '1:21 more than 20 brackets are open here'],
  ])('%s', (_name, text, told) => {
    expect(failure(text)).toBe(told);
  });

  it('ends with a value or with a place inside the text, whatever it is given', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      ';',
      '=',
      '//',
      '/*',
      '*/',
      '#',
      '\\',
      '\n',
      ' ',
      'a',
      'key',
      '1',
      '.',
      'true',
      '“',
      '\ufeff',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        try {
          readJson(text);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          expect(error.at.line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
