import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Lookup } from '../../../src/core/contracts/index.js';
import { DAY, HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import { NOW, play, want } from './rows.js';
import { Household } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('what a look-up says', () => {
  test('the series with all its episodes, what was read afresh, and the plays at their places', async () => {
    home.has(1, 30);
    const lookup = await home.look([play(1, 2)]);
    expect(lookup).toMatchObject({
      at: '2026-11-22T20:00:00.000Z',
      sonarr: { name: 'Sonarr' },
      sabnzbd: null,
      searchCache: 48,
      unitsRead: 24,
      unmatched: [],
      filtered: { viewers: 1, libraries: 2, progress: 3 },
      notes: ['a note of the history'],
      errors: [],
    });
    const [one] = lookup.series;
    expect(one).toMatchObject({ series: { id: 1 }, tagLabels: [], excluded: null });
    expect(one?.plays.map(({ episodeId, matchedBy }) => [episodeId, matchedBy])).toEqual([[102, 'number']]);
    expect(one?.episodes.filter(({ fresh }) => fresh).map(({ id }) => id)).toEqual(
      Array.from({ length: 24 }, (_, i) => 103 + i),
    );
    expect(one?.episodes).toHaveLength(30);
  });

  test('the filters of the source, if it told any, with and without plays', async () => {
    home.has(1, 3);
    const all = { allowed: [], denied: [] };
    const filters = { viewers: { allowed: [], denied: ['Bob'] }, libraries: all };
    expect((await home.look([play(1, 2)], {}, filters)).filters).toEqual(filters);
    expect((await home.look([], {}, filters)).filters).toEqual(filters);
    expect(await home.look([play(1, 2)])).not.toHaveProperty('filters');
  });

  test('series with active plays come first, the latest first, then those of open wants; only remembered ones are left out', async () => {
    for (const id of [1, 2, 3, 4]) home.has(id, 3);
    await home.state.wants.put(want(4, 2));
    const lookup = await home.look([
      play(1, 1, { startedAt: toInstant(NOW - 9 * HOUR) }),
      play(2, 1, { startedAt: toInstant(NOW - HOUR) }),
      play(3, 1, { active: false, startedAt: toInstant(NOW - 9 * DAY) }),
      play(4, 1, { active: false, startedAt: toInstant(NOW - 9 * DAY) }),
    ]);
    expect(lookup.series.map(({ series: { id }, plays }) => [id, plays.length])).toEqual([
      [2, 1],
      [1, 1],
      [4, 1],
    ]);
  });

  test('remembered plays of a series that is looked up come with it', async () => {
    home.has(1, 5);
    const lookup = await home.look([play(1, 3), play(1, 1, { active: false })]);
    expect(lookup.series[0]?.plays.map(({ episodeId }) => episodeId)).toEqual([103, 101]);
  });

  test('with nothing active and no want nothing is asked', async () => {
    home.has(1, 3);
    expect((await home.look([play(1, 1, { active: false })])).series).toEqual([]);
    expect((await home.look([])).filtered.viewers).toBe(1);
    expect(home.asked()).toEqual([]);
  });

  test('searches of the last day count for the budget', async () => {
    await home.state.searches.put({ id: 'a', at: toInstant(NOW - 23 * HOUR) }, { id: 'b', at: toInstant(NOW - HOUR) });
    expect((await home.look([])).remembered.searchesToday).toBe(2);
  });

  test('the same plays in another order give the same look-up', async () => {
    home.has(1, 5);
    home.has(2, 5);
    const plays = [play(1, 1), play(1, 2), play(2, 1, { viewer: { id: '8', name: 'Bob' } })];
    const order = (lookup: Lookup) => lookup.series.map(({ series: { id } }) => id);
    expect(order(await home.look(plays.toReversed()))).toEqual(order(await home.look(plays)));
  });
});

describe('requests', () => {
  test('a first run reads version, index, tags and lists once; an idle run queue, history and 400 episodes each', async () => {
    home.has(1, 30);
    home.has(2, 30);
    const plays = [play(1, 2), play(2, 5), play(2, 6)];
    await home.look(plays);
    expect(home.asked()).toEqual(['episodes', 'history', 'list 1', 'list 2', 'queue', 'series', 'status', 'tags']);
    home.clock.pass(HOUR);
    await home.look(plays);
    expect(home.asked()).toEqual(['episodes', 'history', 'queue']);
  });

  test('history is asked for the last seven days', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    expect(home.sonarr.asked).toContain('history since 2026-11-15T20:00:00.000Z');
  });

  test('episodes are read 400 ids at a time, those of all series together', async () => {
    const plays = Array.from({ length: 40 }, (_, i) => play(i + 1, 1));
    for (let id = 1; id <= 40; id += 1) home.has(id, 40);
    await home.look(plays);
    expect(home.sonarr.idsAsked.map((ids) => ids.length)).toEqual([400, 400, 160]);
    expect(new Set(home.sonarr.idsAsked.flat()).size).toBe(960);
  });

  test('B15, case 35: 25 plays of one show are one list', async () => {
    home.has(1, 30);
    await home.look(Array.from({ length: 25 }, (_, i) => play(1, i + 1)));
    expect(home.asked().filter((line) => line.startsWith('list'))).toEqual(['list 1']);
  });

  test('the index is kept over a restart and read again when its cache time is over', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    home.asked();
    home.state = home.open();
    await home.look([play(1, 1)]);
    expect(home.asked()).not.toContain('series');
    home.clock.pass(6 * HOUR);
    await home.look([play(1, 1)]);
    expect(home.asked()).toEqual(['episodes', 'history', 'list 1', 'queue', 'series', 'tags']);
  });

  test('reading the index is told at debug level, with the time it took', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    expect(home.log.of('debug')).toEqual([expect.stringMatching(/^debug: Read 1 series of Sonarr in \d+ ms\.$/)]);
  });

  test('a cache time of nothing reads everything in every run, and once', async () => {
    home.has(1, 3);
    const first = ['episodes', 'history', 'list 1', 'queue', 'series', 'status', 'tags'];
    await home.look([play(1, 1)], { cacheTime: 0 });
    expect(home.asked()).toEqual(first);
    home.clock.pass(MINUTE);
    await home.look([play(1, 1)], { cacheTime: 0 });
    expect(home.asked()).toEqual(first.filter((line) => line !== 'status'));
  });

  test('an old Sonarr is told so once, and used', async () => {
    home.sonarr.sonarrVersion = '3.0.10.1567';
    home.has(1, 3);
    const lookup = await home.look([play(1, 1)]);
    expect(lookup.series).toHaveLength(1);
    expect(lookup.notes.join()).toContain('Sonarr 3.0.10.1567 is older than 4');
    expect((await home.look([play(1, 1)])).notes.join()).not.toContain('older');
  });

  test('many series leave turns to others', async () => {
    const SERIES = 100;
    for (let id = 1; id <= SERIES; id += 1) home.has(id, 2);
    const plays = Array.from({ length: SERIES }, (_, i) => play(i + 1, 1));
    await home.look(plays);
    // Each look at the clock is so late that somebody else's turn is due.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
    let turns = 0;
    const count = () => {
      turns += 1;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    await home.look(plays).finally(() => clock.mockRestore());
    clearImmediate(turning);
    // In each of the six lists that it goes through.
    expect(turns).toBeGreaterThanOrEqual(6 * SERIES);
  });
});
