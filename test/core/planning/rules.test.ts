import { describe, expect, it } from 'vitest';
import { REASONS, type LookAheadRule } from '../../../src/core/contracts/index.js';
import { searchesNeeded } from '../../../src/core/planning/budget.js';
import { planInSteps, reasonFor } from '../../../src/core/planning/index.js';
import { toInstant } from '../../../src/core/time.js';
import {
  download,
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
  when,
} from './household.js';

const at = (text: string, label: string) => played(show('A', text), 'Ann', label, '-1h');

describe('faults of the reference that are not repeated', () => {
  it('B3: three episodes to check after E1 are E2, E3, E4', () =>
    expect(searched(plan([at('E1✓ E2-9·', 'E1')]))).toBe('E2 E3 E4'));

  it('B7: the order of the rows does not matter', () => {
    const a = at('E1✓ E2-5·', 'E1');
    expect(searched(plan([{ ...a, episodes: [...a.episodes].reverse() }]))).toBe('E2 E3 E4');
  });

  it('B10: a failed or blocked download is told as such, not as queued', () => {
    const but = { E2: { download: download('failed', { messages: ['Aborted'] }) } };
    const result = plan([played(show('A', 'E1✓ E2· E3✗', { but }), 'Ann', 'E1', '-1h')]);
    expect(others(result)).toBe('E2 failed, E3 blocked');
    expect(itemOf(result, 'E2').reason.text).toContain('"Aborted"');
  });

  it('B11: several plays of one viewer lead to one window, after the furthest', () =>
    expect(searched(plan([playedAll(show('A', 'E1-9·'), 'Ann', 'E1 E2 E3', '-1h')]))).toBe('E4 E5 E6'));

  it('B12: what is on its way and what is searched stand in one order', () => {
    const { items } = plan([at('E1✓ E2· E3↓ E4·', 'E1')]).plan;
    expect(items.map((item) => `${item.episode} ${item.action}`)).toEqual(['2 search', '3 prioritise', '4 search']);
  });

  it('B20: aired an hour ago counts as aired, no air date before aired ones too', () => {
    const but = { E2: { airDateUtc: toInstant(when('-1h')) }, E3: { airDate: null, airDateUtc: null } };
    expect(searched(plan([played(show('A', 'E1✓ E2· E3· E4·', { but }), 'Ann', 'E1', '-1h')]))).toBe('E2 E3 E4');
  });

  it('B21: unaired episodes take no place in the window', () =>
    expect(searched(plan([at('E1✓ E2⌛ E3⌛ E4-7·', 'E1')]))).toBe('E4 E5 E6'));
});

describe('threads', () => {
  it('the three latest of a viewer and series count', () => {
    const a = playedAll(show('A', 'E1-40·'), 'Ann', 'E30 E20 E10 E1', '-1h');
    expect(plan([a]).plan.threads.map((t) => t.episode)).toEqual([1, 10, 20]);
  });

  it('a skip forward is the same thread, the same episode again too', () => {
    const a = playedAll(show('A', 'E1-40·'), 'Ann', 'E1 E9 E9', '-1h');
    expect(plan([a]).plan.threads.map((t) => t.episode)).toEqual([9]);
  });

  it('plays that began at the same moment are ordered by their stop, then their id', () => {
    const a = show('A', 'E1-9·');
    played(a, 'Ann', 'E2', '-2h', { id: 2, stoppedAt: toInstant(when('-1h')) });
    played(a, 'Ann', 'E1', '-2h', { id: 3, stoppedAt: toInstant(when('-90m')) });
    expect(plan([a]).plan.threads.map((t) => t.episode)).toEqual([2]);
  });

  it('a play without place in the series is told and leads nowhere', () => {
    const a = played(show('A', 'E1✓ E2· S0E9?'), 'Ann', 'S0E9', '-1h');
    const result = plan([a]);
    expect(result.plan.items).toEqual([]);
    expect(result.plan.threads).toMatchObject([{ season: 0, episode: 9, state: 'watching', window: [] }]);
  });

  it('an excluded series of which nothing was read is told too', () => {
    const a = { ...at('E1✓ E2·', 'E1'), episodes: [], excluded: { by: 'list' as const, name: 'A' } };
    expect(plan([a]).plan.threads).toMatchObject([{ season: 1, episode: 1, state: 'excluded' }]);
  });

  it('up to date: what airs next is told', () => {
    const [thread] = plan([at('E1✓ E2⌛', 'E1')]).plan.threads;
    expect(thread).toMatchObject({ state: 'up-to-date', text: expect.stringContaining('S01E02') as string });
    expect(plan([at('E1✓', 'E1')]).plan.threads).toMatchObject([{ state: 'up-to-date' }]);
  });

  it('a special of the same day stands after the episode, several by their dates', () => {
    const airDateUtc = '2015-01-08T22:00:00.000Z';
    const but = { S0E7: { airDateUtc, airDate: '2015-01-08' } };
    const a = played(show('A', 'E1✓ E2✓ S0E2· E3· S0E7·', { but }), 'Ann', 'E2', '-1h');
    expect(searched(plan([a], { skipSpecials: false }))).toBe('S0E7 S0E2 E3');
  });

  it('specials between two episodes do not make the order look random', () => {
    const specials = (from: number) => [1, 2, 3, 4].map((n) => `S0E${from + n}✓`).join(' ');
    const text = [1, 2, 3, 4, 5, 6, 7].map((n) => `E${n}✓ ${specials(n * 10)}`).join(' ');
    const a = playedAll(show('A', text), 'Ann', 'E1 E2 E3 E4 E5 E6', '-1h');
    expect(plan([a]).plan.threads).toMatchObject([{ state: 'watching' }]);
  });

  it('four steps say nothing about an order, five do', () => {
    const five = playedAll(show('A', 'E1-99·'), 'Kid', 'E60 E7 E80 E33 E90', '-1h');
    expect(plan([five]).plan.threads.map((t) => t.state)).toEqual(['watching', 'watching']);
    // Two of five steps lead elsewhere: 40 % and not more.
    const some = playedAll(show('A', 'E1-99·'), 'Kid', 'E50 E51 E30 E31 E10 E11', '-1h');
    expect(plan([some]).plan.threads).toHaveLength(3);
    const six = playedAll(show('A', 'E1-99·'), 'Kid', 'E60 E7 E80 E33 E90 E50', '-1h');
    expect(plan([six]).plan.threads).toMatchObject([{ state: 'out-of-order', episode: 50 }]);
  });

  it('seeing the same episode again and again is no disorder', () => {
    const again = playedAll(show('A', 'E1-99·'), 'Kid', 'E7 E7 E7 E7 E7 E7 E7', '-1h');
    expect(plan([again]).plan.threads).toMatchObject([{ state: 'watching', episode: 7 }]);
  });
});

describe('watched before', () => {
  it('never holds for an account that is named as shared, by name or id', () => {
    const a = () => played(playedAll(show('A', 'E1✓ E2-9·'), 'TV', 'E1 E2 E3', '-9h'), 'TV', 'E1', '-1h');
    const first = (sharedViewers: string[]) => searched(plan([a()], { sharedViewers }));
    expect(first([])).toBe('E2 E4 E5 E6');
    expect(first(['tv'])).toBe(first(['id of TV']));
    expect(first(['tv'])).toBe('E2 E4 E3 E5 E6');
  });

  it('another viewer gets what the first has watched', () => {
    const a = playedAll(show('A', 'E1✓ E2-4·'), 'Ann', 'E1 E2 E3 E4', '-9h');
    expect(searched(plan([played(a, 'Bob', 'E1', '-1h')]))).toBe('E2 E3 E4');
  });

  it('a play that was not watched to its end leaves nothing out', () => {
    const a = playedAll(show('A', 'E1✓ E2-5·'), 'Ann', 'E1 E2 E3', '-9h', { watched: false });
    expect(others(plan([played(a, 'Ann', 'E1', '-1h')]))).toBe('');
  });

  it('what is only remembered counts as well', () => {
    const a = playedAll(show('A', 'E1✓ E2-6·'), 'Ann', 'E1 E2 E3', '-20d', { active: false });
    const result = plan([played(a, 'Ann', 'E1', '-1h')]);
    expect([searched(result), others(result)]).toEqual(['E2 E4 E5', 'E3 watched']);
  });
});

describe('rules for another look-ahead', () => {
  const rule = (of: LookAheadRule['for'], name: string, episodesToCheck: number): LookAheadRule => ({
    for: of,
    name,
    episodesToCheck,
  });
  const a = () => played(show('A', 'E1✓ E2-9·', { tagLabels: ['kids'] }), 'Ann', 'E1', '-1h');

  it.each([
    rule('viewer', 'ann', 1),
    rule('viewer', 'id of Ann', 1),
    rule('library', 'TV', 1),
    rule('library', '2', 1),
    rule('tag', 'Kids', 1),
  ])('by $for "$name"', (one) => expect(searched(plan([a()], { rules: [one] }))).toBe('E2'));

  it('the first that fits counts', () => {
    const rules = [rule('viewer', 'Bob', 5), rule('tag', 'kids', 2), rule('viewer', 'Ann', 1)];
    expect(searched(plan([a()], { rules }))).toBe('E2 E3');
  });

  it('none at all excludes, and names what does', () => {
    const result = plan([a()], { rules: [rule('viewer', 'Ann', 0)] });
    expect(others(result)).toBe('E2 excluded');
    expect(itemOf(result, 'E2')).toMatchObject({
      neededBy: null,
      reason: { text: 'Excluded by the rule for viewer "Ann"' },
    });
    expect(result.wants).toEqual([]);
  });

  it('an exclusion of one viewer takes nothing from another', () => {
    const result = plan([played(a(), 'Bob', 'E1', '-2h')], { rules: [rule('viewer', 'Ann', 0)] });
    expect(searched(result)).toBe('E2 E3 E4');
    expect(itemOf(result, 'E2').viewers.map((v) => v.name)).toEqual(['Bob']);
  });
});

describe('watching time', () => {
  const runtimes = (...minutes: (number | null)[]) =>
    Object.fromEntries(minutes.map((runtime, i) => [`E${i + 1}`, { runtime }]));

  it('is the episode’s own, else the series’, else the median of the others', () => {
    const own = played(show('A', 'E1✓ E2-4·', { but: runtimes(45, 20, null) }), 'Ann', 'E1', '-1h');
    expect(plan([own]).plan.items.map((i) => i.runtime)).toEqual([20, 45, 45]);
    const none = show('A', 'E1✓ E2-4·', { series: { runtime: null }, but: runtimes(70, 20, null, 25) });
    const zero = played(show('A', 'E1✓ E2·', { series: { runtime: 0 }, but: runtimes(0, -5) }), 'Ann', 'E1', '-1h');
    expect(itemOf(plan([zero]), 'E2').runtime).toBe(30);
    expect(itemOf(plan([played(none, 'Ann', 'E1', '-1h')]), 'E3').runtime).toBe(25);
  });

  it('what is left of the playing episode counts', () => {
    const playing = (progress: number) =>
      plan(
        [played(show('A', 'E1✓ E2-9·', { series: { runtime: 20 } }), 'Ann', 'E1', '-10m', { playing: true, progress })],
        { episodesToCheck: 2, checkOverflow: 3 },
      );
    expect(searched(playing(0))).toBe('E2 E3');
    expect(searched(playing(50))).toBe('E2 E3 E4');
  });

  it('what cannot be watched soon does not count', () => {
    const but = { E2: { download: download('failed') } };
    const a = played(show('A', 'E1✓ E2-9·', { but }), 'Ann', 'E1', '-1h');
    expect(searched(plan([a], { episodesToCheck: 2, checkOverflow: 3 }))).toBe('E3 E4');
  });
});

describe('need', () => {
  it('of what is still to air is not before it airs', () => {
    expect(neededIn(itemOf(plan([at('E1✓ E2⌛', 'E1')]), 'E2'))).toBe(8 * 24 * 60);
  });

  it('does not wait for what is still to air', () => {
    expect(neededIn(itemOf(plan([at('E1✓ E2⌛ E3·', 'E1')]), 'E3'))).toBe(30);
  });

  it('of both episodes of a file is the same', () => {
    const { items } = plan([at('E1✓ E2+E3✓ E4·', 'E1')]).plan;
    expect(items.map(neededIn)).toEqual([30, 30, 120]);
  });

  it('an episode with a file or on its way takes its place although its air date lies ahead', () => {
    const but = { E2: { airDateUtc: toInstant(when('+1d')) }, E3: { airDateUtc: toInstant(when('+2d')) } };
    const a = played(show('A', 'E1✓ E2✓ E3↓ E4·', { but }), 'Ann', 'E1', '-1h');
    expect(others(plan([a]))).toBe('E2 on-disk, E3 downloading');
  });
});

describe('budget', () => {
  it('one search serves a season, but not of anime nor specials', () => {
    const count = (text: string, type: 'standard' | 'anime') =>
      searchesNeeded(
        plan([played(show('A', text, { series: { type } }), 'Ann', 'E1', '-1h')], { skipSpecials: false }).plan.items,
      );
    expect(count('E1✓ E2-3· S2E1·', 'standard')).toBe(2);
    expect(count('E1✓ E2-4·', 'anime')).toBe(3);
    expect(count('E1✓ S0E1· S0E2· E2·', 'standard')).toBe(3);
  });

  it('what was searched today is no longer there to be spent', () => {
    const a = () => played(show('A', 'E1✓ E2-4·', { series: { type: 'anime' } }), 'Ann', 'E1', '-1h');
    const today = (searchesToday: number) => plan([a()], { searchesPerDay: 50 }, { searchesToday });
    expect([searched(today(47)), searched(today(48)), searched(today(99))]).toEqual(['E2 E3 E4', 'E2 E3', '']);
    expect(itemOf(today(48), 'E4').reason.text).toBe(
      'Left for a later run: at most 50 searches per day, one for all episodes of a season',
    );
    const once = plan([a()], { searchesPerRun: 1 });
    expect(itemOf(once, 'E3').reason.text).toBe(
      'Left for a later run: at most 1 search per run, one for all episodes of a season',
    );
  });
});

describe('reasons', () => {
  it.each(REASONS)('%s has a sentence with and without facts', (code) => {
    const facts = { until: NOW, by: 'a rule', download: download('blocked', { messages: ['No', 'Never'] }) };
    for (const { text } of [reasonFor(code), reasonFor(code, facts)]) {
      expect(text).toMatch(/^[A-Z]/);
      expect(text).not.toMatch(/undefined|null|NaN|\s$/);
    }
  });

  it('a blocked import quotes all that Sonarr says, a cool-down says until when', () => {
    expect(reasonFor('blocked', { download: download('blocked', { messages: ['No', 'Never'] }) }).text).toBe(
      'Its import is blocked, Sonarr says: "No", "Never"',
    );
    expect(reasonFor('blocked', { download: download('blocked') }).text).toBe('Its import is blocked');
    expect(reasonFor('queued', { download: { ...download('queued'), timeLeft: 26 * 86_400 } }).text).toBe(
      'In the download queue, 26 days left',
    );
    expect(reasonFor('cooling-down', { until: NOW, by: 'x' })).toEqual({
      code: 'cooling-down',
      text: 'No new search before 2026-11-22 12:00 UTC: x',
      until: '2026-11-22T12:00:00.000Z',
    });
  });
});

describe('a plan in steps', () => {
  it('pauses after each series', () => {
    const shows = ['A', 'B', 'C'].map((title) => played(show(title, 'E1✓ E2·'), 'Ann', 'E1', '-1h'));
    const steps = planInSteps(lookup(shows), SETTINGS, NOW);
    expect([1, 2, 3].map(() => steps.next().done)).toEqual([false, false, false]);
    expect(steps.next()).toMatchObject({ done: true, value: { plan: { items: { length: 3 } } } });
  });
});
