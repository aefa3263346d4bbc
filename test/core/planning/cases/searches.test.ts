import { describe, expect, it } from 'vitest';
import type { SearchAttempt } from '../../../../src/core/contracts/index.js';
import { toInstant } from '../../../../src/core/time.js';
import {
  attempt,
  download,
  itemOf,
  lookup,
  NOW,
  plan,
  planEpisodes,
  played,
  searched,
  SETTINGS,
  show,
  want,
  wanted,
  when,
} from '../household.js';
import { ann, type Case, inactive, testEach } from './table.js';

/** What is searched again, later or not at all. */
const CASES: readonly Case[] = [
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
];

describe('planning cases', () => {
  testEach(CASES);

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
