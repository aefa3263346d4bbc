/** Bytes of a slice: a few milliseconds to scan, parse and validate. */
const SLICE = 128 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The text is no JSON as far as it was read, or breaks off. */
export class BrokenJson extends Error {}

const skipBlanks = (bytes: Buffer, from: number): number => {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  if (at >= bytes.length) throw new BrokenJson('the text breaks off');
  return at;
};

/** The index after the string that begins at `from`. */
const skipString = (bytes: Buffer, from: number): number => {
  let at = from + 1;
  for (; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
  if (at >= bytes.length) throw new BrokenJson('a string breaks off');
  return at + 1;
};

const isEnd = (byte: number): boolean => byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT;

/** The index after the value that begins at `from`: one pass over its bytes, nothing is built. */
const skipValue = (bytes: Buffer, from: number): number => {
  let depth = 0;
  for (let at = from; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (depth === 0 && isEnd(byte)) return at;
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      if (depth === 0) return at;
      continue;
    }
    at += 1;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new BrokenJson('a value breaks off');
};

/** Where the elements of the array at `path` begin, or null when there is no array there. */
const findArray = (bytes: Buffer, path: readonly string[], from = 0): number | null => {
  let at = skipBlanks(bytes, from);
  const [key, ...rest] = path;
  if (key === undefined) return bytes[at] === OPEN_ARRAY ? at + 1 : null;
  if (bytes[at] !== OPEN_OBJECT) return null;
  const wanted = JSON.stringify(key);
  for (at = skipBlanks(bytes, at + 1); bytes[at] === QUOTE; at = skipBlanks(bytes, at)) {
    const end = skipString(bytes, at);
    const name = bytes.toString('latin1', at, end);
    const value = skipBlanks(bytes, skipBlanks(bytes, end) + 1);
    if (name === wanted) return findArray(bytes, rest, value);
    at = skipBlanks(bytes, skipValue(bytes, value));
    if (bytes[at] !== COMMA) return null;
    at += 1;
  }
  return null;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new BrokenJson('no JSON');
  }
};

const parseList = (text: string): readonly unknown[] => parse(text) as readonly unknown[];

/** @throws BrokenJson */
export const parseJson = (bytes: Buffer): unknown => parse(bytes.toString('utf8'));

/** As `parseJson`; undefined for what is no JSON. */
export const tryJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Ends the turn, so that others of this process get theirs. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Reads the array at `path` slice by slice, with a turn of the event loop between slices, since parsing the 25 MB of a large
 * library in one go stops everything else for a tenth of a second and more.
 * Calls `onRows` with some elements at a time; answers the document with that array left empty, or null when it has no array there.
 * @throws BrokenJson
 */
export const readArray = async (
  bytes: Buffer,
  path: readonly string[],
  onRows: (rows: readonly unknown[]) => void,
): Promise<{ readonly document: unknown } | null> => {
  const start = findArray(bytes, path);
  if (start === null) return null;
  let sliceStart = start;
  let at = skipBlanks(bytes, start);
  while (bytes[at] !== CLOSE_ARRAY) {
    at = skipBlanks(bytes, skipValue(bytes, at));
    const more = bytes[at] === COMMA;
    if (!more || at - sliceStart > SLICE) {
      onRows(parseList(`[${bytes.toString('utf8', sliceStart, at)}]`));
      sliceStart = at + 1;
      if (more) await nextTurn();
    }
    if (more) at = skipBlanks(bytes, at + 1);
    if (more === (bytes[at] === CLOSE_ARRAY)) throw new BrokenJson('an element is missing, or the closing bracket');
  }
  return { document: parse(bytes.toString('utf8', 0, start) + bytes.toString('utf8', at)) };
};
