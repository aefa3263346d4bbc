import { describe, expect, it } from 'vitest';
import type { Episode, OpenWant } from '../../../src/core/contracts/index.js';
import { episodesToRead, windowReachesEnd } from '../../../src/core/planning/index.js';
import { labelOf, NOW, plan, played, searched, show, want, withStale, type Show } from './household.js';

const read = (shows: readonly Show[], unitsRead = 24, wants: readonly OpenWant[] = []): string[] => {
  const byId = new Map(shows.flatMap((s) => s.episodes.map((e): [number, Episode] => [e.id, e])));
  const ids = shows.flatMap((one) => [...episodesToRead(one, wants, { unitsRead }, NOW)]);
  return ids.map((id) => {
    const episode = byId.get(id);
    return episode ? labelOf(episode) : 'unknown';
  });
};

const range = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `E${from + i}`);

describe('what is read afresh', () => {
  it('the units after the position, not the position itself', () => {
    expect(read([played(show('A', 'E1-60·'), 'Ann', 'E5', '-1h')])).toEqual(range(6, 29));
  });

  it('each episode once, however many threads lead to it', () => {
    const a = played(played(show('A', 'E1-60·'), 'Ann', 'E5', '-1h'), 'Bob', 'E7', '-1h');
    expect(read([a])).toEqual(range(6, 31));
  });

  it('16 threads fit into one request of 400 ids', () => {
    const shows = Array.from({ length: 16 }, (_, n) => played(show(`S${n}`, 'E1-60·'), 'Ann', 'E5', '-1h'));
    expect(read(shows)).toHaveLength(384);
  });

  it('a file of two episodes is one unit', () => {
    expect(read([played(show('A', 'E1· E2+E3✓ E4-9·'), 'Ann', 'E1', '-1h')], 3)).toEqual(range(2, 5));
  });

  it('specials stand where they aired, and are a third at most', () => {
    const specials = Array.from({ length: 30 }, (_, i) => `S0E${i + 1}·`).join(' ');
    const ids = read([played(show('A', `E1-2· ${specials} S2E1-30·`), 'Ann', 'E2', '-1h')]);
    expect(ids.filter((label) => label.startsWith('S0'))).toHaveLength(8);
    expect(ids.filter((label) => label.startsWith('S2'))).toHaveLength(16);
  });

  it('open wants, wherever they are, but not those of episodes that Sonarr no longer has', () => {
    const a = show('A', 'E1-60·');
    const gone = { ...want(a, 'Ann', 'E40', '-3d'), episodeId: 1 };
    expect(read([a], 24, [want(a, 'Ann', 'E40', '-3d'), gone])).toEqual(['E40']);
  });

  it('nothing for plays that are only remembered or have just begun', () => {
    const a = played(show('A', 'E1-9·'), 'Ann', 'E1', '-9d', { active: false });
    expect(read([played(a, 'Bob', 'E5', '-1m', { playing: true })])).toEqual([]);
  });
});

describe('a plan stays within what was read afresh', () => {
  it('a window that would reach beyond says so and stops', () => {
    const a = played(show('A', 'E1-60·'), 'Ann', 'E5', '-1h');
    const result = plan([a], { episodesToCheck: 30 });
    expect(searched(result).split(' ')).toEqual(range(6, 29));
    expect(result.plan.notes).toEqual([expect.stringContaining('24 units')]);
  });

  it('a window that ends there has nothing to say', () => {
    const a = played(show('A', 'E1-60·'), 'Ann', 'E5', '-1h');
    expect(plan([a], { episodesToCheck: 24 }).plan.notes).toEqual([]);
    const b = played(show('B', 'E1-20·'), 'Ann', 'E5', '-1h');
    expect(plan([b], { episodesToCheck: 30 }).plan.notes).toEqual([]);
  });

  it('an episode that was not read afresh ends the window, and its want waits', () => {
    const a = withStale(played(show('A', 'E1-9·'), 'Ann', 'E1', '-1h'), 'E3');
    const result = plan([a], {}, { wants: [want(a, 'Bob', 'E3', '-3d')] });
    expect(searched(result)).toBe('E2');
    expect(result.plan.notes).toHaveLength(1);
    expect(result.wants.map((w) => w.viewer.name)).toContain('Bob');
  });

  it('dozens of specials between two episodes do not hide the next one', () => {
    const specials = Array.from({ length: 30 }, (_, i) => `S0E${i + 1}·`).join(' ');
    const a = played(show('A', `E1-2✓ ${specials} S2E1-3·`), 'Ann', 'E2', '-1h');
    expect(searched(plan([a]))).toBe('S2E1 S2E2 S2E3');
  });
});

describe('whether a window reaches the end of a list', () => {
  const reaches = (text: string, status: 'continuing' | 'ended' = 'continuing', at = 'E2'): boolean =>
    windowReachesEnd(played(show('A', text, { series: { status } }), 'Ann', at, '-1h'), { units: 5 }, NOW);

  it('it does when fewer aired units follow and none is announced', () => {
    expect(reaches('E1-2✓')).toBe(true);
    expect(reaches('E1-6✓')).toBe(true);
  });

  it('it does not when enough follow, the next one is announced, or the series has ended', () => {
    expect(reaches('E1-7✓')).toBe(false);
    expect(reaches('E1-2✓ E3⌛')).toBe(false);
    expect(reaches('E1-2✓ E3?')).toBe(false);
    expect(reaches('E1-2✓', 'ended')).toBe(false);
  });

  it('specials do not count, and without a thread nothing is reached', () => {
    expect(reaches('E1-2✓ S0E1✓ S0E2✓ S0E3✓ S0E4✓ S0E5✓')).toBe(true);
    expect(windowReachesEnd(show('A', 'E1-2✓'), { units: 5 }, NOW)).toBe(false);
  });
});
