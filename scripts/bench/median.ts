/** Idle runs of which the median is told. */
export const IDLE_RUNS = 9;

/** Of at least one number; the mean of the two in the middle when their count is even. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, one) => sum + one, 0) / middle.length;
};
