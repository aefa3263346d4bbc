import { text } from '../texts.js';
import { conjunction } from './formats.js';
import { red } from './red.js';

type Values = Readonly<Record<string, string | number>>;

/** A text of the sidebar's part of the catalogue. */
export const say = (key: string, values: Values = {}, fallback?: string): string =>
  text(`upNext.${key}`, values, fallback);

/** One of a pair of texts: for one thing, for several. */
export const many = (key: string, count: number, values: Values = {}): string =>
  say(`${key}.${count === 1 ? 'one' : 'other'}`, { count, ...values });

/** `Ann, Ben and Cleo`, in the editor's language. */
export const list = (names: readonly string[]): string => conjunction().format(names);

/** The runtime speaks English. */
export const isEnglish = (): boolean => red().i18n.lang().startsWith('en');
