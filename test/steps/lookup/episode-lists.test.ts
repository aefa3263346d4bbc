import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { episode, NOW, play, series, want } from './rows.js';
import { facts, Household } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('episode lists', () => {
  test('are renewed when a play is not in them, ten minutes after they were read at the soonest', async () => {
    home.has(1, 3);
    await home.look([play(1, 3)]);
    home.has(1, 4);
    home.asked();
    home.clock.pass(9 * MINUTE);
    expect((await home.look([play(1, 4)])).unmatched.map(({ code }) => code)).toEqual(['episode-not-in-series']);
    expect(home.asked()).not.toContain('list 1');
    home.clock.pass(MINUTE);
    expect((await home.look([play(1, 4)])).unmatched).toEqual([]);
    expect(home.asked()).toContain('list 1');
  });

  test('are renewed when a window reaches the end of a series that is still running', async () => {
    home.has(1, 3, { status: 'continuing' });
    await home.look([play(1, 3)]);
    home.has(1, 4);
    home.asked();
    home.clock.pass(HOUR);
    expect(facts(await home.look([play(1, 3)]), 104)).toMatchObject({ fresh: true });
    expect(home.asked()).toContain('list 1');
  });

  test('of a series that has ended, or that has an episode announced, are not', async () => {
    home.has(1, 3);
    home.has(2, 3, { status: 'continuing' });
    home.sonarr.episodes.set(204, episode(2, 4, { airDateUtc: toInstant(NOW + 5 * DAY) }));
    await home.look([play(1, 3), play(2, 3)]);
    home.asked();
    home.clock.pass(HOUR);
    await home.look([play(1, 3), play(2, 3)]);
    expect(home.asked().filter((line) => line.startsWith('list'))).toEqual([]);
  });

  test('learn when an episode airs by now, as it is read anyway', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    const airDateUtc = toInstant(NOW + 2 * DAY);
    home.sonarr.episodes.set(102, episode(1, 2, { airDate: airDateUtc.slice(0, 10), airDateUtc }));
    home.clock.pass(HOUR);
    expect(facts(await home.look([play(1, 1)]), 102)).toMatchObject({ fresh: true, airDateUtc });
    expect(home.asked().filter((line) => line === 'list 1')).toHaveLength(1);
  });

  test('that stay without the episode are read ever less often', async () => {
    home.has(1, 3, { status: 'continuing' });
    let readings = 0;
    for (let run = 0; run < 24; run += 1) {
      await home.look([play(1, 3)], { cacheTime: 100 });
      readings += home.asked().filter((line) => line === 'list 1').length;
      home.clock.pass(HOUR);
    }
    expect(readings).toBeLessThan(8);
  });

  test('an empty one renews the index: the series was deleted and added again', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    home.sonarr.library.delete(1);
    home.sonarr.episodes.clear();
    home.has(5, 3, { tvdbId: 1001 });
    home.clock.pass(7 * HOUR);
    await home.state.index.put({ series: [series(1)], tags: [], readAt: home.clock.now - HOUR });
    const { series: found, unmatched } = await home.look([play(1, 1)]);
    expect(found.map(({ series: { id } }) => id)).toEqual([5]);
    expect(unmatched).toEqual([]);
  });

  test('that cannot be read cost their own series only', async () => {
    home.has(1, 3);
    home.has(2, 3);
    home.sonarr.failures.set('list 1', failure('sonarr', 'server-error', 'read the episodes of series 1'));
    const lookup = await home.look([play(1, 1), play(2, 1), play(1, 1, { active: false })]);
    expect(lookup.series.map(({ series: { id } }) => id)).toEqual([2]);
    expect(lookup.unmatched.map(({ code, text }) => [code, text.includes('Show 1')])).toEqual([
      ['not-looked-up', true],
    ]);
    expect(lookup.errors.map(({ code, operation }) => [code, operation])).toEqual([
      ['server-error', 'read the episodes of Show 1'],
    ]);
    home.sonarr.failures.clear();
    expect((await home.look([play(1, 1)])).errors).toEqual([]);
  });

  test('an old list serves where the new one cannot be read', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    home.clock.pass(7 * HOUR);
    home.sonarr.failures.set('list 1', failure('sonarr', 'timeout'));
    const lookup = await home.look([play(1, 1)]);
    expect(lookup.series).toHaveLength(1);
    expect(lookup.errors).toHaveLength(1);
  });
});

describe('what changes by the hour', () => {
  test('file and monitoring are those of this run, in this look-up and in the list', async () => {
    home.has(1, 5);
    await home.look([play(1, 1)]);
    home.sonarr.episodes.set(102, episode(1, 2, { hasFile: true, fileId: 9, monitored: true }));
    expect(facts(await home.look([play(1, 1)]), 102)).toMatchObject({
      hasFile: true,
      fileId: 9,
      monitored: true,
      fresh: true,
    });
    await home.look([play(1, 3)]);
    expect(home.state.lists.get(1)?.episodes[1]).toMatchObject({ hasFile: true, fileId: 9 });
  });

  test('episodes of open wants are read afresh', async () => {
    home.has(1, 5);
    await home.state.wants.put(want(1, 4));
    await home.look([]);
    expect(home.sonarr.idsAsked).toEqual([[104]]);
  });

  test('an id that Sonarr does not know renews the lists concerned, once, and the reading is repeated', async () => {
    home.has(1, 4);
    home.has(2, 4);
    await home.look([play(1, 1), play(2, 1)]);
    home.asked();
    home.sonarr.episodes.delete(103);
    home.clock.pass(MINUTE);
    const lookup = await home.look([play(1, 1), play(2, 1)]);
    expect(home.asked()).toEqual(['episodes', 'episodes', 'history', 'list 1', 'list 2', 'queue']);
    expect(lookup.errors).toEqual([]);
    expect(lookup.series.map(({ episodes }) => episodes.map(({ id }) => id))).toEqual([
      [101, 102, 104],
      [201, 202, 203, 204],
    ]);
    expect(facts(lookup, 102)?.fresh).toBe(true);
  });

  test('a reading that keeps failing is recorded, and its episodes are not fresh', async () => {
    home.has(1, 4);
    home.sonarr.failures.set('episodes', failure('sonarr', 'unknown-episode'));
    const lookup = await home.look([play(1, 1)]);
    expect(lookup.errors.map(({ code }) => code)).toEqual(['unknown-episode']);
    expect(facts(lookup, 102)?.fresh).toBe(false);
    expect(home.asked().filter((line) => line === 'episodes')).toHaveLength(2);
  });
});
