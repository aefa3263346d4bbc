/** Keys whose values may be of these types, whatever was recorded. */
export type Unions = Readonly<Record<string, readonly string[]>>;

/**
 * Where `ours` differs from what was recorded in its fields or their types: one line per difference, none when alike.
 * An element of a list has to be like one of the recorded elements; an empty recorded list says nothing.
 */
export const shapeDifferences = (recorded: unknown, ours: unknown, unions: Unions, path = ''): readonly string[] => {
  const [theirs, mine] = [typeName(recorded), typeName(ours)];
  const allowed = unions[path.split('.').at(-1)?.replace('[]', '') ?? ''];
  if (allowed?.includes(mine) === true) return [];
  if (theirs !== mine) return [`${path}: ${mine} instead of ${theirs}`];
  if (Array.isArray(recorded) && Array.isArray(ours)) return listDifferences(recorded, ours, unions, path);
  if (isObject(recorded) && isObject(ours)) return objectDifferences(recorded, ours, unions, path);
  return [];
};

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

const isObject = (value: unknown): value is Record<string, unknown> => typeName(value) === 'object';

const listDifferences = (
  recorded: readonly unknown[],
  ours: readonly unknown[],
  unions: Unions,
  path: string,
): readonly string[] => {
  if (recorded.length === 0) return [];
  return ours.flatMap((element) => {
    const found = recorded.map((sample) => shapeDifferences(sample, element, unions, `${path}[]`));
    return found.some((differences) => differences.length === 0) ? [] : (found[0] ?? []);
  });
};

const objectDifferences = (
  recorded: Record<string, unknown>,
  ours: Record<string, unknown>,
  unions: Unions,
  path: string,
): readonly string[] => {
  const missing = Object.keys(recorded).filter((key) => !(key in ours));
  const added = Object.keys(ours).filter((key) => !(key in recorded));
  const common = Object.keys(recorded).filter((key) => key in ours);
  return [
    ...missing.map((key) => `${path}.${key}: missing`),
    ...added.map((key) => `${path}.${key}: not recorded`),
    ...common.flatMap((key) => shapeDifferences(recorded[key], ours[key], unions, `${path}.${key}`)),
  ];
};
