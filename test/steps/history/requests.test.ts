import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { Household, show } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('requests', () => {
  test('an idle run with a warm cache is exactly one', async () => {
    home.tautulli.rows = [home.row()];
    await home.read();
    expect(home.tautulli.asked.toSorted()).toEqual(['history after 2026-10-22 with activity', 'show 100', 'version']);
    home.tautulli.asked = [];
    home.clock.pass(HOUR);
    await home.read();
    expect(home.tautulli.asked).toEqual(['history after 2026-10-22 with activity']);
  });

  test('shows are known after a restart', async () => {
    home.tautulli.rows = [home.row()];
    await home.read();
    home.state = home.open();
    home.tautulli.asked = [];
    expect((await home.read()).plays[0]?.show.metadata).toBe(true);
    expect(home.tautulli.asked).not.toContain('show 100');
  });

  test('active shows are read again after a week, remembered ones are not', async () => {
    home.tautulli.shows.set('200', show('200'));
    home.tautulli.rows = [home.row({ ago: HOUR }), home.row({ ago: 4 * DAY, showKey: '200' })];
    await home.read();
    home.tautulli.asked = [];
    home.clock.pass(8 * DAY);
    home.tautulli.rows = [home.row({ ago: HOUR }), home.row({ ago: 12 * DAY, showKey: '200' })];
    await home.read();
    expect(home.tautulli.asked.filter((line) => line.startsWith('show'))).toEqual(['show 100']);
  });

  test('more rows than are read are told', async () => {
    home.tautulli.rows = [home.row()];
    home.tautulli.total = 7123;
    expect((await home.read()).notes).toEqual([
      'Tautulli has 7,123 plays from the last 30 days; only the newest 5,000 were read.',
    ]);
  });

  test('rows that cannot be read are told', async () => {
    home.tautulli.unread = 2;
    expect((await home.read()).notes).toEqual([
      "2 of the rows of Tautulli's history could not be read and are left out.",
    ]);
  });

  test('an old Tautulli is told so once, and used', async () => {
    home.tautulli.tautulliVersion = 'v2.9.0';
    home.tautulli.rows = [home.row()];
    const { plays, notes } = await home.read();
    expect(plays).toHaveLength(1);
    expect(notes).toEqual([expect.stringContaining('Tautulli v2.9.0 is older than 2.14')]);
    expect((await home.read()).notes).toEqual([]);
  });
});

describe('failures', () => {
  test('Plex down: recorded once, the plays still come, and nothing is remembered', async () => {
    home.tautulli.plex = false;
    home.tautulli.rows = Array.from({ length: 20 }, (_, i) => home.row({ ago: (i + 1) * HOUR, showKey: `s${i}` }));
    const { plays, errors } = await home.read();
    expect(plays).toHaveLength(20);
    expect(errors.map(({ code, server: name }) => [code, name])).toEqual([
      ['plex-unreachable', 'Tautulli at http://nas/tautulli'],
    ]);
    expect(home.tautulli.asked.filter((line) => line === 'plex')).toHaveLength(1);
    expect(home.tautulli.asked.filter((line) => line.startsWith('show')).length).toBeLessThanOrEqual(4);
    home.tautulli.plex = true;
    home.tautulli.rows = [home.row()];
    home.tautulli.shows.set('100', show('100'));
    expect((await home.read()).errors).toEqual([]);
    expect((await home.read()).plays[0]?.show.metadata).toBe(true);
  });

  test('Plex down with known shows: nothing is asked and nothing is wrong', async () => {
    home.tautulli.rows = [home.row()];
    await home.read();
    home.tautulli.plex = false;
    expect(await home.read()).toMatchObject({ errors: [], plays: [{ show: { metadata: true } }] });
  });

  test('a Tautulli that does not know yet whether Plex is there is asked again in the next run', async () => {
    home.tautulli.plex = null;
    home.tautulli.shows.clear();
    home.tautulli.rows = [home.row()];
    expect((await home.read()).errors).toEqual([]);
    home.tautulli.plex = true;
    home.tautulli.shows.set('100', show('100'));
    expect((await home.read()).plays[0]?.show.metadata).toBe(true);
  });

  test('one question that fails does not stop the others', async () => {
    home.tautulli.shows.set('200', show('200'));
    home.tautulli.failures.set('show 100', failure('tautulli', 'timeout'));
    home.tautulli.rows = [home.row(), home.row({ showKey: '200', ago: 2 * HOUR })];
    const { plays, errors } = await home.read();
    expect(plays.map(({ show: { key, metadata } }) => [key, metadata]).toSorted()).toEqual([
      ['100', false],
      ['200', true],
    ]);
    expect(errors.map(({ code }) => code)).toEqual(['timeout']);
    home.tautulli.failures.clear();
    expect((await home.read()).plays.every(({ show: { metadata } }) => metadata)).toBe(true);
  });

  test('after some failures the other shows are left to the next run', async () => {
    for (let i = 0; i < 30; i += 1) home.tautulli.failures.set(`show s${i}`, failure('tautulli', 'timeout'));
    home.tautulli.rows = Array.from({ length: 30 }, (_, i) => home.row({ ago: (i + 1) * HOUR, showKey: `s${i}` }));
    const { plays, errors } = await home.read();
    expect(plays).toHaveLength(30);
    expect(errors.length).toBeLessThanOrEqual(7);
  });

  test('a history that cannot be read is the failure of the whole step', async () => {
    home.tautulli.failures.set('history after 2026-10-22 with activity', failure('tautulli', 'key-refused'));
    await expect(home.read()).rejects.toMatchObject({ code: 'key-refused' });
  });

  test('a version that cannot be read is nobody’s concern, and asked for again', async () => {
    home.tautulli.failures.set('version', failure('tautulli', 'timeout'));
    home.tautulli.rows = [home.row()];
    expect(await home.read()).toMatchObject({ errors: [], notes: [] });
    await home.read();
    expect(home.tautulli.asked.filter((line) => line === 'version')).toHaveLength(2);
  });

  test('work that was stopped stops', async () => {
    home.tautulli.failures.set('show 100', failure('tautulli', 'aborted'));
    home.tautulli.rows = [home.row()];
    await expect(home.read()).rejects.toMatchObject({ code: 'aborted' });
  });

  test('a store that cannot keep things costs a warning and no play', async () => {
    home.tautulli.rows = [home.row()];
    await home.state.load();
    home.store.failure = new Error('disk full');
    expect((await home.read()).plays[0]?.show.metadata).toBe(true);
    expect(home.log.of('warn').join()).toContain('disk full');
  });
});
