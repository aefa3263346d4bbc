import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { grabbed, NOW, play, queued } from './rows.js';
import { facts, Household } from './household.js';
import { FakeSabnzbd } from './fake-sabnzbd.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('what is under way', () => {
  test('comes from the queue, and from history where the queue is blind', async () => {
    home.has(1, 5);
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    home.sonarr.historyRows = [grabbed(103, 'SABnzbd_nzo_b', 3000)];
    const lookup = await home.look([play(1, 1)]);
    expect(facts(lookup, 102)?.download).toMatchObject({
      state: 'downloading',
      downloadId: 'SABnzbd_nzo_a',
      size: 2e9,
    });
    expect(facts(lookup, 103)?.download).toMatchObject({ state: 'grabbed', downloadId: 'SABnzbd_nzo_b' });
    expect(facts(lookup, 104)?.download).toBeNull();
  });

  test('without queue or history nothing is safe to plan: the look-up fails', async () => {
    home.has(1, 3);
    home.sonarr.failures.set('queue', failure('sonarr', 'server-error'));
    await expect(home.look([play(1, 1)])).rejects.toMatchObject({ code: 'server-error' });
  });

  test.each(['refused', 'key-refused'] as const)(
    'a Sonarr that cannot be used (%s) is the failure of the whole step',
    async (code) => {
      home.has(1, 3);
      await home.look([play(1, 1)]);
      home.sonarr.failures.set('episodes', failure('sonarr', code));
      await expect(home.look([play(1, 1)])).rejects.toMatchObject({ code });
    },
  );

  test('a grab without a trace for an hour is gone when a SABnzbd that answered knows nothing of it', async () => {
    home.has(1, 5);
    home.sabnzbd = new FakeSabnzbd();
    home.sabnzbd.jobs = ['SABnzbd_nzo_b'];
    home.sonarr.historyRows = [
      grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR),
      grabbed(103, 'SABnzbd_nzo_b', 3 * HOUR),
      grabbed(104, 'SABnzbd_nzo_c', 30 * MINUTE),
      grabbed(999, 'SABnzbd_nzo_d', 3 * HOUR),
    ];
    const lookup = await home.look([play(1, 1)]);
    expect(home.sabnzbd.asked).toEqual(['queue', 'history of SABnzbd_nzo_a']);
    expect(facts(lookup, 102)).toMatchObject({ download: null, grabFailedAt: toInstant(NOW - 2 * HOUR) });
    expect(facts(lookup, 103)?.download?.state).toBe('grabbed');
    expect(facts(lookup, 104)?.download?.state).toBe('grabbed');
    expect(lookup.sabnzbd?.name).toBe('SABnzbd');
  });

  test('what was gone once is not asked about again', async () => {
    home.has(1, 5);
    home.sabnzbd = new FakeSabnzbd();
    home.sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR)];
    await home.look([play(1, 1)]);
    expect(facts(await home.look([play(1, 1)]), 102)?.download).toBeNull();
    expect(home.sabnzbd.asked).toHaveLength(2);
  });

  test('each failed grab is one more failure of that search, counted once', async () => {
    home.has(1, 5);
    home.sabnzbd = new FakeSabnzbd();
    home.sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 9 * HOUR)];
    await home.look([play(1, 1)]);
    const again = await home.look([play(1, 1)]);
    expect(again.remembered.attempts).toEqual([
      { episodeId: 102, at: toInstant(NOW - 8 * HOUR), outcome: 'failed', failures: 1 },
    ]);
    home.sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 9 * HOUR), grabbed(102, 'SABnzbd_nzo_b', 5 * HOUR)];
    const { remembered } = await home.look([play(1, 1)]);
    expect(remembered.attempts).toEqual([
      { episodeId: 102, at: toInstant(NOW - 4 * HOUR), outcome: 'failed', failures: 2 },
    ]);
  });

  test('nothing counts as gone when SABnzbd did not answer, or is not known', async () => {
    home.has(1, 5);
    home.sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR)];
    expect(facts(await home.look([play(1, 1)]), 102)?.download?.state).toBe('grabbed');
    home.sabnzbd = new FakeSabnzbd();
    home.sabnzbd.failure = failure('sabnzbd', 'refused');
    const lookup = await home.look([play(1, 1)]);
    expect(facts(lookup, 102)?.download?.state).toBe('grabbed');
    expect(lookup.errors.map(({ service, code }) => [service, code])).toEqual([['sabnzbd', 'refused']]);
  });

  test('SABnzbd is asked nothing when every grab has a trace', async () => {
    home.has(1, 5);
    home.sabnzbd = new FakeSabnzbd();
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    home.sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR)];
    await home.look([play(1, 1)]);
    expect(home.sabnzbd.asked).toEqual([]);
  });

  test('the episodes of a grab whose answer was just lost count as grabbed, until the search may settle it', async () => {
    home.has(1, 5);
    const intent = { episodeId: 102, seriesId: 1, guid: 'g', indexerId: 1, title: 'release', at: toInstant(NOW) };
    home.intents = [{ ...intent, episodeIds: [102, 103] }];
    const lookup = await home.look([play(1, 1)]);
    expect([102, 103, 104].map((id) => facts(lookup, id)?.download?.state)).toEqual(['grabbed', 'grabbed', undefined]);
    home.clock.pass(3 * MINUTE);
    expect(facts(await home.look([play(1, 1)]), 102)?.download).toBeNull();
  });
});

describe('a download client that is ours by its name in Sonarr', () => {
  const lost =
    'Sonarr has no download client "Old SAB": all downloads count as another client\'s, and are not put in order. Choose it again in the Sonarr server node ("Its name in Sonarr").';
  const asked = (): number => home.asked().filter((line) => line === 'download clients').length;

  test.each([
    ['the queue', () => (home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')])],
    ['the history', () => (home.sonarr.historyRows = [grabbed(103, 'SABnzbd_nzo_b', 3000)])],
  ])('is told when Sonarr has none of that name and %s holds a job; asked once per cache time', async (_where, has) => {
    home.has(1, 5);
    home.downloadClient = 'Old SAB';
    expect((await home.look([play(1, 1)])).notes).not.toContain(lost);
    expect(asked()).toBe(0);
    has();
    expect((await home.look([play(1, 1)])).notes).toContain(lost);
    expect((await home.look([play(1, 1)])).notes).toContain(lost);
    expect(asked()).toBe(1);
    home.sonarr.clientNames = { 1: 'old sab ' };
    home.clock.pass(7 * HOUR);
    expect((await home.look([play(1, 1)])).notes).not.toContain(lost);
    expect(asked()).toBe(1);
  });

  test('is found by its id when it was renamed: its jobs in the queue carry the new name, in the history the old one', async () => {
    home.has(1, 5);
    home.downloadClient = { id: '3', name: 'Old SAB' };
    home.sonarr.clientNames = { 3: 'NAS', 4: 'Second' };
    home.sonarr.queueRows = [
      queued(102, 'SABnzbd_nzo_a', { client: 'NAS' }),
      queued(104, 'SABnzbd_nzo_c', { client: 'Second' }),
    ];
    home.sonarr.historyRows = [grabbed(103, 'SABnzbd_nzo_b', 3000, { client: 'Old SAB' })];
    for (let runs = 0; runs < 2; runs += 1) {
      const lookup = await home.look([play(1, 1)]);
      const isOthers = (id: number) => facts(lookup, id)?.download?.otherClient ?? false;
      expect([102, 103, 104].map(isOthers)).toEqual([false, false, true]);
      expect(lookup.notes).not.toContain(lost);
    }
    expect(asked()).toBe(1);
  });

  test('is found soon after it was renamed, however long lists are kept', async () => {
    home.has(1, 5);
    home.downloadClient = { id: '3', name: 'Old SAB' };
    home.sonarr.clientNames = { 3: 'Old SAB', 4: 'Second' };
    home.sonarr.queueRows = [queued(104, 'SABnzbd_nzo_c', { client: 'Second' })];
    await home.look([play(1, 1)]);
    home.sonarr.clientNames = { 3: 'NAS', 4: 'Second' };
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a', { client: 'NAS' })];
    home.clock.pass(30 * MINUTE);
    expect(facts(await home.look([play(1, 1)]), 102)?.download?.otherClient).toBeUndefined();
    expect(asked()).toBe(2);
  });

  test('is not taken for another that has got its name, when only that one has jobs', async () => {
    home.has(1, 5);
    home.downloadClient = { id: '3', name: 'SABnzbd' };
    home.sonarr.clientNames = { 3: 'NAS', 4: 'SABnzbd' };
    const others = queued(104, 'SABnzbd_nzo_c', { client: 'SABnzbd' });
    for (const rows of [[queued(102, 'SABnzbd_nzo_a', { client: 'NAS' }), others], [others]]) {
      home.sonarr.queueRows = rows;
      expect(facts(await home.look([play(1, 1)]), 104)?.download?.otherClient).toBe(true);
    }
    expect(asked()).toBe(1);
  });

  test('is known by the name that it had, while Sonarr does not say what it has', async () => {
    home.has(1, 5);
    home.downloadClient = { id: '3', name: 'Old SAB' };
    home.sonarr.clientNames = { 3: 'NAS' };
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a', { client: 'NAS' })];
    await home.look([play(1, 1)]);
    home.clock.pass(7 * HOUR);
    home.sonarr.failures.set('download clients', failure('sonarr', 'server-error'));
    expect(facts(await home.look([play(1, 1)]), 102)?.download?.otherClient).toBeUndefined();
  });

  test('is told no more soon after Sonarr got one of that name, however long lists are kept', async () => {
    home.has(1, 5);
    home.downloadClient = 'Old SAB';
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    expect((await home.look([play(1, 1)])).notes).toContain(lost);
    expect(asked()).toBe(1);
    home.sonarr.clientNames = { 1: 'Old SAB', 2: 'SABnzbd' };
    home.clock.pass(30 * MINUTE);
    expect((await home.look([play(1, 1)])).notes).not.toContain(lost);
    expect(asked()).toBe(1);
    home.clock.pass(30 * MINUTE);
    await home.look([play(1, 1)]);
    expect(asked()).toBe(0);
  });

  test('is asked about less and less often while Sonarr has none of that name', async () => {
    home.has(1, 5);
    home.downloadClient = 'Old SAB';
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    let all = 0;
    for (let run = 0; run < 12; run += 1) {
      expect((await home.look([play(1, 1)])).notes).toContain(lost);
      all += asked();
      home.clock.pass(15 * MINUTE);
    }
    expect(all).toBe(4);
  });

  test('is not asked about when every job is in it', async () => {
    home.has(1, 5);
    home.downloadClient = 'sabnzbd';
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a'), queued(103, '', { client: null })];
    await home.look([play(1, 1)]);
    expect(asked()).toBe(0);
  });

  test('costs the look-up nothing but an error when Sonarr does not name its clients', async () => {
    home.has(1, 5);
    home.downloadClient = 'Old SAB';
    home.sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    home.sonarr.failures.set('download clients', failure('sonarr', 'server-error'));
    const lookup = await home.look([play(1, 1)]);
    expect(lookup.notes).not.toContain(lost);
    expect(lookup.errors.map(({ code }) => code)).toEqual(['server-error']);
    expect(facts(lookup, 102)?.download).toMatchObject({ otherClient: true });
  });
});
