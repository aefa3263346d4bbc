import { describe, expect } from 'vitest';
import { played, playedAll, show } from '../household.js';
import { ann, type Case, testEach } from './table.js';

const TEN_IN_ORDER = Array.from({ length: 10 }, (_, i) => `E${i + 1}`).join(' ');

/** Where a viewer stands. The matching itself is tested with the matching; here: what follows from a play’s place in Sonarr. */
const CASES: readonly Case[] = [
  { n: 1, rule: 'the next three after a play', shows: () => [ann('E1✓ E2-5·', 'E1')], searched: 'E2 E3 E4' },
  {
    n: 2,
    rule: 'an episode on disk takes its place in the window',
    shows: () => [ann('E1✓ E2✓ E3· E4✓ E5·', 'E1')],
    searched: 'E3',
    others: 'E2 on-disk, E4 on-disk',
  },
  {
    n: 3,
    rule: 'what was watched and deleted does not come back',
    shows: () => [playedAll(show('A', 'E1✓ E2-7·'), 'Ann', 'E1 E2 E3', '-1h')],
    searched: 'E4 E5 E6',
    others: '',
  },
  {
    n: 4,
    rule: 'a re-watch is a thread of its own',
    shows: () => [played(ann('E1✓ E2-7·', 'E3', '-24h'), 'Ann', 'E1', '-1h')],
    searched: 'E2 E4 E5 E6',
    others: 'E3 watched',
  },
  {
    n: 5,
    rule: 'a play by mistake does not move the thread',
    shows: () => [playedAll(show('A', 'E1-8· S5E1-6·'), 'Ann', 'E2 S5E1 E3', '-1h')],
    searched: 'E4 S5E2 E5 S5E3 E6 S5E4',
  },
  {
    n: 6,
    rule: 'two viewers at different places, Bob played last',
    shows: () => [played(ann('E1✓ E2-4· E5✓ E6-9·', 'E5', '-3h'), 'Bob', 'E1', '-1h')],
    searched: 'E2 E6 E3 E7 E4 E8',
  },
  {
    n: 6,
    rule: 'two viewers at different places, Ann played last',
    shows: () => [played(ann('E1✓ E2-4· E5✓ E6-9·', 'E5', '-1h'), 'Bob', 'E1', '-3h')],
    searched: 'E6 E2 E7 E3 E8 E4',
  },
  { n: 7, rule: 'over the end of a season', shows: () => [ann('E1-3✓ S2E1-2·', 'E3')], searched: 'S2E1 S2E2' },
  {
    n: 8,
    rule: 'the end of a series that has ended',
    shows: () => [played(show('A', 'E1-3✓', { series: { status: 'ended' } }), 'Ann', 'E3', '-1h')],
    searched: '',
    others: '',
    also: ({ plan: { threads } }) => expect(threads).toMatchObject([{ state: 'end-of-series', episode: 3 }]),
  },
  { n: 10, rule: 'a gap in the numbers', shows: () => [ann('E1✓ E2✓ E5·', 'E2')], searched: 'E5' },
  {
    n: 11,
    rule: 'a position inside a file of two episodes is at its end',
    shows: () => [ann('E1✓ E2+E3✓ E4-7·', 'E2')],
    searched: 'E4 E5 E6',
    others: '',
  },
  {
    n: 12,
    rule: 'a special is the only play: what follows its place',
    shows: () => [ann('E1-2✓ S2E1-2✓ S0E3✓ S3E1-4·', 'S0E3')],
    searched: 'S3E1 S3E2 S3E3',
  },
  {
    n: 32,
    rule: 'a play matched by its absolute number stands where Sonarr has it',
    shows: () => [played(show('A', 'E25-26✓ S2E1✓ S2E2-5·'), 'Ann', 'S2E1', '-1h', { season: 1, episode: 27 })],
    searched: 'S2E2 S2E3 S2E4',
  },
  {
    n: 33,
    rule: 'a play with a date and no number stands where Sonarr has that date',
    shows: () => [
      played(show('A', 'E1✓ E2· E3·', { series: { type: 'daily' } }), 'Ann', 'E1', '-1h', {
        season: null,
        episode: null,
      }),
    ],
    searched: 'E2 E3',
  },
  {
    n: 35,
    rule: '25 plays of one show make one thread',
    shows: () => [
      playedAll(show('A', 'E1-30·'), 'Ann', Array.from({ length: 25 }, (_, i) => `E${i + 1}`).join(' '), '-1h'),
    ],
    searched: 'E26 E27 E28',
    also: ({ plan: { threads } }) => expect(threads).toHaveLength(1),
  },
  {
    n: 40,
    rule: 'a play that is only remembered opens nothing',
    shows: () => [
      played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-47h'),
      played(show('B', 'E1✓ E2·'), 'Ann', 'E1', '-49h', { active: false }),
    ],
    searched: 'E2',
    also: ({ plan: { threads } }) => expect(threads.map((t) => t.series.title)).toEqual(['A']),
  },
  {
    n: 49,
    rule: 'auto-played in her sleep: back at E2, the next one always comes',
    shows: () => [played(playedAll(show('A', 'E1-9·'), 'Ann', 'E1 E2 E3 E4 E5', '-8h'), 'Ann', 'E2', '-2h')],
    searched: 'E3 E6 E7 E8',
    others: 'E4 watched, E5 watched',
  },
  {
    n: 49,
    rule: 'auto-played in her sleep: after the second play she is re-watching',
    shows: () => [playedAll(playedAll(show('A', 'E1-9·'), 'Ann', 'E1 E2 E3 E4 E5', '-8h'), 'Ann', 'E2 E3', '-1h')],
    searched: 'E4 E6 E5 E7 E8',
    others: '',
  },
  {
    n: 50,
    rule: 'a shared account that is not listed: somebody starts E1',
    shows: () => [played(playedAll(show('A', 'E1✓ E2-12·'), 'TV', TEN_IN_ORDER, '-10h'), 'TV', 'E1', '-2h')],
    searched: 'E2 E11 E12',
  },
  {
    n: 50,
    rule: 'a shared account that is not listed: and goes on to E2',
    shows: () => [playedAll(playedAll(show('A', 'E1✓ E2-12·'), 'TV', TEN_IN_ORDER, '-10h'), 'TV', 'E1 E2', '-1h')],
    searched: 'E3 E11 E4 E12 E5',
  },
  {
    n: 51,
    rule: 'in no order: one unit after the latest play',
    shows: () => [playedAll(show('A', 'E1-200·'), 'Kid', 'E120 E7 E180 E33 E90 E150 E12 E61 E199 E44 E101 E20', '-1h')],
    settings: { checkOverflow: 3 },
    searched: 'E21',
    also: ({ plan: { threads } }) => expect(threads).toMatchObject([{ state: 'out-of-order', episode: 20 }]),
  },
  {
    n: 52,
    rule: 'a special that aired last does not move the thread',
    shows: () => [playedAll(show('A', 'E1-9· S0E1✓'), 'Ann', 'E3 S0E1', '-1h')],
    searched: 'E4 E5 E6',
  },
  {
    n: 53,
    rule: 'a play of 40 seconds does not count yet',
    shows: () => [played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-0.667m', { playing: true, progress: 1, watched: false })],
    searched: '',
    others: '',
    also: ({ plan: of }) => {
      expect(of.threads).toEqual([]);
      expect(of.filtered.progress).toBe(1);
    },
  },
  {
    n: 53,
    rule: 'a play of two minutes counts',
    shows: () => [played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-2m', { playing: true, progress: 4, watched: false })],
    searched: 'E2',
  },
  {
    n: 59,
    rule: 'a play matched by its date stands at that number',
    shows: () => [played(show('A', 'E1-12·'), 'Ann', 'E7', '-1h', { season: 1, episode: 5 })],
    searched: 'E8 E9 E10',
  },
];

describe('planning cases', () => {
  testEach(CASES);
});
