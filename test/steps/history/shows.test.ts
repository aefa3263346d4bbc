import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, toInstant } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { Household, show } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('a rating key that means another show by now (Plex was rebuilt, or is another one)', () => {
  const other = { ...show('100'), title: 'Night Shift', ids: { tvdb: 500, tmdb: null, imdb: null } };
  const asked = () => home.tautulli.asked.filter((line) => line.startsWith('show'));
  const showsOf = ({ plays }: Awaited<ReturnType<typeof home.read>>) =>
    plays.map(({ show: { title, key, ids, metadata } }) => [title, key, ids.tvdb, metadata]);

  test('is asked for again when the newest row has another title, and then known', async () => {
    home.tautulli.rows = [home.row()];
    await home.read();
    home.tautulli.shows.set('100', other);
    home.tautulli.asked = [];
    home.clock.pass(HOUR);
    home.tautulli.rows = [home.row({ showTitle: 'Night Shift' })];
    expect(showsOf(await home.read())).toEqual([['Night Shift', '100', 500, true]]);
    expect(asked()).toEqual(['show 100']);
    await home.read();
    expect(asked()).toEqual(['show 100']);
  });

  test('is still the same show when it was only renamed: older rows keep its ids and library, and what was left out stays so', async () => {
    home.tautulli.rows = [home.row({ ago: 3 * HOUR })];
    await home.read();
    home.tautulli.shows.set('100', { ...show('100'), title: 'Lights' });
    home.tautulli.rows = [home.row({ ago: HOUR, showTitle: 'Lights', episode: 2 }), ...home.tautulli.rows];
    expect(showsOf(await home.read())).toEqual(Array.from({ length: 2 }, () => ['Lights', '100', 371980, true]));
    home.clock.pass(8 * DAY);
    home.tautulli.rows = home.tautulli.rows.map((one) => ({ ...one, startedAt: toInstant(home.clock.now - HOUR) }));
    home.tautulli.asked = [];
    expect((await home.read({ librariesDenied: ['TV'] })).plays).toEqual([]);
    expect(asked()).toEqual(['show 100']);
  });

  test('is asked for when nothing of it is active, too', async () => {
    home.tautulli.rows = [home.row({ ago: 5 * DAY })];
    await home.read();
    home.tautulli.shows.set('100', other);
    home.tautulli.rows = [home.row({ ago: 4 * DAY, showTitle: 'Night Shift' })];
    expect(showsOf(await home.read())).toEqual([['Night Shift', '100', 500, true]]);
  });

  test('older rows keep to their own title: they are no plays of the new show', async () => {
    home.tautulli.rows = [home.row({ ago: 3 * HOUR })];
    await home.read();
    home.tautulli.shows.set('100', other);
    home.tautulli.rows = [home.row({ ago: HOUR, showTitle: 'Night Shift', episode: 2 }), ...home.tautulli.rows];
    expect(showsOf(await home.read())).toEqual([
      ['Harbour Lights (row)', null, null, false],
      ['Night Shift', '100', 500, true],
    ]);
  });

  test('that cannot be asked for is neither the old show nor the new one', async () => {
    home.tautulli.rows = [home.row()];
    await home.read();
    home.tautulli.failures.set('show 100', failure('tautulli', 'timeout'));
    home.tautulli.rows = [home.row({ showTitle: 'Night Shift' })];
    expect(showsOf(await home.read())).toEqual([['Night Shift', null, null, false]]);
    home.tautulli.failures.clear();
    home.tautulli.shows.set('100', other);
    expect(showsOf(await home.read())).toEqual([['Night Shift', '100', 500, true]]);
  });

  test.each(['harbour lights (ROW)', 'Harbour Lights: (Row)', ''])(
    'is not seen in a title like %j',
    async (showTitle) => {
      home.tautulli.rows = [home.row()];
      await home.read();
      home.tautulli.asked = [];
      home.tautulli.rows = [home.row({ showTitle })];
      expect((await home.read()).plays[0]?.show).toMatchObject({ title: 'Harbour Lights', metadata: true });
      expect(asked()).toEqual([]);
    },
  );

  test('of what an earlier version remembered: the first title seen counts, unasked', async () => {
    await home.state.shows.put({ ...show('100'), readAt: toInstant(home.clock.now - DAY) });
    home.tautulli.rows = [home.row()];
    expect((await home.read()).plays[0]?.show.metadata).toBe(true);
    expect(asked()).toEqual([]);
    const { writes } = home.store;
    await home.read();
    expect(home.store.writes).toBe(writes);
    home.tautulli.shows.set('100', other);
    home.tautulli.rows = [home.row({ showTitle: 'Night Shift' })];
    expect(showsOf(await home.read())).toEqual([['Night Shift', '100', 500, true]]);
  });
});

describe('shows that Plex does not have', () => {
  const legacy = { guid: 'com.plexapp.agents.thetvdb://73244/3/1?lang=en', showTitle: 'The Office (US)' };

  beforeEach(() => {
    home.tautulli.shows.clear();
  });

  test('case 41: the play keeps the title of its row and the ids of an old guid, and no error is made', async () => {
    home.tautulli.rows = [home.row(legacy)];
    const { plays, errors } = await home.read();
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
    home.tautulli.rows = [home.row(legacy)];
    await home.read();
    home.tautulli.asked = [];
    home.clock.pass(5 * HOUR);
    await home.read();
    expect(home.tautulli.asked).toHaveLength(1);
    home.clock.pass(2 * HOUR);
    home.tautulli.shows.set('100', show('100'));
    expect((await home.read()).plays[0]?.show.metadata).toBe(true);
  });

  test('and were known before are known no longer', async () => {
    home.tautulli.shows.set('100', show('100'));
    home.tautulli.rows = [home.row()];
    await home.read();
    home.tautulli.shows.clear();
    home.clock.pass(8 * DAY);
    home.tautulli.rows = [home.row()];
    expect((await home.read()).plays[0]?.show.metadata).toBe(false);
  });

  test('pass no library allow-list', async () => {
    home.tautulli.rows = [home.row(legacy)];
    expect(await home.read({ librariesAllowed: ['TV'] })).toMatchObject({ plays: [], filtered: { libraries: 1 } });
    expect((await home.read({ librariesDenied: ['TV'] })).plays).toHaveLength(1);
  });
});
