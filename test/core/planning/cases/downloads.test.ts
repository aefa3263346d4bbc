import { describe, expect } from 'vitest';
import { toInstant } from '../../../../src/core/time.js';
import { download, itemOf, played, show, when } from '../household.js';
import { ann, type Case, testEach } from './table.js';

/** What is on its way, or was. */
const CASES: readonly Case[] = [
  {
    n: 19,
    rule: 'what is on its way is prioritised, and comes before what is searched',
    shows: () => [ann('E1✓ E2↓ E3·', 'E1')],
    searched: 'E3',
    also: ({ plan: { items } }) =>
      expect(items.map((i) => [i.episode, i.action])).toEqual([
        [2, 'prioritise'],
        [3, 'search'],
      ]),
  },
  {
    n: 20,
    rule: "a blocked import is not searched and quotes Sonarr's words",
    shows: () => [ann('E1✓ E2✗', 'E1')],
    searched: '',
    others: 'E2 blocked',
    also: (result) => {
      expect(itemOf(result, 'E2').reason.text).toContain('"Not an upgrade"');
      expect(itemOf(result, 'E2')).toMatchObject({ action: 'none', downloadId: null });
    },
  },
  {
    n: 21,
    rule: 'a held-back item without job is waiting',
    shows: () => [
      played(
        show('A', 'E1✓ E2· E3·', { but: { E2: { download: download('waiting', { downloadId: null }) } } }),
        'Ann',
        'E1',
        '-1h',
      ),
    ],
    searched: 'E3',
    others: 'E2 waiting',
  },
  {
    n: 22,
    rule: 'a torrent belongs to another client',
    shows: () => [
      played(
        show('A', 'E1✓ E2·', { but: { E2: { download: download('downloading', { protocol: 'torrent' }) } } }),
        'Ann',
        'E1',
        '-1h',
      ),
    ],
    searched: '',
    others: 'E2 other-client',
    also: (result) => expect(itemOf(result, 'E2').action).toBe('none'),
  },
  {
    n: 23,
    rule: 'a pack on its way: every episode of the window shows the one job',
    shows: () => [
      played(
        show('A', 'E1✓ E2-8·', {
          but: Object.fromEntries([2, 3, 4, 5, 6, 7, 8].map((n) => [`E${n}`, { download: download('downloading') }])),
        }),
        'Ann',
        'E1',
        '-1h',
      ),
    ],
    searched: '',
    others: 'E2 downloading, E3 downloading, E4 downloading',
    also: ({ plan: { items } }) => expect(new Set(items.map((i) => i.downloadId)).size).toBe(1),
  },
  {
    n: 55,
    rule: 'a grab that failed 20 min ago: searched again',
    shows: () => [
      played(show('A', 'E1✓ E2·', { but: { E2: { grabFailedAt: toInstant(when('-20m')) } } }), 'Ann', 'E1', '-1h'),
    ],
    searched: 'E2',
  },
  {
    n: 55,
    rule: 'a grab that failed 10 min ago: in 5 min',
    shows: () => [
      played(show('A', 'E1✓ E2·', { but: { E2: { grabFailedAt: toInstant(when('-10m')) } } }), 'Ann', 'E1', '-1h'),
    ],
    searched: '',
    others: 'E2 cooling-down',
    also: (result) => expect(itemOf(result, 'E2').reason.until).toBe(toInstant(when('+5m'))),
  },
  {
    n: 56,
    rule: 'grabbed and not in the queue yet',
    shows: () => [
      played(
        show('A', 'E1✓ E2· E3·', {
          but: { E2: { download: download('grabbed', { downloadId: null }) }, E3: { download: download('grabbed') } },
        }),
        'Ann',
        'E1',
        '-1h',
      ),
    ],
    searched: '',
    others: 'E2 grabbed, E3 grabbed',
    also: (result) =>
      expect([itemOf(result, 'E2').action, itemOf(result, 'E3').action]).toEqual(['none', 'prioritise']),
  },
  {
    n: 57,
    rule: 'one grab that holds two episodes: both are on their way',
    shows: () => [
      played(
        show('A', 'E1✓ E2-4·', {
          but: { E2: { download: download('grabbed') }, E3: { download: download('grabbed') } },
        }),
        'Ann',
        'E1',
        '-1h',
      ),
    ],
    searched: 'E4',
    others: 'E2 grabbed, E3 grabbed',
  },
];

describe('planning cases', () => {
  testEach(CASES);
});
