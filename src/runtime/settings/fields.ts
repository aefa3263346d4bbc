import { z } from 'zod';
import type { Choice } from '../../core/contracts/index.js';
import { RANGES, type NumberSetting, rangeWords, readNumber, typedNames } from '../../core/forms/index.js';

/** One setting: what a message may give for it, how a form's text becomes it, and its default. */
export interface Field<T> {
  /** What the form calls it; only numbers can be refused that a form lets pass. */
  readonly label?: string;
  readonly schema: z.ZodType<T>;
  /** What it must be, to end a sentence with. */
  readonly words: string;
  /** Which part of a refused value is wrong, as a sentence without its stop; null when only the whole can be told. */
  readonly fault?: (value: unknown) => string | null;
  readonly fallback: T;
  /** It holds numbers and words of this package only, none of a user's: a bug report may show it. */
  readonly isPlain?: true;
  /** A form saves numbers and lists as text. What cannot be read is given back as it is, and refused by `schema`. */
  readonly fromForm: (raw: unknown) => unknown;
}

export type Table = Readonly<Record<string, Field<unknown>>>;
export type Values<T extends Table> = { readonly [K in keyof T]: T[K] extends Field<infer V> ? V : never };

const asIs = (raw: unknown): unknown => raw;
export const toNumber = (raw: unknown): unknown => (typeof raw === 'string' ? (readNumber(raw) ?? raw) : raw);

export const number = (setting: NumberSetting): Field<number> => {
  const range = RANGES[setting];
  const { label, from, to, fallback } = range;
  const schema = (range.whole ? z.int() : z.number()).min(from).max(to);
  return { label, schema, words: rangeWords(range), fallback, isPlain: true, fromForm: toNumber };
};

export const flag = (fallback: boolean): Field<boolean> => ({
  schema: z.boolean(),
  words: 'true or false',
  fallback,
  isPlain: true,
  fromForm: (raw) => (raw === 'true' ? true : raw === 'false' ? false : raw),
});

export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: T[number],
): Field<T[number]> => ({
  schema: z.enum(values),
  words: `one of ${values.map((value) => `"${value}"`).join(', ')}`,
  fallback,
  isPlain: true,
  fromForm: asIs,
});

export const someOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: readonly T[number][],
): Field<readonly T[number][]> => ({
  schema: z.array(z.enum(values)).readonly(),
  words: `a list of ${values.map((value) => `"${value}"`).join(', ')}`,
  fallback,
  isPlain: true,
  fromForm: asIs,
});

const choice: z.ZodType<Choice> = z.union([
  z.string().trim().min(1),
  z
    .object({ id: z.string().trim(), name: z.string().trim() })
    .refine(({ id, name }) => id !== '' || name !== '', 'has neither name nor id'),
]);

/** What was typed into a field may stand for several: an environment variable holds a list. */
const typed = (setting: string, entry: unknown): readonly unknown[] => {
  if (typeof entry === 'string') return typedNames(setting, entry).map(({ name }) => name);
  const { id, name } = (entry ?? {}) as Partial<Record<'id' | 'name', unknown>>;
  return id === '' && typeof name === 'string' ? typed(setting, name) : [entry];
};

/** A list of picks; version 1 of the forms saved one text. */
export const choices = (setting: string): Field<readonly Choice[]> => ({
  schema: z.array(choice).readonly(),
  words: 'a list of names or of { id, name }',
  fallback: [],
  fromForm: (raw) =>
    typeof raw === 'string' || Array.isArray(raw)
      ? [raw].flat().flatMap((entry: unknown) => typed(setting, entry))
      : raw,
});

/** One pick, or "" for none; a text is one name, whatever is in it. */
export const oneChoice: Field<Choice> = {
  schema: z.union([z.literal(''), choice]),
  words: 'a name or { id, name }',
  fallback: '',
  fromForm: asIs,
};

export const text = (fallback: string): Field<string> => ({
  schema: z.string(),
  words: 'a text',
  fallback,
  fromForm: asIs,
});
