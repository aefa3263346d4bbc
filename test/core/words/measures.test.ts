import { describe, expect, it } from 'vitest';
import { humanDuration, humanSize, whenText } from '../../../src/core/words/measures.js';
import { DAY, HOUR, MINUTE, SECOND, toInstant } from '../../../src/core/time.js';

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [999_600, '1.0 MB'],
    [9_940_000, '9.9 MB'],
    [9_960_000, '10 MB'],
    [1_430_000_000, '1.4 GB'],
    [73_400_000_000, '73 GB'],
    [2.5e18, '2500 PB'],
  ])('%d is %s', (bytes, text) => {
    expect(humanSize(bytes)).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [40 * SECOND, '40 s'],
    [59.7 * SECOND, '1 min'],
    [12 * MINUTE, '12 min'],
    [HOUR, '1 h'],
    [125 * MINUTE, '2 h 5 min'],
    [DAY - SECOND, '1 day'],
    [30 * HOUR, '1 day 6 h'],
    [72 * HOUR, '3 days'],
    [-12 * MINUTE, '12 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });
});

describe('moments', () => {
  const now = Date.parse('2026-11-22T18:00:00Z');
  it.each([
    [10 * SECOND, 'now'],
    [12 * MINUTE, 'in 12 min'],
    [-2 * HOUR, '2 h ago'],
    [5 * DAY, 'in 5 days'],
    [8 * DAY, 'on 2026-11-30'],
    [-8 * DAY, 'on 2026-11-14'],
  ])('%d ms away is "%s"', (ms, text) => {
    expect(whenText(toInstant(now + ms), now)).toBe(text);
  });
});
