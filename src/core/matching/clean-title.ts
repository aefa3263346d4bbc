/** What .NET counts as a word character. */
const WORD = '[\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]';
const BOUNDARY = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
const EDGE = `(?:${BOUNDARY}|_)`;

const INTEGER = /^\s*[+-]?\d{1,18}\s*$/;
const PERCENT = new RegExp(`(?<=${BOUNDARY}\\p{Nd}+)%`, 'gu');
/** A filler word that neither begins nor ends the title, or any separator. */
const DROPPED = new RegExp(`${EDGE}(?<!^)(?:à|an?|the|and|or|of)(?!$)${EDGE}|[^\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]|_`, 'giu');

const ASCII = /^[\t -~]*$/;
const ASCII_PERCENT = /(?<=\b\d+)%/g;
const ASCII_DROPPED = /(?:\b|_)(?<!^)(?:an?|the|and|or|of)(?!$)(?:\b|_)|\W|_/gi;

/** Letters beyond the 16-bit plane are symbols to .NET. */
const BEYOND_16_BITS = /[\u{10000}-\u{10FFFF}]/gu;
const MARKS = /\p{Mn}+/gu;

/** Letters that decompose to nothing simpler and have an ASCII spelling. */
const SPELT = new Map(
  Object.entries({
    ...{ æ: 'ae', œ: 'oe', ø: 'o', ß: 'ss', þ: 'th', ð: 'd', đ: 'd', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i', ĸ: 'k' },
    ...{ ŋ: 'n', ƀ: 'b', ɓ: 'b', ƒ: 'f', ɨ: 'i', ƙ: 'k', ɲ: 'n', ƞ: 'n', ƥ: 'p', ƭ: 't', ƶ: 'z', ȥ: 'z' },
    ...{ ĳ: 'ij', ǆ: 'dz', ǉ: 'lj', ǌ: 'nj', ǳ: 'dz', ŉ: 'n', ŀ: 'l', ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl' },
  }),
);

/** .NET's invariant lower case: letter by letter, and İ stays. */
const lower = (text: string): string => Array.from(text, (c) => (c === 'İ' ? c : c.toLowerCase())).join('');

/** One precomposed letter in ASCII where it has such a form; loose marks and other scripts stay. */
function asciiLetter(letter: string): string {
  if (letter <= '\x7f') return letter;
  const base = letter.normalize('NFD').charAt(0);
  return SPELT.get(letter) ?? SPELT.get(base) ?? (base <= '\x7f' ? base : letter);
}

const withoutMarks = (text: string): string => text.normalize('NFD').replace(MARKS, '').normalize('NFC');

/**
 * The forms under which Sonarr compares a title: fillers, separators and accents dropped, lower case.
 * Sonarr 5 spells accented letters in ASCII, Sonarr 4 strips marks of every script: accept either.
 * The year of a title stays. Seen on v5-develop (recording `clean_titles`).
 * @returns one or two distinct forms, the newer first; "" for a title of symbols only
 */
export function cleanTitles(title: string): readonly string[] {
  if (title.trim() === '' || INTEGER.test(title)) return [title];
  if (ASCII.test(title)) return [title.replace(ASCII_PERCENT, 'percent').replace(ASCII_DROPPED, '').toLowerCase()];
  const joined = lower(title.replace(BEYOND_16_BITS, ' ').replace(PERCENT, 'percent').replace(DROPPED, ''));
  const newer = Array.from(joined, asciiLetter).join('');
  const older = withoutMarks(joined);
  return newer === older ? [newer] : [newer, older];
}

export interface DatedTitle {
  readonly title: string;
  /** From brackets at the end, e.g. `Echo Bay (2011)`; null without. */
  readonly year: number | null;
}

const YEAR_AT_END = /^(.*\S)\s*(?:\(((?:19|20)\d\d)\)|\[((?:19|20)\d\d)\])\s*$/s;

/** Cuts a year in brackets off the end of a title. */
export function splitYear(title: string): DatedTitle {
  const parts = YEAR_AT_END.exec(title);
  return parts ? { title: parts[1] ?? title, year: Number(parts[2] ?? parts[3]) } : { title, year: null };
}
