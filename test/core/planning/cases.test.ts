import { describe, expect, it } from 'vitest';
import type { PlanningSettings, SearchAttempt } from '../../../src/core/contracts/index.js';
import type { PlanAndWants } from '../../../src/core/planning/index.js';
import { toInstant } from '../../../src/core/time.js';
import {
  attempt,
  download,
  episodeIn,
  itemOf,
  lookup,
  neededIn,
  NOW,
  others,
  plan,
  played,
  playedAll,
  searched,
  SETTINGS,
  show,
  want,
  wanted,
  when,
  type Remembering,
  type Show,
} from './household.js';
import { planEpisodes } from '../../../src/core/planning/index.js';

interface Case {
  readonly n: number;
  readonly rule: string;
  readonly shows: () => readonly Show[];
  readonly settings?: Partial<PlanningSettings>;
  readonly remembered?: (shows: readonly Show[]) => Remembering;
  /** What is searched, in this order. */
  readonly searched: string;
  /** What else is in the plan, with the reason. */
  readonly others?: string;
  readonly also?: (result: PlanAndWants, shows: readonly Show[]) => void;
}

const ann = (text: string, label: string, at = '-1h'): Show => played(show('A', text), 'Ann', label, at);
const specialsWanted = { skipSpecials: false };

/** The matching itself is tested with the matching; here: what follows from a play's place in Sonarr. */
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
    n: 13,
    rule: 'a wanted special stands where it aired',
    shows: () => [ann('E1✓ E2✓ S0E1· E3-5·', 'E2')],
    settings: specialsWanted,
    searched: 'S0E1 E3 E4',
  },
  {
    n: 14,
    rule: 'a wanted special without air date',
    shows: () => [ann('E1✓ E2✓ S0E9?', 'E2')],
    settings: specialsWanted,
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
    n: 36,
    rule: 'searched 47 h ago and nothing found: cooling down',
    shows: () => [ann('E1✓ E2·', 'E1')],
    remembered: ([a]) => ({ attempts: a ? [attempt(a, 'E2', '-47h')] : [] }),
    searched: '',
    others: 'E2 cooling-down',
    also: (result) => expect(itemOf(result, 'E2').reason.until).toBe(toInstant(when('+1h'))),
  },
  {
    n: 36,
    rule: 'searched 49 h ago and nothing found: searched',
    shows: () => [ann('E1✓ E2·', 'E1')],
    remembered: ([a]) => ({ attempts: a ? [attempt(a, 'E2', '-49h')] : [] }),
    searched: 'E2',
  },
  {
    n: 38,
    rule: 'a budget of two searches: the seasons needed first',
    shows: () => ['A', 'B', 'C'].map((title, i) => played(show(title, 'E1✓ E2-4·'), 'Ann', 'E1', `-${i + 1}h`)),
    settings: { searchesPerRun: 2 },
    searched: 'A:E2 B:E2 A:E3 B:E3 A:E4 B:E4',
    others: 'E2 budget, E3 budget, E4 budget',
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
    n: 42,
    rule: 'monitoring is told and changes nothing',
    shows: () => [
      played(
        show('A', 'E1✓ E2·', { series: { monitored: false }, but: { E2: { monitored: false } } }),
        'Ann',
        'E1',
        '-1h',
      ),
    ],
    searched: 'E2',
    also: (result) => expect(itemOf(result, 'E2').monitored).toBe(false),
  },
  {
    n: 43,
    rule: 'a tag that excludes',
    shows: () => [played(show('A', 'E1✓ E2· E3·', { excluded: { by: 'tag', name: 'kids' } }), 'Ann', 'E1', '-1h')],
    searched: '',
    others: 'E2 excluded',
    also: (result) => {
      expect(itemOf(result, 'E2').reason.text).toContain('"kids"');
      expect(result.plan.threads).toMatchObject([{ state: 'excluded', viewer: { name: 'Ann' } }]);
    },
  },
  {
    n: 47,
    rule: 'not found, and its play has grown old: searched when the cool-down ends',
    shows: () => [ann('E1-5✓ E6-9·', 'E5', '-49h')].map((a) => inactive(a)),
    remembered: ([a]) => ({
      attempts: a ? [attempt(a, 'E6', '-48.1h')] : [],
      wants: a ? [want(a, 'Ann', 'E6', '-49h')] : [],
    }),
    searched: 'E6',
    also: (result, [a]) => expect(a && wanted(result, a)).toBe('E6'),
  },
  {
    n: 47,
    rule: 'not found, and its play has grown old: still cooling down, still wanted',
    shows: () => [ann('E1-5✓ E6-9·', 'E5', '-49h')].map((a) => inactive(a)),
    remembered: ([a]) => ({
      attempts: a ? [attempt(a, 'E6', '-30h')] : [],
      wants: a ? [want(a, 'Ann', 'E6', '-49h')] : [],
    }),
    searched: '',
    others: 'E6 cooling-down',
    also: (result, [a]) => expect(a && wanted(result, a)).toBe('E6'),
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
    shows: () => [played(playedAll(show('A', 'E1✓ E2-12·'), 'TV', tenInOrder(), '-10h'), 'TV', 'E1', '-2h')],
    searched: 'E2 E11 E12',
  },
  {
    n: 50,
    rule: 'a shared account that is not listed: and goes on to E2',
    shows: () => [playedAll(playedAll(show('A', 'E1✓ E2-12·'), 'TV', tenInOrder(), '-10h'), 'TV', 'E1 E2', '-1h')],
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
    n: 54,
    rule: 'a row that says "playing" since yesterday has ended',
    shows: () => [played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-24h', { playing: true, progress: 90 })],
    searched: 'E2',
    also: (result) => {
      expect(result.plan.threads).toMatchObject([{ playing: false }]);
      expect(neededIn(itemOf(result, 'E2'))).toBe(30);
    },
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
  {
    n: 59,
    rule: 'a play matched by its date stands at that number',
    shows: () => [played(show('A', 'E1-12·'), 'Ann', 'E7', '-1h', { season: 1, episode: 5 })],
    searched: 'E8 E9 E10',
  },
];

function tenInOrder(): string {
  return Array.from({ length: 10 }, (_, i) => `E${i + 1}`).join(' ');
}

/** Its plays are only remembered. */
function inactive(of: Show): Show {
  return { ...of, plays: of.plays.map((matched) => ({ ...matched, play: { ...matched.play, active: false } })) };
}

describe('planning cases', () => {
  it.each(CASES)('$n: $rule', ({ shows, settings, remembered, searched: searches, others: rest, also }) => {
    const all = shows();
    const result = plan(all, settings, remembered?.(all));
    expect(searched(result)).toBe(searches);
    if (rest !== undefined) expect(others(result)).toBe(rest);
    also?.(result, all);
  });

  it.each([29, 31, 34, 41])('%i: a play that matches nothing stays in the plan with its reason', () => {
    const [matched] = ann('E1✓', 'E1').plays;
    if (!matched) throw new Error('no play');
    const unmatched = [
      { play: matched.play, code: 'ambiguous-title' as const, text: 'two fit', candidates: ['X', 'Y'] },
    ];
    expect(planEpisodes(lookup([], {}, { unmatched }), SETTINGS, NOW).plan).toMatchObject({ unmatched, items: [] });
  });

  it('37: a search that failed is repeated after 15 min, then 30, then 60', () => {
    const until = (failures: number): string | null => {
      const a = ann('E1✓ E2·', 'E1');
      const failed: SearchAttempt = attempt(a, 'E2', '-1m', { outcome: 'failed', failures });
      return itemOf(plan([a], {}, { attempts: [failed] }), 'E2').reason.until;
    };
    expect([until(1), until(2), until(3)]).toEqual(['+14m', '+29m', '+59m'].map((t) => toInstant(when(t))));
  });

  it('39: a clock that was set back an hour repeats no search and blocks none for ever', () => {
    const a = ann('E1✓ E2·', 'E1', '-2h');
    const remembered = { attempts: [attempt(a, 'E2', '+1h', { outcome: 'failed', failures: 1 })] };
    const at = (time: string): string => searched(planEpisodes(lookup([a], remembered), SETTINGS, when(time)));
    expect([at('+0h'), at('+70m'), at('+76m')]).toEqual(['', '', 'E2']);
  });

  it('44: plays that the source filtered out are counted', () => {
    const filtered = { viewers: 3, libraries: 0, progress: 0 };
    expect(planEpisodes(lookup([], {}, { filtered }), SETTINGS, NOW).plan).toMatchObject({ filtered, items: [] });
  });

  it('46: the same input twice gives the same plan, and once all is grabbed nothing is searched', () => {
    const a = played(ann('E1✓ E2-9·', 'E1'), 'Bob', 'E4', '-3h');
    const first = plan([a]);
    expect(plan([a])).toEqual(first);
    const ids = new Set(first.plan.items.filter((i) => i.action === 'search').map((i) => i.episodeId));
    const grabbed = a.episodes.map((e) => (ids.has(e.id) ? { ...e, download: download('grabbed') } : e));
    const second = plan([{ ...a, episodes: grabbed }], {}, { wants: first.wants });
    expect(searched(second)).toBe('');
    expect(second.plan.items.map((i) => i.episodeId)).toEqual(first.plan.items.map((i) => i.episodeId));
    expect(second.wants).toEqual(first.wants);
  });
});
