import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND, toInstant } from '../../../src/core/time.js';
import { Household, show } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('plays', () => {
  test("carry the show's own title, year and ids, and its library", async () => {
    home.tautulli.rows = [home.row()];
    const { plays, errors, notes } = await home.read();
    expect(plays).toEqual([
      {
        id: 1,
        viewer: { id: '7', name: 'Ann' },
        library: { id: '2', name: 'TV' },
        show: {
          title: 'Harbour Lights',
          year: 2019,
          key: '100',
          ids: { tvdb: 371980, tmdb: null, imdb: 'tt11280740' },
          metadata: true,
        },
        season: 1,
        episode: 1,
        title: 'Pilot',
        airDate: '2020-01-01',
        episodeIds: { tvdb: null, tmdb: null, imdb: null },
        startedAt: '2026-11-22T19:00:00.000Z',
        stoppedAt: '2026-11-22T19:40:00.000Z',
        progress: 100,
        watched: true,
        playing: false,
        active: true,
      },
    ]);
    expect([errors, notes]).toEqual([[], []]);
  });

  test('rows of one viewing are one play, with the time it was resumed', async () => {
    home.tautulli.rows = [home.row({ ago: HOUR }), home.row({ ago: 3 * DAY, progress: 30, watched: false })];
    const { plays } = await home.read();
    expect(plays).toHaveLength(1);
    expect(plays[0]).toMatchObject({
      startedAt: toInstant(home.clock.now - 3 * DAY),
      resumedAt: toInstant(home.clock.now - HOUR),
      watched: true,
      active: true,
    });
  });

  test('case 35: 25 plays of one show cost one question about it', async () => {
    home.tautulli.rows = Array.from({ length: 25 }, (_, i) =>
      home.row({ ago: (25 - i) * HOUR, episode: i + 1, ratingKey: `r${i}` }),
    );
    expect((await home.read()).plays).toHaveLength(25);
    expect(home.tautulli.asked.filter((line) => line.startsWith('show'))).toEqual(['show 100']);
  });

  test('case 40: exactly the plays that began within the days to check are active; Tautulli is asked for a day more', async () => {
    home.tautulli.rows = [home.row({ ago: 47 * HOUR, episode: 2 }), home.row({ ago: 49 * HOUR })];
    const { plays } = await home.read({ rememberedDays: 3 });
    expect(plays.map(({ episode, active }) => [episode, active])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(home.tautulli.asked).toContain('history after 2026-11-18 with activity');
  });

  test('rows older than the remembered days are cut to the second', async () => {
    home.tautulli.rows = [home.row({ ago: 30 * DAY }), home.row({ ago: 30 * DAY + SECOND, episode: 2 })];
    expect((await home.read()).plays.map(({ episode }) => episode)).toEqual([1]);
  });

  test('more days to check than remembered days are read all the same', async () => {
    home.tautulli.rows = [home.row({ ago: 40 * DAY })];
    expect((await home.read({ daysToCheck: 60 })).plays.map(({ active }) => active)).toEqual([true]);
  });

  test('case 53: a running play counts two minutes in', async () => {
    home.tautulli.rows = [home.running({ ago: 40 * SECOND })];
    expect(await home.read()).toMatchObject({ plays: [], filtered: { progress: 1 } });
    home.clock.pass(2 * MINUTE);
    expect(await home.read()).toMatchObject({
      plays: [{ playing: true, stoppedAt: toInstant(home.clock.now) }],
      filtered: { progress: 0 },
    });
  });

  test('what is playing now is left out when the user says so, without being asked for', async () => {
    home.tautulli.rows = [home.running()];
    expect((await home.read({ includePlaying: false })).plays).toEqual([]);
    expect(home.tautulli.asked).toContain('history after 2026-10-22');
  });

  test('ids are unique and in the order of time, running ones last', async () => {
    home.tautulli.rows = [
      home.running({ episode: 3 }),
      home.running({ userId: '8', userName: 'Bob' }),
      home.row({ id: 90, ago: 2 * HOUR }),
      home.row({ id: 80, ago: 4 * HOUR, episode: 2 }),
    ];
    const { plays } = await home.read();
    expect(plays.map(({ id }) => id)).toEqual([80, 90, 91, 92]);
  });

  test('a viewer has one name, that of the newest row', async () => {
    home.tautulli.rows = [home.row({ episode: 2, userName: 'Anna' }), home.row({ ago: 5 * HOUR, userName: 'ann.old' })];
    expect((await home.read()).plays.map(({ viewer }) => viewer.name)).toEqual(['Anna', 'Anna']);
  });
});

describe('filters', () => {
  test('of viewers and libraries are told along, as they hold for open wants too', async () => {
    const { filters } = await home.read({ viewersDenied: ['Bob'], librariesAllowed: ['TV'] });
    expect(filters).toEqual({
      viewers: { allowed: [], denied: ['Bob'] },
      libraries: { allowed: ['TV'], denied: [] },
    });
  });

  test('case 44: plays of viewers who are left out are counted, and their shows not asked for', async () => {
    home.tautulli.rows = [home.row(), home.row({ userId: '8', userName: 'Bob', showKey: '200' })];
    const { plays, filtered } = await home.read({ viewersAllowed: ['ann'] });
    expect(plays.map(({ viewer }) => viewer.name)).toEqual(['Ann']);
    expect(filtered).toEqual({ viewers: 1, libraries: 0, progress: 0 });
    expect(home.tautulli.asked).not.toContain('show 200');
  });

  test("libraries go by the show's library, name or id", async () => {
    home.tautulli.shows.set('200', { ...show('200', 'Kids'), libraryId: '3' });
    home.tautulli.rows = [home.row(), home.row({ showKey: '200', ago: 2 * HOUR })];
    expect(await home.read({ librariesDenied: ['KIDS'] })).toMatchObject({
      plays: [{ show: { key: '100' } }],
      filtered: { libraries: 1 },
    });
    expect(await home.read({ librariesAllowed: ['3'] })).toMatchObject({
      plays: [{ show: { key: '200' } }],
      filtered: { libraries: 1 },
    });
  });

  test('case 45: below the minimum progress nothing counts yet, past it the play does', async () => {
    home.tautulli.rows = [home.running({ progress: 20 })];
    expect(await home.read({ minimumProgress: 50 })).toMatchObject({ plays: [], filtered: { progress: 1 } });
    home.tautulli.rows = [home.running({ progress: 51 })];
    expect((await home.read({ minimumProgress: 50 })).plays).toHaveLength(1);
  });

  test('"watched only" leaves out what was not', async () => {
    home.tautulli.rows = [home.row({ watched: false, progress: 95 }), home.row({ episode: 2, ago: 2 * HOUR })];
    expect((await home.read({ watchedOnly: true })).plays.map(({ episode }) => episode)).toEqual([2]);
  });

  test('only active plays are counted as left out', async () => {
    home.tautulli.rows = [home.row({ ago: 10 * DAY })];
    expect((await home.read({ viewersDenied: ['Ann'] })).filtered).toEqual({ viewers: 0, libraries: 0, progress: 0 });
  });
});
