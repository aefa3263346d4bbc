import { type Field, number } from '../../runtime/settings/fields.js';

/** Whether nobody can have written a name into it: that is told by the field, as a show may be called 1923. */
const isShown = ({ isPlain, schema, fromForm }: Field<unknown>, value: unknown): boolean => {
  if (isPlain !== true) return false;
  const read = fromForm(value);
  // A number may be out of its range: that is what a bug report is for.
  return typeof read === 'number' || schema.safeParse(read).success;
};

/**
 * A setting without what a user wrote into it: numbers, switches and the package's own words as they are,
 * of lists and texts only how long they are.
 */
export function plain(field: Field<unknown>, value: unknown): unknown {
  if (value === undefined || value === null) return 'default';
  if (Array.isArray(value)) return `${value.length} entries`;
  if (value === '' || isShown(field, value)) return value;
  if (typeof value !== 'string') return typeof value;
  if (/^\$[{(].*[})]$/.test(value.trim())) return 'from the environment';
  return `text of ${value.length} letters`;
}

/** What this package counts itself, such as the version of a form. */
export const plainNumber = (value: unknown): unknown => plain(number('timeout'), value);

/** What of a URL helps to find a fault and names nobody. */
export function urlShape(url: string | null): object | null {
  if (url === null) return null;
  try {
    const { protocol, port, pathname } = new URL(url);
    return { scheme: protocol.replace(':', ''), port: port === '' ? 'default' : port, hasPath: pathname !== '/' };
  } catch {
    return { scheme: 'unreadable' };
  }
}

/** How often each code came. */
export const byCode = (errors: readonly { readonly code: string }[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { code } of errors) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};
