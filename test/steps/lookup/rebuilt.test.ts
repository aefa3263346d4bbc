import { beforeEach, describe, expect, test } from 'vitest';
import type { Lookup } from '../../../src/core/contracts/index.js';
import { HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { episode, play, series, want } from './rows.js';
import { facts, Household } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('a URL that was changed', () => {
  const moveTo = (url?: string) => (home.state = home.open(url));

  test('and does not answer costs nothing of what was remembered: corrected, it is all there', async () => {
    home.has(1, 4);
    await home.look([play(1, 1)]);
    await home.state.wants.put(want(1, 3));
    moveTo('http://mistyped');
    home.sonarr.failures.set('series', failure('sonarr', 'refused'));
    await expect(home.look([play(1, 1)])).rejects.toThrow();
    home.sonarr.failures.clear();
    moveTo();
    await home.look([play(1, 1)]);
    expect([home.state.wants.size, home.state.matches.size]).toEqual([1, 1]);
  });

  test('to a Sonarr that answers ends what was remembered of the other', async () => {
    home.has(1, 4);
    await home.look([play(1, 1)]);
    await home.state.wants.put(want(1, 3));
    moveTo('http://elsewhere');
    await home.look([play(1, 1)]);
    moveTo();
    await home.state.load();
    expect(home.state.wants.size).toBe(0);
  });
});

describe('a Sonarr that was rebuilt at the same URL', () => {
  /** Episode `number` of a series under the id of another one. */
  const renumber = (seriesId: number, number: number, id: number) =>
    home.sonarr.episodes.set(id, episode(seriesId, number, { id }));
  const planned = (lookup: Lookup) =>
    lookup.series.map(({ series: { title }, episodes }) => [title, episodes.filter(({ fresh }) => fresh)] as const);

  test('an id that is an episode of another series now is no episode of this one: its list is read anew, once', async () => {
    home.has(1, 3);
    home.has(2, 6);
    await home.look([play(1, 1)]);
    home.asked();
    home.sonarr.episodes.delete(103);
    renumber(2, 7, 103);
    renumber(1, 3, 900);
    home.clock.pass(MINUTE);
    const lookup = await home.look([play(1, 1)]);
    expect(lookup.errors).toEqual([]);
    expect(planned(lookup)).toMatchObject([['Show 1', [{ id: 102 }, { id: 900, seriesId: 1, episode: 3 }]]]);
    expect(home.asked().filter((line) => line === 'list 1')).toHaveLength(1);
  });

  test('an id that stays foreign is never planned', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    home.asked();
    const foreign = episode(2, 7, { id: 103 });
    const { episodesByIds } = home.sonarr;
    home.sonarr.episodesByIds = async (ids) => {
      const { rows, unread } = await episodesByIds(ids);
      return { rows: rows.map((row) => (row.id === 103 ? foreign : row)), unread };
    };
    const lookup = await home.look([play(1, 1)]);
    expect(facts(lookup, 103)).toMatchObject({ seriesId: 1, fresh: false });
    expect(facts(lookup, 102)?.fresh).toBe(true);
    expect(home.asked().filter((line) => line === 'list 1').length).toBeLessThan(3);
  });

  test('an id that is another number of the same series now renews the list, and not the index', async () => {
    home.has(1, 4);
    await home.look([play(1, 1)]);
    home.asked();
    home.sonarr.episodes.set(103, episode(1, 4, { id: 103 }));
    home.sonarr.episodes.set(104, episode(1, 3, { id: 104 }));
    home.clock.pass(MINUTE);
    const lookup = await home.look([play(1, 1)]);
    expect(planned(lookup)).toMatchObject([
      [
        'Show 1',
        [
          { id: 102, episode: 2 },
          { id: 103, episode: 4 },
          { id: 104, episode: 3 },
        ],
      ],
    ]);
    expect(home.asked()).toEqual(['episodes', 'episodes', 'history', 'list 1', 'queue']);
  });

  /** Show 1 and show 2 have changed their ids, and all episodes theirs. */
  const rebuild = () => {
    home.sonarr.library.set(1, series(1, { title: 'Show 2', tvdbId: 1002 }));
    home.sonarr.library.set(2, series(2, { title: 'Show 1', tvdbId: 1001 }));
    for (const id of [1, 2])
      for (let number = 1; number <= 4; number += 1)
        home.sonarr.episodes.set(100 * id + number, episode(id, number, { tvdbId: 9000 - 10 * id + number }));
  };
  const remember = async () => {
    await home.state.wants.put(want(1, 3));
    const at = toInstant(home.clock.now - HOUR);
    await home.state.attempts.put({ episodeId: 103, at, outcome: 'nothing', failures: 0 });
    await home.state.monitored.put({ episodeId: 104, at });
  };
  const remembered = () => [home.state.wants.size, home.state.attempts.size, home.state.monitored.size];

  test('a series that got another tvdb id under the same title is the same series', async () => {
    home.has(1, 4);
    await home.look([play(1, 1)]);
    await remember();
    home.sonarr.library.set(1, series(1, { tvdbId: 7777 }));
    home.clock.pass(7 * HOUR);
    await home.look([play(1, 1)]);
    expect(remembered()).toEqual([1, 1, 1]);
  });

  test('a list of one or two episodes that were made anew is no sign of it', async () => {
    home.has(1, 2);
    await home.look([play(1, 1)]);
    await home.state.attempts.put({ episodeId: 999, at: toInstant(home.clock.now), outcome: 'nothing', failures: 0 });
    for (const number of [1, 2]) {
      home.sonarr.episodes.delete(100 + number);
      home.sonarr.episodes.set(800 + number, episode(1, number, { id: 800 + number }));
    }
    home.clock.pass(MINUTE);
    await home.look([play(1, 1)]);
    expect(home.state.attempts.size).toBe(1);
  });

  test('the series too are looked up anew when nothing of a list is left, before the index is due', async () => {
    home.has(1, 4);
    home.has(2, 4);
    for (const [id, one] of home.sonarr.episodes) home.sonarr.episodes.set(id, { ...one, tvdbId: 5000 + id });
    await home.look([play(1, 1)]);
    await remember();
    home.asked();
    rebuild();
    home.clock.pass(MINUTE);
    const lookup = await home.look([play(1, 1)]);
    expect(planned(lookup)).toMatchObject([['Show 1', [{ id: 202 }, { id: 203 }, { id: 204 }]]]);
    expect(home.asked().filter((line) => line === 'series')).toHaveLength(1);
    expect(remembered()).toEqual([0, 0, 0]);
    expect(home.log.of('info')).toEqual([
      'info: Sonarr has assigned new episode ids; what was remembered under the old ones is dropped.',
    ]);
  });

  test('what was remembered ends as well when the renewed index shows it', async () => {
    home.has(1, 4);
    home.has(2, 4);
    await home.look([play(1, 1)]);
    await remember();
    rebuild();
    home.clock.pass(7 * HOUR);
    expect((await home.look([play(1, 1)])).series.map(({ series: { id, title } }) => [id, title])).toEqual([
      [2, 'Show 1'],
    ]);
    expect(remembered()).toEqual([0, 0, 0]);
  });

  test('after a restart, when none of the plays fits the list, the index is read anew before it is due', async () => {
    home.has(1, 4);
    home.has(2, 4);
    await home.look([play(1, 1)]);
    home.state = home.open();
    rebuild();
    // Another show, that aired at another time.
    for (let number = 1; number <= 4; number += 1)
      home.sonarr.episodes.set(
        100 + number,
        episode(1, number, { airDate: '1999-01-01', airDateUtc: '1999-01-01T20:00:00Z' }),
      );
    home.asked();
    home.clock.pass(HOUR);
    const watched = play(1, 2, { airDate: episode(2, 2).airDate });
    const lookup = await home.look([watched]);
    expect(planned(lookup)).toMatchObject([['Show 1', [{ id: 203 }, { id: 204 }]]]);
    expect(lookup.unmatched).toEqual([]);
    expect(home.asked().filter((line) => line === 'series')).toHaveLength(1);
  });

  test('plays that fit nothing for good cost ever fewer readings of the index', async () => {
    home.has(1, 4);
    let readings = 0;
    for (let run = 0; run < 24; run += 1) {
      await home.look([play(1, 99)], { cacheTime: 100 });
      readings += home.asked().filter((line) => line === 'series').length;
      home.clock.pass(HOUR);
    }
    expect(readings).toBeLessThan(8);
  });

  test('a list that changes in part is only a change', async () => {
    home.has(1, 4);
    for (const [id, one] of home.sonarr.episodes) home.sonarr.episodes.set(id, { ...one, tvdbId: 5000 + id });
    await home.look([play(1, 1)]);
    await remember();
    home.sonarr.episodes.set(103, episode(1, 3, { tvdbId: 7777 }));
    home.clock.pass(MINUTE);
    expect(facts(await home.look([play(1, 1)]), 103)).toMatchObject({ fresh: true, tvdbId: 7777 });
    expect(remembered()).toEqual([1, 1, 1]);
    expect(home.asked().filter((line) => line === 'series')).toHaveLength(1);
  });
});
