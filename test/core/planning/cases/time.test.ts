import { describe, expect } from 'vitest';
import { toInstant } from '../../../../src/core/time.js';
import { episodeIn, itemOf, neededIn, NOW, played, show, want, wanted, when } from '../household.js';
import { ann, type Case, inactive, testEach } from './table.js';

/** What has aired, and when an episode is needed. */
const CASES: readonly Case[] = [
  {
    n: 9,
    rule: 'the next one to air is listed and wanted, the one after it is not',
    shows: () => [ann('E1-7✓ E8· E9⌛ E10⌛', 'E7')],
    searched: 'E8',
    others: 'E9 not-aired',
    also: (result, [a]) => {
      expect(itemOf(result, 'E9').reason.until).toBe(a && episodeIn(a, 'E9').airDateUtc);
      expect(a && wanted(result, a)).toBe('E8 E9');
    },
  },
  {
    n: 13,
    rule: 'a wanted special stands where it aired',
    shows: () => [ann('E1✓ E2✓ S0E1· E3-5·', 'E2')],
    settings: { skipSpecials: false },
    searched: 'S0E1 E3 E4',
  },
  {
    n: 14,
    rule: 'a wanted special without air date',
    shows: () => [ann('E1✓ E2✓ S0E9?', 'E2')],
    settings: { skipSpecials: false },
    searched: '',
    others: 'S0E9 no-air-date',
  },
  {
    n: 15,
    rule: 'aired ten minutes ago',
    shows: () => [
      played(show('A', 'E1✓ E2·', { but: { E2: { airDateUtc: toInstant(when('-10m')) } } }), 'Ann', 'E1', '-1h'),
    ],
    searched: 'E2',
  },
  {
    n: 16,
    rule: 'airs in ten minutes',
    shows: () => [
      played(show('A', 'E1✓ E2·', { but: { E2: { airDateUtc: toInstant(when('+10m')) } } }), 'Ann', 'E1', '-1h'),
    ],
    searched: '',
    others: 'E2 not-aired',
  },
  { n: 17, rule: 'no air date, but a later one has aired', shows: () => [ann('E1✓ E2? E3·', 'E1')], searched: 'E2 E3' },
  {
    n: 17,
    rule: 'no air date, but a later one has a file',
    shows: () =>
      [ann('E1✓ E2? E3⌛', 'E1')].map((a) => ({
        ...a,
        episodes: a.episodes.map((e) => (e.episode === 3 ? { ...e, hasFile: true, fileId: 3 } : e)),
      })),
    searched: 'E2',
  },
  {
    n: 18,
    rule: 'no air date and nothing after it has aired',
    shows: () => [ann('E1✓ E2? E3?', 'E1')],
    searched: '',
    others: 'E2 no-air-date',
  },
  {
    n: 24,
    rule: 'what is playing now is needed when it ends, the rest in half an hour',
    shows: () => [
      played(show('A', 'E1✓ E2-4·'), 'Ann', 'E1', '-40m', { playing: true, progress: 100 * (40 / 45), watched: false }),
      played(show('B', 'E1✓ E2-4·'), 'Ann', 'E1', '-24h'),
    ],
    settings: { episodesToCheck: 2 },
    searched: 'A:E2 B:E2 A:E3 B:E3',
    also: ({ plan: { items } }) => expect(items.map((i) => Math.round(neededIn(i) ?? -1))).toEqual([5, 30, 50, 75]),
  },
  {
    n: 25,
    rule: 'short episodes: one more until an hour can be watched',
    shows: () => [played(show('A', 'E1✓ E2-9·', { series: { runtime: 20 } }), 'Ann', 'E1', '-1h')],
    settings: { episodesToCheck: 2, checkOverflow: 3 },
    searched: 'E2 E3 E4',
  },
  {
    n: 26,
    rule: 'very short episodes: never more than the overflow allows',
    shows: () => [played(show('A', 'E1✓ E2-9·', { series: { runtime: 8 } }), 'Ann', 'E1', '-1h')],
    settings: { episodesToCheck: 2, checkOverflow: 3 },
    searched: 'E2 E3 E4 E5 E6',
  },
  {
    n: 27,
    rule: 'no runtime anywhere: half an hour each',
    shows: () => [played(show('A', 'E1✓ E2-9·', { series: { runtime: null } }), 'Ann', 'E1', '-1h')],
    settings: { episodesToCheck: 1, checkOverflow: 5 },
    searched: 'E2 E3',
    also: (result) => expect([itemOf(result, 'E2').runtime, neededIn(itemOf(result, 'E3'))]).toEqual([30, 60]),
  },
  {
    n: 48,
    rule: 'a weekly show: the want of last week has aired',
    shows: () => [
      inactive(
        played(show('A', 'E1-5✓ E6· E7⌛', { but: { E6: { airDateUtc: toInstant(NOW) } } }), 'Ann', 'E5', '-6.9d'),
      ),
    ],
    remembered: ([a]) => ({ wants: a ? [want(a, 'Ann', 'E6', '-6.9d')] : [] }),
    searched: 'E6',
    others: '',
  },
  {
    n: 54,
    rule: 'a row that says "playing" since yesterday has ended',
    shows: () => [played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-24h', { playing: true, progress: 90 })],
    searched: 'E2',
    also: (result) => {
      expect(result.plan.threads).toMatchObject([{ playing: false }]);
      expect(neededIn(itemOf(result, 'E2'))).toBe(30);
    },
  },
];

describe('planning cases', () => {
  testEach(CASES);
});
