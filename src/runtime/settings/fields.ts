import { z } from 'zod';

/** One setting: what a message may give for it, how a form's text becomes it, and its default. */
export interface Field<T> {
  readonly schema: z.ZodType<T>;
  /** What it must be, to end a sentence with. */
  readonly words: string;
  readonly fallback: T;
  /** A form saves numbers and lists as text. What cannot be read is given back as it is, and refused by `schema`. */
  readonly fromForm: (raw: unknown) => unknown;
}

export type Table = Readonly<Record<string, Field<unknown>>>;
export type Values<T extends Table> = { readonly [K in keyof T]: T[K] extends Field<infer V> ? V : never };

const asIs = (raw: unknown): unknown => raw;
const toNumber = (raw: unknown): unknown =>
  typeof raw === 'string' && raw.trim() !== '' && Number.isFinite(Number(raw)) ? Number(raw) : raw;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly fallback: number;
}

export const whole = ({ from, to, fallback }: Range): Field<number> => ({
  schema: z.int().min(from).max(to),
  words: `a whole number from ${from} to ${to}`,
  fallback,
  fromForm: toNumber,
});

export const decimal = ({ from, to, fallback }: Range): Field<number> => ({
  schema: z.number().min(from).max(to),
  words: `a number from ${from} to ${to}`,
  fallback,
  fromForm: toNumber,
});

export const flag = (fallback: boolean): Field<boolean> => ({
  schema: z.boolean(),
  words: 'true or false',
  fallback,
  fromForm: (raw) => (raw === 'true' ? true : raw === 'false' ? false : raw),
});

export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: T[number],
): Field<T[number]> => ({
  schema: z.enum(values),
  words: `one of ${values.map((value) => `"${value}"`).join(', ')}`,
  fallback,
  fromForm: asIs,
});

export const someOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: readonly T[number][],
): Field<readonly T[number][]> => ({
  schema: z.array(z.enum(values)).readonly(),
  words: `a list of ${values.map((value) => `"${value}"`).join(', ')}`,
  fallback,
  fromForm: asIs,
});

/** Names, one a line; `separators` says what else ends one (a show's title may hold a comma). */
export const names = (separators = /[\n,]/): Field<readonly string[]> => ({
  schema: z.array(z.string().trim().min(1)).readonly(),
  words: 'a list of names',
  fallback: [],
  fromForm: (raw) =>
    typeof raw === 'string'
      ? raw
          .split(separators)
          .map((name) => name.trim())
          .filter((name) => name !== '')
      : raw,
});

export const text = (fallback: string): Field<string> => ({
  schema: z.string(),
  words: 'a text',
  fallback,
  fromForm: asIs,
});
