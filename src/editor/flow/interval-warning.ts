import { isVariable, RANGES, readNumber } from '../../core/forms/index.js';
import { warning } from '../fields/warning.js';
import type { FormNode } from '../red.js';
import { farInterval } from './interval.js';
import { upstreamOf } from './upstream.js';
import { type FlowNode, workspace } from './workspace.js';

const minutes = (value: unknown): number | null => {
  const written = typeof value === 'string' ? value.trim() : '';
  if (isVariable(written)) return null;
  return written === '' ? RANGES.execFrequency.fallback : readNumber(written);
};

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** A line below the time between runs, while the timer that starts the flow says something else. */
export const showInterval = (node: FormNode): void => {
  const input = $('#node-input-execFrequency');
  if (input.length === 0) return;
  const timers = upstreamOf(node, workspace)
    .map((one) => one as FlowNode)
    .filter(({ type, d }) => type === 'inject' && d !== true);
  warning(input, () => {
    const set = minutes(input.val());
    const interval = set === null ? null : farInterval(timers, set);
    return interval === null ? '' : node._('warning.interval', { interval: rounded(interval), set: set ?? 0 });
  });
};
