/** Words that a setting may have; any other text is the user's own. */
const WORDS: ReadonlySet<unknown> = new Set([
  ...['pick', 'sonarr', 'any', 'usenet', 'until-file', 'for-good', 'never', 'high', 'force'],
  ...['off', 'summary', 'decisions', 'true', 'false', ''],
]);

/**
 * A setting without what a user wrote into it: numbers, switches and the package's own words as they are,
 * of lists and texts only how long they are.
 */
export function plain(value: unknown): unknown {
  if (value === undefined || value === null) return 'default';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return `${value.length} entries`;
  if (typeof value !== 'string') return typeof value;
  if (WORDS.has(value) || /^-?\d{1,12}(\.\d{1,6})?$/.test(value)) return value;
  if (/^\$[{(].*[})]$/.test(value.trim())) return 'from the environment';
  return `text of ${value.length} letters`;
}

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
