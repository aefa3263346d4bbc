const PART = /^(\d+)(?:-(\d+))?$/;

export const isRanges = (text: string): boolean =>
  text === 'all' || text === 'none' || text.split(',').every((part) => PART.test(part.trim()));

/** The numbers of `1-3,5`, `all` or `none` that exist, in their order. Throws `RangeError` on anything else. */
export const inRanges = (text: string, existing: readonly number[]): number[] => {
  const wanted = new Set(listRanges(text, existing));
  return existing.filter((n) => wanted.has(n));
};

/** All numbers of `1-3,5`, in that order, whether they exist or not; `all` is those that exist. Throws `RangeError` on anything else. */
export const listRanges = (text: string, existing: readonly number[]): number[] => {
  if (text === 'all') return [...existing];
  if (text === 'none') return [];
  return text.split(',').flatMap((part) => {
    const [, from, to] = PART.exec(part.trim()) ?? [];
    if (from === undefined) throw new RangeError(`"${text}" is no list of numbers such as 1-3,5`);
    const first = Number(from);
    const last = Number(to ?? from);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  });
};
