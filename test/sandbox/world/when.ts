const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** Milliseconds of a span such as `7d`, `1d2h30m`, `90s`; null when it is none. */
export const parseSpan = (text: string): number | null => {
  if (!/^(\d+(\.\d+)?[dhms])+$/.test(text)) return null;
  return [...text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
};

/** Milliseconds since 1970 of a moment of a world file: `0`, `-2h`, `+10m` from the start, or absolute ISO 8601; null when it is none. */
export const parseWhen = (text: string, start: number): number | null => {
  if (text === '0') return start;
  const sign = text.startsWith('-') ? -1 : text.startsWith('+') ? 1 : 0;
  if (sign === 0) {
    const absolute = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(absolute) ? null : absolute;
  }
  const span = parseSpan(text.slice(1));
  return span === null ? null : start + sign * span;
};

/** A moment that the loader has checked. */
export const when = (text: string, start: number): number => {
  const at = parseWhen(text, start);
  if (at === null) throw new RangeError(`"${text}" is no moment`);
  return at;
};

export const isMoment = (text: string): boolean => parseWhen(text, 0) !== null;
