import { opensText, readText, readWord } from './scalars.js';
import { Source } from './source.js';
import { type Member, type Reading, type Tree, Unreadable } from './types.js';

/** Deeper than any configuration of the reference. */
const DEPTH = 20;
const NAME = /[A-Za-z_$][\w$-]*/y;

interface Reader {
  readonly source: Source;
  /** Where the brackets that are open now begin. */
  readonly open: number[];
  unclosed: number | null;
}

const endsHere = (reader: Reader, close: string): boolean => {
  const { source } = reader;
  if (source.next === close) {
    source.take();
    reader.open.pop();
    return true;
  }
  if (source.next !== '') return false;
  reader.unclosed ??= reader.open.at(-1) ?? 0;
  source.mend(source.position, `${close} is missing at the end`);
  reader.open.pop();
  return true;
};

const readName = ({ source }: Reader): string => {
  const start = source.position;
  if (opensText(source)) return readText(source);
  const name = source.match(NAME);
  if (name === null) return source.fail(start, 'an option name is expected here');
  source.mend(start, 'a name without quotes');
  return name;
};

const readColon = ({ source }: Reader): void => {
  source.skip();
  const start = source.position;
  if (source.match(/:/y) !== null) return;
  if (source.match(/=>?/y) === null) source.fail(start, 'a colon is expected here');
  source.mend(start, 'an equals sign instead of a colon');
};

const readMember = (reader: Reader, members: Map<string, Member>): void => {
  const { source } = reader;
  const start = source.position;
  const name = readName(reader);
  readColon(reader);
  const value = readValue(reader);
  const before = members.get(name);
  if (before) source.mend(start, `this option is also in line ${before.at.line}: the last one counts, as in jitplex`);
  members.set(name, { at: source.place(start), value });
};

/** Between two members: a comma, where it is missing the next name tells where it belongs. */
const readComma = (reader: Reader, behind: number): void => {
  const { source } = reader;
  if (source.match(/;/y) !== null) source.mend(source.position - 1, 'a semicolon instead of a comma');
  else if (source.match(/,/y) === null) {
    if (source.next === '' || source.next === '}') return;
    if (!opensText(source) && !source.sees(NAME)) source.fail(source.position, 'a comma or } is expected here');
    source.mend(behind, 'a comma is missing');
    return;
  }
  for (;;) {
    source.skip();
    const start = source.position;
    if (source.match(/,/y) === null) return;
    source.mend(start, 'an extra comma');
  }
};

const readObject = (reader: Reader): ReadonlyMap<string, Member> => {
  const { source } = reader;
  const members = new Map<string, Member>();
  source.skip();
  while (!endsHere(reader, '}')) {
    if (source.next === ',' && members.size === 0) source.fail(source.position, 'an option name is expected here');
    readMember(reader, members);
    const behind = source.position;
    source.skip();
    const comma = source.position;
    const had = source.sees(/[,;]/y);
    readComma(reader, behind);
    if (had && (source.next === '}' || source.next === '')) source.mend(comma, 'a comma after the last option');
  }
  return members;
};

const readList = (reader: Reader): readonly Tree[] => {
  const { source } = reader;
  const items: Tree[] = [];
  source.skip();
  while (!endsHere(reader, ']')) {
    items.push(readValue(reader));
    source.skip();
    const comma = source.position;
    if (source.match(/,/y) === null) {
      if (source.next !== ']' && source.next !== '') source.fail(source.position, 'a comma or ] is expected here');
      continue;
    }
    source.skip();
    if (source.next === ']') source.mend(comma, 'a comma after the last value');
  }
  return items;
};

const readValue = (reader: Reader): Tree => {
  const { source, open } = reader;
  source.skip();
  const start = source.position;
  const at = source.place();
  if (opensText(source)) return { kind: 'plain', at, value: readText(source) };
  if (source.next !== '{' && source.next !== '[') return { kind: 'plain', at, value: readWord(source) };
  if (open.push(start) > DEPTH) source.fail(start, `more than ${DEPTH} brackets are open here`);
  return source.take() === '{'
    ? { kind: 'object', at, members: readObject(reader) }
    : { kind: 'list', at, items: readList(reader) };
};

/** Whether a text begins with the name of an option instead of the brace around all of them. */
const beginsInside = (text: string): boolean => {
  const reader: Reader = { source: new Source(text), open: [], unclosed: null };
  try {
    reader.source.skip();
    readName(reader);
    readColon(reader);
    return true;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
};

/** The options of a file whose first brace is missing; the last one may be, too. */
const readBare = (reader: Reader): Tree => {
  const { source, open } = reader;
  source.skip();
  const at = source.place();
  source.mend(source.position, '{ is missing at the beginning');
  open.push(source.position);
  return { kind: 'object', at, members: readObject(reader) };
};

const readEnd = ({ source }: Reader, root: Tree): void => {
  source.skip();
  const start = source.position;
  const why = root.kind === 'plain' ? 'a single value precedes it' : 'an earlier bracket closes too much';
  if (source.match(/[\s,;}\]]*$/y) === null) source.fail(start, `the file should end here: ${why}`);
  if (source.position > start) source.mend(start, 'extra characters at the end');
};

/**
 * Reads JSON as people write it by hand: what has one meaning only is put right and told, with its place.
 * @throws Unreadable where it can mean several things
 */
export const readJson = (written: string): Reading => {
  const marked = written.startsWith('\ufeff');
  const text = marked ? written.slice(1) : written;
  const source = new Source(text);
  if (marked) source.mend(0, 'the byte order mark is ignored');
  const reader: Reader = { source, open: [], unclosed: null };
  const root = beginsInside(text) ? readBare(reader) : readValue(reader);
  readEnd(reader, root);
  const { unclosed } = reader;
  const mends = source.mends.toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { root, mends, unclosed: unclosed === null ? null : source.place(unclosed) };
};
