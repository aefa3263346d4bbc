import { beforeEach, describe, expect, test } from 'vitest';
import type { HistoryRow } from '../../../src/clients/tautulli/types.js';
import type { HistorySettings } from '../../../src/core/contracts/index.js';
import { DAY, HOUR, MINUTE, SECOND, toInstant } from '../../../src/core/time.js';
import { openTautulliState } from '../../../src/state/tautulli.js';
import { readHistory } from '../../../src/steps/history/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { failure } from '../failing.js';
import { TestClock } from '../scope.js';
import { FakeTautulli } from './fake-tautulli.js';

const DEFAULTS: HistorySettings = {
  daysToCheck: 2,
  rememberedDays: 30,
  includePlaying: true,
  minimumProgress: 0,
  watchedOnly: false,
  viewersAllowed: [],
  viewersDenied: [],
  librariesAllowed: [],
  librariesDenied: [],
};

let clock: TestClock;
let store: FakeStore;
let log: FakeLog;
let tautulli: FakeTautulli;
let state: ReturnType<typeof open>;

const open = () => openTautulliState({ store, server: server('Tautulli'), log, now: () => clock.now });
const read = (settings: Partial<HistorySettings> = {}) =>
  readHistory(
    { ...DEFAULTS, ...settings },
    { ...clock.scope(log), client: tautulli, server: server('Tautulli'), state },
  );

let nextId: number;

/** A play of Harbour Lights S01E01 by Ann, `ago` milliseconds old. */
const row = ({ ago = HOUR, ...rest }: Partial<HistoryRow> & { ago?: number } = {}): HistoryRow => {
  nextId += 1;
  return {
    id: nextId,
    referenceId: nextId,
    startedAt: toInstant(clock.now - ago),
    stoppedAt: toInstant(clock.now - ago + 40 * MINUTE),
    userId: '7',
    userName: 'Ann',
    live: false,
    ratingKey: '101',
    showKey: '100',
    showTitle: 'Harbour Lights (row)',
    title: 'Pilot',
    season: 1,
    episode: 1,
    airDate: '2020-01-01',
    guid: 'plex://episode/5d9c08254eefaa001f5d6dcb',
    progress: 100,
    watched: true,
    state: null,
    ...rest,
  };
};

const running = (facts: Parameters<typeof row>[0] = {}) =>
  row({ ago: 10 * MINUTE, id: null, referenceId: null, state: 'playing', progress: 20, watched: false, ...facts });

const show = (key: string, libraryName = 'TV') => ({
  key,
  title: 'Harbour Lights',
  year: 2019,
  ids: { tvdb: 371980, tmdb: null, imdb: 'tt11280740' },
  libraryId: '2',
  libraryName,
});

beforeEach(() => {
  nextId = 0;
  clock = new TestClock('2026-11-22T20:00:00Z');
  store = new FakeStore();
  log = new FakeLog();
  tautulli = new FakeTautulli();
  tautulli.shows.set('100', show('100'));
  state = open();
});

describe('plays', () => {
  test("carry the show's own title, year and ids, and its library", async () => {
    tautulli.rows = [row()];
    const { plays, errors, notes } = await read();
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
    tautulli.rows = [row({ ago: HOUR }), row({ ago: 3 * DAY, progress: 30, watched: false })];
    const { plays } = await read();
    expect(plays).toHaveLength(1);
    expect(plays[0]).toMatchObject({
      startedAt: toInstant(clock.now - 3 * DAY),
      resumedAt: toInstant(clock.now - HOUR),
      watched: true,
      active: true,
    });
  });

  test('case 35: 25 plays of one show cost one question about it', async () => {
    tautulli.rows = Array.from({ length: 25 }, (_, i) =>
      row({ ago: (25 - i) * HOUR, episode: i + 1, ratingKey: `r${i}` }),
    );
    expect((await read()).plays).toHaveLength(25);
    expect(tautulli.asked.filter((line) => line.startsWith('show'))).toEqual(['show 100']);
  });

  test('case 40: exactly the plays that began within the days to check are active; Tautulli is asked for a day more', async () => {
    tautulli.rows = [row({ ago: 47 * HOUR, episode: 2 }), row({ ago: 49 * HOUR })];
    const { plays } = await read({ rememberedDays: 3 });
    expect(plays.map(({ episode, active }) => [episode, active])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(tautulli.asked).toContain('history after 2026-11-18 with activity');
  });

  test('rows older than the remembered days are cut to the second', async () => {
    tautulli.rows = [row({ ago: 30 * DAY }), row({ ago: 30 * DAY + SECOND, episode: 2 })];
    expect((await read()).plays.map(({ episode }) => episode)).toEqual([1]);
  });

  test('more days to check than remembered days are read all the same', async () => {
    tautulli.rows = [row({ ago: 40 * DAY })];
    expect((await read({ daysToCheck: 60 })).plays.map(({ active }) => active)).toEqual([true]);
  });

  test('case 53: a running play counts two minutes in', async () => {
    tautulli.rows = [running({ ago: 40 * SECOND })];
    expect(await read()).toMatchObject({ plays: [], filtered: { progress: 1 } });
    clock.pass(2 * MINUTE);
    expect(await read()).toMatchObject({
      plays: [{ playing: true, stoppedAt: toInstant(clock.now) }],
      filtered: { progress: 0 },
    });
  });

  test('what is playing now is left out when the user says so, without being asked for', async () => {
    tautulli.rows = [running()];
    expect((await read({ includePlaying: false })).plays).toEqual([]);
    expect(tautulli.asked).toContain('history after 2026-10-22');
  });

  test('live TV is no play and makes no noise', async () => {
    tautulli.rows = [row({ live: true })];
    expect(await read()).toMatchObject({ plays: [], notes: [], errors: [], filtered: { progress: 0 } });
  });

  test('ids are unique and in the order of time, running ones last', async () => {
    tautulli.rows = [
      running({ episode: 3 }),
      running({ userId: '8', userName: 'Bob' }),
      row({ id: 90, ago: 2 * HOUR }),
      row({ id: 80, ago: 4 * HOUR, episode: 2 }),
    ];
    const { plays } = await read();
    expect(plays.map(({ id }) => id)).toEqual([80, 90, 91, 92]);
  });

  test('a viewer has one name, that of the newest row', async () => {
    tautulli.rows = [row({ episode: 2, userName: 'Anna' }), row({ ago: 5 * HOUR, userName: 'ann.old' })];
    expect((await read()).plays.map(({ viewer }) => viewer.name)).toEqual(['Anna', 'Anna']);
  });
});

describe('filters', () => {
  test('of viewers and libraries are told along, as they hold for open wants too', async () => {
    const { filters } = await read({ viewersDenied: ['Bob'], librariesAllowed: ['TV'] });
    expect(filters).toEqual({
      viewers: { allowed: [], denied: ['Bob'] },
      libraries: { allowed: ['TV'], denied: [] },
    });
  });

  test('case 44: plays of viewers who are left out are counted, and their shows not asked for', async () => {
    tautulli.rows = [row(), row({ userId: '8', userName: 'Bob', showKey: '200' })];
    const { plays, filtered } = await read({ viewersAllowed: ['ann'] });
    expect(plays.map(({ viewer }) => viewer.name)).toEqual(['Ann']);
    expect(filtered).toEqual({ viewers: 1, libraries: 0, progress: 0 });
    expect(tautulli.asked).not.toContain('show 200');
  });

  test("libraries go by the show's library, name or id", async () => {
    tautulli.shows.set('200', { ...show('200', 'Kids'), libraryId: '3' });
    tautulli.rows = [row(), row({ showKey: '200', ago: 2 * HOUR })];
    expect(await read({ librariesDenied: ['KIDS'] })).toMatchObject({
      plays: [{ show: { key: '100' } }],
      filtered: { libraries: 1 },
    });
    expect(await read({ librariesAllowed: ['3'] })).toMatchObject({
      plays: [{ show: { key: '200' } }],
      filtered: { libraries: 1 },
    });
  });

  test('case 45: below the minimum progress nothing counts yet, past it the play does', async () => {
    tautulli.rows = [running({ progress: 20 })];
    expect(await read({ minimumProgress: 50 })).toMatchObject({ plays: [], filtered: { progress: 1 } });
    tautulli.rows = [running({ progress: 51 })];
    expect((await read({ minimumProgress: 50 })).plays).toHaveLength(1);
  });

  test('"watched only" leaves out what was not', async () => {
    tautulli.rows = [row({ watched: false, progress: 95 }), row({ episode: 2, ago: 2 * HOUR })];
    expect((await read({ watchedOnly: true })).plays.map(({ episode }) => episode)).toEqual([2]);
  });

  test('only active plays are counted as left out', async () => {
    tautulli.rows = [row({ ago: 10 * DAY })];
    expect((await read({ viewersDenied: ['Ann'] })).filtered).toEqual({ viewers: 0, libraries: 0, progress: 0 });
  });
});

describe('requests', () => {
  test('an idle run with a warm cache is exactly one', async () => {
    tautulli.rows = [row()];
    await read();
    expect(tautulli.asked.toSorted()).toEqual(['history after 2026-10-22 with activity', 'show 100', 'version']);
    tautulli.asked = [];
    clock.pass(HOUR);
    await read();
    expect(tautulli.asked).toEqual(['history after 2026-10-22 with activity']);
  });

  test('shows are known after a restart', async () => {
    tautulli.rows = [row()];
    await read();
    state = open();
    tautulli.asked = [];
    expect((await read()).plays[0]?.show.metadata).toBe(true);
    expect(tautulli.asked).not.toContain('show 100');
  });

  test('active shows are read again after a week, remembered ones are not', async () => {
    tautulli.shows.set('200', show('200'));
    tautulli.rows = [row({ ago: HOUR }), row({ ago: 4 * DAY, showKey: '200' })];
    await read();
    tautulli.asked = [];
    clock.pass(8 * DAY);
    tautulli.rows = [row({ ago: HOUR }), row({ ago: 12 * DAY, showKey: '200' })];
    await read();
    expect(tautulli.asked.filter((line) => line.startsWith('show'))).toEqual(['show 100']);
  });

  test('more rows than are read are told', async () => {
    tautulli.rows = [row()];
    tautulli.total = 7123;
    expect((await read()).notes).toEqual([
      'Tautulli has 7,123 plays of the last 30 days; only the newest 5,000 were read.',
    ]);
  });

  test('rows that cannot be read are told', async () => {
    tautulli.unread = 2;
    expect((await read()).notes).toEqual(["2 of the rows of Tautulli's history could not be read and are left out."]);
  });

  test('an old Tautulli is told so once, and used', async () => {
    tautulli.tautulliVersion = 'v2.9.0';
    tautulli.rows = [row()];
    const { plays, notes } = await read();
    expect(plays).toHaveLength(1);
    expect(notes).toEqual([expect.stringContaining('Tautulli v2.9.0 is older than 2.14')]);
    expect((await read()).notes).toEqual([]);
  });
});

describe('a rating key that means another show by now (Plex was rebuilt, or is another one)', () => {
  const other = { ...show('100'), title: 'Night Shift', ids: { tvdb: 500, tmdb: null, imdb: null } };
  const asked = () => tautulli.asked.filter((line) => line.startsWith('show'));
  const showsOf = ({ plays }: Awaited<ReturnType<typeof read>>) =>
    plays.map(({ show: { title, key, ids, metadata } }) => [title, key, ids.tvdb, metadata]);

  test('is asked for again when the newest row has another title, and then known', async () => {
    tautulli.rows = [row()];
    await read();
    tautulli.shows.set('100', other);
    tautulli.asked = [];
    clock.pass(HOUR);
    tautulli.rows = [row({ showTitle: 'Night Shift' })];
    expect(showsOf(await read())).toEqual([['Night Shift', '100', 500, true]]);
    expect(asked()).toEqual(['show 100']);
    await read();
    expect(asked()).toEqual(['show 100']);
  });

  test('is still the same show when it was only renamed: older rows keep its ids and library, and what was left out stays so', async () => {
    tautulli.rows = [row({ ago: 3 * HOUR })];
    await read();
    tautulli.shows.set('100', { ...show('100'), title: 'Lights' });
    tautulli.rows = [row({ ago: HOUR, showTitle: 'Lights', episode: 2 }), ...tautulli.rows];
    expect(showsOf(await read())).toEqual(Array.from({ length: 2 }, () => ['Lights', '100', 371980, true]));
    clock.pass(8 * DAY);
    tautulli.rows = tautulli.rows.map((one) => ({ ...one, startedAt: toInstant(clock.now - HOUR) }));
    tautulli.asked = [];
    expect((await read({ librariesDenied: ['TV'] })).plays).toEqual([]);
    expect(asked()).toEqual(['show 100']);
  });

  test('is asked for when nothing of it is active, too', async () => {
    tautulli.rows = [row({ ago: 5 * DAY })];
    await read();
    tautulli.shows.set('100', other);
    tautulli.rows = [row({ ago: 4 * DAY, showTitle: 'Night Shift' })];
    expect(showsOf(await read())).toEqual([['Night Shift', '100', 500, true]]);
  });

  test('older rows keep to their own title: they are no plays of the new show', async () => {
    tautulli.rows = [row({ ago: 3 * HOUR })];
    await read();
    tautulli.shows.set('100', other);
    tautulli.rows = [row({ ago: HOUR, showTitle: 'Night Shift', episode: 2 }), ...tautulli.rows];
    expect(showsOf(await read())).toEqual([
      ['Harbour Lights (row)', null, null, false],
      ['Night Shift', '100', 500, true],
    ]);
  });

  test('that cannot be asked for is neither the old show nor the new one', async () => {
    tautulli.rows = [row()];
    await read();
    tautulli.failures.set('show 100', failure('tautulli', 'timeout'));
    tautulli.rows = [row({ showTitle: 'Night Shift' })];
    expect(showsOf(await read())).toEqual([['Night Shift', null, null, false]]);
    tautulli.failures.clear();
    tautulli.shows.set('100', other);
    expect(showsOf(await read())).toEqual([['Night Shift', '100', 500, true]]);
  });

  test.each(['harbour lights (ROW)', 'Harbour Lights: (Row)', ''])(
    'is not seen in a title like %j',
    async (showTitle) => {
      tautulli.rows = [row()];
      await read();
      tautulli.asked = [];
      tautulli.rows = [row({ showTitle })];
      expect((await read()).plays[0]?.show).toMatchObject({ title: 'Harbour Lights', metadata: true });
      expect(asked()).toEqual([]);
    },
  );

  test('of what an earlier version remembered: the first title seen counts, unasked', async () => {
    await state.shows.put({ ...show('100'), readAt: toInstant(clock.now - DAY) });
    tautulli.rows = [row()];
    expect((await read()).plays[0]?.show.metadata).toBe(true);
    expect(asked()).toEqual([]);
    const { writes } = store;
    await read();
    expect(store.writes).toBe(writes);
    tautulli.shows.set('100', other);
    tautulli.rows = [row({ showTitle: 'Night Shift' })];
    expect(showsOf(await read())).toEqual([['Night Shift', '100', 500, true]]);
  });
});

describe('shows that Plex does not have', () => {
  const legacy = { guid: 'com.plexapp.agents.thetvdb://73244/3/1?lang=en', showTitle: 'The Office (US)' };

  beforeEach(() => {
    tautulli.shows.clear();
  });

  test('case 41: the play keeps the title of its row and the ids of an old guid, and no error is made', async () => {
    tautulli.rows = [row(legacy)];
    const { plays, errors } = await read();
    expect(plays[0]?.show).toEqual({
      title: 'The Office (US)',
      year: null,
      key: '100',
      ids: { tvdb: 73244, tmdb: null, imdb: null },
      metadata: false,
    });
    expect(plays[0]?.library).toEqual({ id: null, name: null });
    expect(errors).toEqual([]);
  });

  test('are asked for again after six hours, and never remembered as known', async () => {
    tautulli.rows = [row(legacy)];
    await read();
    tautulli.asked = [];
    clock.pass(5 * HOUR);
    await read();
    expect(tautulli.asked).toHaveLength(1);
    clock.pass(2 * HOUR);
    tautulli.shows.set('100', show('100'));
    expect((await read()).plays[0]?.show.metadata).toBe(true);
  });

  test('and were known before are known no longer', async () => {
    tautulli.shows.set('100', show('100'));
    tautulli.rows = [row()];
    await read();
    tautulli.shows.clear();
    clock.pass(8 * DAY);
    tautulli.rows = [row()];
    expect((await read()).plays[0]?.show.metadata).toBe(false);
  });

  test('pass no library allow-list', async () => {
    tautulli.rows = [row(legacy)];
    expect(await read({ librariesAllowed: ['TV'] })).toMatchObject({ plays: [], filtered: { libraries: 1 } });
    expect((await read({ librariesDenied: ['TV'] })).plays).toHaveLength(1);
  });
});

describe('failures', () => {
  test('Plex down: recorded once, the plays still come, and nothing is remembered', async () => {
    tautulli.plex = false;
    tautulli.rows = Array.from({ length: 20 }, (_, i) => row({ ago: (i + 1) * HOUR, showKey: `s${i}` }));
    const { plays, errors } = await read();
    expect(plays).toHaveLength(20);
    expect(errors.map(({ code, server: name }) => [code, name])).toEqual([
      ['plex-unreachable', 'Tautulli at http://nas/tautulli'],
    ]);
    expect(tautulli.asked.filter((line) => line === 'plex')).toHaveLength(1);
    expect(tautulli.asked.filter((line) => line.startsWith('show')).length).toBeLessThanOrEqual(4);
    tautulli.plex = true;
    tautulli.rows = [row()];
    tautulli.shows.set('100', show('100'));
    expect((await read()).errors).toEqual([]);
    expect((await read()).plays[0]?.show.metadata).toBe(true);
  });

  test('Plex down with known shows: nothing is asked and nothing is wrong', async () => {
    tautulli.rows = [row()];
    await read();
    tautulli.plex = false;
    expect(await read()).toMatchObject({ errors: [], plays: [{ show: { metadata: true } }] });
  });

  test('a Tautulli that does not know yet whether Plex is there is asked again in the next run', async () => {
    tautulli.plex = null;
    tautulli.shows.clear();
    tautulli.rows = [row()];
    expect((await read()).errors).toEqual([]);
    tautulli.plex = true;
    tautulli.shows.set('100', show('100'));
    expect((await read()).plays[0]?.show.metadata).toBe(true);
  });

  test('one question that fails does not stop the others', async () => {
    tautulli.shows.set('200', show('200'));
    tautulli.failures.set('show 100', failure('tautulli', 'timeout'));
    tautulli.rows = [row(), row({ showKey: '200', ago: 2 * HOUR })];
    const { plays, errors } = await read();
    expect(plays.map(({ show: { key, metadata } }) => [key, metadata]).toSorted()).toEqual([
      ['100', false],
      ['200', true],
    ]);
    expect(errors.map(({ code }) => code)).toEqual(['timeout']);
    tautulli.failures.clear();
    expect((await read()).plays.every(({ show: { metadata } }) => metadata)).toBe(true);
  });

  test('after some failures the other shows are left to the next run', async () => {
    for (let i = 0; i < 30; i += 1) tautulli.failures.set(`show s${i}`, failure('tautulli', 'timeout'));
    tautulli.rows = Array.from({ length: 30 }, (_, i) => row({ ago: (i + 1) * HOUR, showKey: `s${i}` }));
    const { plays, errors } = await read();
    expect(plays).toHaveLength(30);
    expect(errors.length).toBeLessThanOrEqual(7);
  });

  test('a history that cannot be read is the failure of the whole step', async () => {
    tautulli.failures.set('history after 2026-10-22 with activity', failure('tautulli', 'key-refused'));
    await expect(read()).rejects.toMatchObject({ code: 'key-refused' });
  });

  test('a version that cannot be read is nobody’s concern, and asked for again', async () => {
    tautulli.failures.set('version', failure('tautulli', 'timeout'));
    tautulli.rows = [row()];
    expect(await read()).toMatchObject({ errors: [], notes: [] });
    await read();
    expect(tautulli.asked.filter((line) => line === 'version')).toHaveLength(2);
  });

  test('work that was stopped stops', async () => {
    tautulli.failures.set('show 100', failure('tautulli', 'aborted'));
    tautulli.rows = [row()];
    await expect(read()).rejects.toMatchObject({ code: 'aborted' });
  });

  test('a store that cannot keep things costs a warning and no play', async () => {
    tautulli.rows = [row()];
    await state.load();
    store.failure = new Error('disk full');
    expect((await read()).plays[0]?.show.metadata).toBe(true);
    expect(log.of('warn').join()).toContain('disk full');
  });
});
