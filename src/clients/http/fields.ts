import { z } from 'zod';
import type { Day, Instant } from '../../core/contracts/index.js';

/**
 * Fields as servers send them. What only describes is read leniently (unreadable = unknown);
 * what decides something is left strict, so that an unreadable one makes the row unreadable.
 */

/** Of any type, and it may be missing: servers leave out what is empty. */
const anything = z.unknown().optional();

const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
};

/** A number, also as a string; "", null and nonsense are null. */
export const someNumber = anything.transform(numberOf);

/** As `someNumber`, and 0 means unknown. */
export const positiveNumber = someNumber.transform((value) => (value !== null && value > 0 ? value : null));

/** A text; anything else is "". */
export const text = anything.transform((value) => (typeof value === 'string' ? value : ''));

/** A text; "" and anything else is null. */
export const textOrNull = anything.transform((value) => (typeof value === 'string' && value !== '' ? value : null));

/** A text or number as text; "" and anything else is null. */
export const keyOrNull = anything.transform((value) => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
});

export const yes = anything.transform((value) => value === true);

const instantOf = (value: string): Instant | null => {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/** A moment that must be there. */
export const instant = z.string().transform((value, context): Instant => {
  const read = instantOf(value);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'no date' });
  return z.NEVER;
});

export const instantOrNull = anything.transform((value) => (typeof value === 'string' ? instantOf(value) : null));

/** `Date.parse` takes the 30th of February for the 2nd of March. */
const isDay = (text: string): boolean => instantOf(`${text}T00:00:00Z`)?.startsWith(text) === true;

/** `YYYY-MM-DD`, the beginning of anything longer; null for anything else, and for days that no calendar has. */
export const dayOrNull = anything.transform((value): Day | null => {
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
  return day !== undefined && isDay(day) ? day : null;
});

/** .NET's `hh:mm:ss` or `d.hh:mm:ss`, in seconds. */
export const seconds = anything.transform((value): number | null => {
  const parts = typeof value === 'string' ? /^(?:(\d+)\.)?(\d+):(\d{2}):(\d{2})/.exec(value) : null;
  if (parts === null) return null;
  const [, days = '0', hours = '0', minutes = '0', rest = '0'] = parts;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest);
});

/** A list of which only the readable elements are kept; anything that is no list is empty. */
export const listOf = <T>(element: z.ZodType<T>) =>
  anything.transform((value): T[] =>
    Array.isArray(value)
      ? value.flatMap((item) => {
          const read = element.safeParse(item);
          return read.success ? [read.data] : [];
        })
      : [],
  );

/** One of the values that are known, else `other`. */
export const oneOf = <const T extends string, const O extends string>(known: readonly T[], other: O) =>
  anything.transform((value): T | O => known.find((candidate) => candidate === value) ?? other);
