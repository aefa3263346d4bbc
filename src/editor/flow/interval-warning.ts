import { RANGES } from '../../core/forms/index.js';
import { isVariable } from '../fields/check.js';
import type { FormNode } from '../red.js';
import { farInterval } from './interval.js';
import { upstreamOf } from './upstream.js';
import { type FlowNode, workspace } from './workspace.js';

const minutes = (value: unknown): number | null => {
  const written = typeof value === 'string' ? value.trim() : '';
  if (isVariable(written)) return null;
  const read = written === '' ? RANGES.execFrequency.fallback : Number(written);
  return Number.isFinite(read) ? read : null;
};

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** A line below the time between runs, while the timer that starts the flow says something else. */
export const showInterval = (node: FormNode): void => {
  const input = $('#node-input-execFrequency');
  if (input.length === 0) return;
  const id = 'node-input-execFrequency-warning';
  const line = $('<div class="plex-jit-hint plex-jit-warning" role="status">').attr('id', id);
  line.appendTo(input.closest('.plex-jit-value'));
  input.attr('aria-describedby', `${input.attr('aria-describedby') ?? ''} ${id}`.trim());
  const timers = upstreamOf(node, workspace)
    .map((one) => one as FlowNode)
    .filter(({ type, d }) => type === 'inject' && d !== true);
  const look = (): void => {
    const set = minutes(input.val());
    const interval = set === null ? null : farInterval(timers, set);
    line.text(interval === null ? '' : node._('warning.interval', { interval: rounded(interval), set: set ?? 0 }));
  };
  input.on('input change', look);
  look();
};
