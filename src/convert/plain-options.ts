import { type NumberSetting, RANGES, rangeWords } from '../core/forms/index.js';
import type { Member } from './json/types.js';

/** What is made of an option's value; `value` null: the default stays. */
export interface Taken<T> {
  readonly value: T | null;
  readonly became: string;
  readonly attention: boolean;
}

const refused = (what: string, fallback: string): Taken<never> => ({
  value: null,
  became: `${what}; the default ${fallback} stays`,
  attention: true,
});

const plain = ({ value }: Member): unknown => (value.kind === 'plain' ? value.value : undefined);

const asNumber = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

/** A number of the reference for a number of a form; what is out of range takes the nearest that is allowed. */
export const takeNumber = (setting: NumberSetting, member: Member): Taken<number> => {
  const range = RANGES[setting];
  const { label, from, to, fallback, whole } = range;
  const given = asNumber(plain(member));
  if (given === null || (whole && !Number.isInteger(given)))
    return refused(`is not ${rangeWords(range)}`, String(fallback));
  const value = Math.min(to, Math.max(from, given));
  const text = typeof plain(member) === 'string' ? ' (a text in the file)' : '';
  return value === given
    ? { value, became: `${label}: ${value}${text}`, attention: false }
    : { value, became: `${label}: ${value}, as ${given} is not ${rangeWords(range)}`, attention: true };
};

const SWITCHES = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  [1, true],
  [0, false],
]);

export const takeSwitch = (label: string, member: Member): Taken<boolean> => {
  const given = plain(member);
  const value = SWITCHES.get(typeof given === 'string' ? given.trim().toLowerCase() : given);
  if (value === undefined) return refused('is neither true nor false', 'true');
  const words = `${label}: ${value ? 'yes' : 'no'}`;
  return typeof given === 'string' && !value
    ? { value, became: `${words}; jitplex took the text "false" for true`, attention: true }
    : { value, became: words, attention: false };
};

/** Number of a Tautulli notifier; the published example has -1 for none. */
export const takeNotifier = (member: Member): Taken<string> => {
  const given = plain(member);
  if (given === -1 || given === null || given === '')
    return { value: null, became: 'none: no message is sent', attention: false };
  const number = asNumber(given);
  if (number === null || !Number.isInteger(number) || number < 1)
    return { value: null, became: 'is not the number of one notifier; no message is sent', attention: true };
  return { value: String(number), became: `Notifier: ${number}`, attention: false };
};
