import { describe, expect, test } from 'vitest';
import type { GrabNews } from '../../../src/core/words/news.js';
import { episodesText, notificationView, peopleText } from '../../../src/core/words/notification.js';

const grab = (facts: Partial<GrabNews> = {}): GrabNews => ({
  id: 'grab:a',
  series: 'Harbour Lights',
  season: 2,
  episodes: [6],
  viewers: ['Ann'],
  size: 1e9,
  at: '2026-11-22T20:00:00.000Z',
  ...facts,
});

const view = (...grabbed: readonly GrabNews[]) => notificationView({ grabbed, problems: [], unmatched: [] });

describe('lists for people', () => {
  test.each([
    [[], ''],
    [['Ann'], 'Ann'],
    [['Ann', 'Bob'], 'Ann and Bob'],
    [['Ann', 'Bob', 'Cleo'], 'Ann, Bob and Cleo'],
  ])('%j are "%s"', (names, text) => {
    expect(peopleText(names)).toBe(text);
  });

  test.each([
    [[6], 'S02E06'],
    [[7, 6], 'S02E06, S02E07'],
    [[6, 7, 8], 'S02E06–E08'],
    [[1, 3, 4, 5, 6, 9, 3], 'S02E01, S02E03–E06, S02E09'],
  ])('episodes %j are "%s"', (episodes, text) => {
    expect(episodesText(2, episodes)).toBe(text);
  });
});

describe('what a notification shows', () => {
  test('jobs of one season for the same people are one line, others are not', () => {
    const bob = { id: 'grab:c', episodes: [8], viewers: ['Bob'] };
    expect(view(grab(), grab({ id: 'grab:b', episodes: [7] }), grab(bob)).grabbed.map(({ text }) => text)).toEqual([
      'Harbour Lights S02E06, S02E07 for Ann (2.0 GB)',
      'Harbour Lights S02E08 for Bob (1.0 GB)',
    ]);
  });

  test('a sum with an unknown size in it is not shown', () => {
    const { grabbed, total } = view(grab(), grab({ id: 'grab:b', season: 3, size: null }));
    expect(grabbed.map(({ size }) => size)).toEqual(['1.0 GB', '']);
    expect(total).toBe('');
  });

  test('one line has no total beside its own size', () => {
    expect(view(grab())).toMatchObject({ total: '', episodes: 1, has: { grabbed: true, problems: false } });
  });
});
