const INVISIBLE = /\p{Mn}|\p{Me}|\p{Cf}|\p{Cc}/u;
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

function letterWidth(letter: string): number {
  if (INVISIBLE.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}

/** Cells that a text takes in a terminal. */
export const textWidth = (text: string): number => Array.from(text).reduce((sum, c) => sum + letterWidth(c), 0);

/** As many letters as fit; the rest is the second part. */
function cut(text: string, width: number): [head: string, tail: string] {
  let used = 0;
  let end = 0;
  for (const letter of text) {
    used += letterWidth(letter);
    if (used > width) break;
    end += letter.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** Titles come from outside: what would steer the terminal is left out. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** The text, or its beginning and `…`. */
const shortened = (text: string, width: number): string =>
  textWidth(text) <= width ? text : `${cut(text, width - 1)[0].trimEnd()}…`;

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

/** Lines of whole words; a word longer than a line is broken. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text)
    .split(/\s+/)
    .filter((w) => w !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (textWidth(line) > width) {
      const [head, tail] = cut(line, width);
      lines.push(head);
      line = tail;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

const GAP = '  ';
/** Room that the other columns leave to the last one, if it has use for it. */
const LAST_WANTS = 36;
/** The last column never gets narrower, whatever the terminal says. */
const LAST_AT_LEAST = 20;

export interface Column {
  readonly title: string;
  /** Longer texts are cut. The last column has none of its own: it is wrapped into what is left. */
  readonly atMost: number;
  /** How far it may shrink in a narrow terminal. @default not at all */
  readonly atLeast?: number;
}

type Row = readonly string[];

const longest = (texts: Row): number => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);

/** As wide as the cells need, within the bounds; the widest is shrunk first, until the last column has room. */
function columnWidths(columns: readonly Column[], rows: readonly Row[], width: number): number[] {
  const cells = (i: number): Row => rows.map((row) => row[i] ?? '');
  const widths = columns.slice(0, -1).map(({ atMost }, i) => Math.min(atMost, longest(cells(i))));
  const last = Math.min(LAST_WANTS, longest(cells(widths.length)));
  const spare = (i: number): number => (widths[i] ?? 0) - (columns[i]?.atLeast ?? Infinity);
  for (let tooWide = widths.reduce((sum, w) => sum + w + GAP.length, last) - width; tooWide > 0; tooWide -= 1) {
    const shrinkable = widths.map((w, i) => ({ i, w })).filter(({ i }) => spare(i) > 0);
    const widest = shrinkable.sort((a, b) => b.w - a.w)[0];
    if (widest === undefined) break;
    widths[widest.i] = widest.w - 1;
  }
  return widths;
}

/** A table for a terminal; its last column is wrapped. */
export function table(columns: readonly Column[], rows: readonly Row[], width: number): string {
  const all = [columns.map((column) => column.title), ...rows.map((row) => row.map(printable))];
  const widths = columnWidths(columns, all, width);
  const before = widths.reduce((sum, w) => sum + w + GAP.length, 0);
  const lines = (row: Row): Row => {
    const cells = widths.map((w, i) => padded(shortened(row[i] ?? '', w), w) + GAP).join('');
    const [first = '', ...more] = wrapped(row[widths.length] ?? '', Math.max(LAST_AT_LEAST, width - before));
    return [(cells + first).trimEnd(), ...more.map((text) => ' '.repeat(before) + text)];
  };
  const [head = [], ...body] = all.map(lines);
  return [...head, '─'.repeat(longest([...head, ...body.flat()])), ...body.flat()].join('\n');
}
