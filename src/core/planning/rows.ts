/** Rows by key, keys and rows in the order in which they come. */
export function groupBy<K, T>(rows: readonly T[], keyOf: (row: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** By code units, so that the order is the same everywhere; instants made by `toInstant` compare as moments. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
