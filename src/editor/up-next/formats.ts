import { red } from './red.js';

/** A formatter of the editor's language, made when it is first needed: making one takes far longer than what it writes. */
export function perLanguage<F>(make: (language: string) => F): () => F {
  const made = new Map<string, F>();
  return () => {
    const language = red().i18n.lang();
    const formatter = made.get(language) ?? make(language);
    made.set(language, formatter);
    return formatter;
  };
}

const dates = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) =>
  perLanguage((language) => new Intl.DateTimeFormat(language, options));

const units = (unit: string, digits: number): (() => Intl.NumberFormat) =>
  perLanguage((language) => new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: digits }));

const DAY = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;

export const full = dates({ dateStyle: 'medium', timeStyle: 'short' });
export const clock = dates(CLOCK);
export const near = dates({ ...DAY, weekday: 'short', ...CLOCK });
export const far = dates({ ...DAY, year: 'numeric' });
export const relative = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
export const milliseconds = units('millisecond', 0);
export const seconds = units('second', 1);
export const minutes = units('minute', 1);
export const conjunction = perLanguage((language) => new Intl.ListFormat(language, { type: 'conjunction' }));
