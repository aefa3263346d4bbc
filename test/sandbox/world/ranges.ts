const PART = /^(\d+)(?:-(\d+))?$/;

export const isRanges = (text: string): boolean =>
  text === 'all' || text === 'none' || text.split(',').every((part) => PART.test(part.trim()));

/** Numbers of `1-3,5`, `all` or `none` among those that exist; in their order. Throws `RangeError` on anything else. */
export const inRanges = (text: string, numbers: readonly number[]): number[] => {
  if (text === 'all') return [...numbers];
  const wanted = new Set(listRanges(text));
  return numbers.filter((n) => wanted.has(n));
};

/** All numbers of `1-3,5`, in that order; of `none` none. Throws `RangeError` on anything else. */
export const listRanges = (text: string): number[] => {
  if (text === 'none') return [];
  return text.split(',').flatMap((part) => {
    const [, from, to] = PART.exec(part.trim()) ?? [];
    if (from === undefined) throw new RangeError(`"${text}" is no list of numbers such as 1-3,5`);
    const first = Number(from);
    const last = Number(to ?? from);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  });
};
