import { afterEach, describe, expect, it } from 'vitest';
import type { StandIn } from '../sandbox/http/types.js';
import { TautulliModel, type TautulliContents } from '../sandbox/tautulli/model.js';
import type { Row } from '../sandbox/tautulli/rows.js';
import { startTautulli, TAUTULLI_KEY } from '../sandbox/tautulli/start.js';
import type { StandInPlay, StandInShow } from '../sandbox/tautulli/types.js';
import type { WorldTautulli } from '../sandbox/world/format.js';
import { handClock } from './clock.js';
import { send, type Got } from './recordings.js';

const NOW = Date.UTC(2026, 10, 22, 6);
const HOUR = 3_600_000;

const SEVERANCE: StandInShow = {
  ratingKey: 1007,
  title: 'Severance',
  year: 2022,
  guid: 'plex://show/1',
  guids: ['tvdb://371980'],
  sectionId: 2,
};

/** One viewing of S1E1 by Kate that ended so many hours ago after half an hour. */
const play = (hoursAgo: number, more: Partial<StandInPlay> = {}): StandInPlay => ({
  userId: 7,
  ratingKey: 1009,
  seasonKey: 1008,
  show: SEVERANCE,
  title: 'Good News About Hell',
  season: 1,
  episode: 1,
  guid: 'plex://episode/1',
  length: 3_000_000,
  progress: 100,
  startedAt: NOW - hoursAgo * HOUR - HOUR / 2,
  stoppedAt: NOW - hoursAgo * HOUR,
  ...more,
});

let standIn: StandIn | undefined;
afterEach(async () => await standIn?.close());

const start = async (contents: TautulliContents = {}, world: WorldTautulli = {}): Promise<TautulliModel> => {
  const users = [{ id: 7, username: 'kate', friendlyName: "Kate O'Brien" }];
  const libraries = [{ id: 2, name: 'TV Shows', type: 'show' as const }];
  const model = new TautulliModel(world, handClock(NOW), { users, libraries, ...contents });
  standIn = await startTautulli(model);
  return model;
};

/** As the package asks: everything in the form. */
const ask = async (cmd: string, parameters: Record<string, string> = {}): Promise<Got> => {
  const body = new URLSearchParams({ apikey: TAUTULLI_KEY, cmd, ...parameters }).toString();
  return await send(standIn?.url ?? '', { method: 'POST', path: '/api/v2', body });
};

const dataOf = <T>(got: Got): T => (got.body as { response: { data: T } }).response.data;

const rows = async (parameters: Record<string, string>): Promise<readonly Row[]> =>
  dataOf<{ data: readonly Row[] }>(await ask('get_history', { grouping: '0', include_activity: '0', ...parameters }))
    .data;

const ids = async (parameters: Record<string, string>): Promise<readonly unknown[]> =>
  (await rows(parameters)).map((row) => row.id);

describe('history', () => {
  it('pages are slices, as Python cuts them', async () => {
    await start({ plays: [5, 4, 3, 2, 1].map((hours) => play(hours, { progress: 90 + hours })) });
    expect(await ids({})).toEqual([5, 4, 3, 2, 1]);
    expect(await ids({ length: '2', start: '2' })).toEqual([3, 2]);
    expect(await ids({ length: '2', start: '9' })).toEqual([]);
    expect(await ids({ length: '-1' })).toEqual([5, 4, 3, 2]);
    expect(await ids({ start: '-4', length: '2' })).toEqual([4, 3]);
  });

  it('`after` counts whole days of the time zone of Tautulli', async () => {
    const plays = [play(4), play(8)];
    await start({ plays });
    expect(await ids({ after: '2026-11-22' })).toEqual([2]);
    await standIn?.close();
    await start({ plays }, { utcOffset: 9 });
    expect(await ids({ after: '2026-11-22' })).toEqual([2, 1]);
    await standIn?.close();
    await start({ plays }, { utcOffset: -8 });
    expect(await ids({ after: '2026-11-22' })).toEqual([]);
  });

  it('a running play comes with include_activity, without an id, and gets a row when it stops', async () => {
    const model = await start({ plays: [play(24)] });
    const key = model.play(play(0, { stoppedAt: null, progress: 20, ratingKey: 1010, episode: 2 }));
    expect(await ids({})).toEqual([1]);
    expect(await rows({ include_activity: '1', length: '1' })).toMatchObject([
      { id: null, state: 'playing', session_key: key, media_index: 2, percent_complete: 20, duration: 1800 },
    ]);
    model.clock.advance(HOUR);
    model.stop(key, 97);
    expect(await rows({ include_activity: '1', length: '1' })).toMatchObject([
      { id: 2, state: null, percent_complete: 97, watched_status: 1, stopped: (NOW + HOUR) / 1000 },
    ]);
  });

  it('what is gone on with is one group; watched or rewound begins another; a window cuts a group', async () => {
    const parts = [50, 25, 95, 10].map((progress, i) => play(72 - 24 * i, { progress }));
    await start({ plays: parts });
    const groups = await rows({ grouping: '1' });
    expect(groups.map((row) => [row.group_ids, row.percent_complete, row.watched_status])).toEqual([
      ['4', 10, 0],
      ['2,3', 95, 1],
      ['1', 50, 0.5],
    ]);
    const cut = await rows({ grouping: '1', before: '2026-11-20' });
    expect(cut.map((row) => [row.group_ids, row.watched_status])).toEqual([
      ['2', 0.25],
      ['1', 0.5],
    ]);
  });

  it('credits count as the end, and the watched percentage of today counts for old rows', async () => {
    const model = await start({ plays: [play(1, { progress: 80, creditsAt: 2_300_000 }), play(2, { progress: 60 })] });
    expect((await rows({})).map((row) => row.watched_status)).toEqual([1, 0.5]);
    model.watchedPercent = 50;
    expect((await rows({})).map((row) => row.watched_status)).toEqual([1, 1]);
  });

  it('live TV is always watched, and no episode', async () => {
    const { userId, title, guid, length, startedAt, stoppedAt } = play(1);
    const live = { live: true, progress: 3, ratingKey: 990_013, sectionId: 2, season: null, episode: null };
    await start({ plays: [{ ...live, userId, title, guid, length, startedAt, stoppedAt }] });
    expect(await ids({ media_type: 'episode' })).toEqual([]);
    expect(await rows({ media_type: 'live' })).toMatchObject([
      { live: 1, media_type: 'episode', watched_status: 1, grandparent_rating_key: '', media_index: '' },
    ]);
  });
});

describe('Plex behind it', () => {
  it('tells a show by its key, and nothing at all once it is gone or Plex is down', async () => {
    const model = await start({ plays: [play(1)] });
    const ask1007 = async (): Promise<unknown> => dataOf(await ask('get_metadata', { rating_key: '1007' }));
    expect(await ask1007()).toMatchObject({
      title: 'Severance',
      year: '2022',
      guids: ['tvdb://371980'],
      library_name: 'TV Shows',
    });
    model.plexDown = true;
    expect([await ask1007(), dataOf(await ask('server_status')), dataOf(await ask('get_activity'))]).toEqual([
      {},
      { connected: false },
      {},
    ]);
    model.plexDown = false;
    model.addShow({ ...SEVERANCE, gone: true });
    expect(await ask1007()).toEqual({});
    expect(await ids({ grandparent_rating_key: '1007' })).toEqual([1]);
  });
});

describe('notify', () => {
  const world: WorldTautulli = {
    notifiers: [
      { id: 1, agent: 'email' },
      { id: 2, agent: 'webhook' },
      { id: 3, agent: 'discord', fails: true },
    ],
  };
  const refused = { response: { result: 'error', message: 'Notification failed.', data: {} } };

  it('text needs a subject and a body; what was sent is kept verbatim', async () => {
    const model = await start({}, world);
    expect((await ask('notify', { notifier_id: '1', subject: 's', body: '' })).body).toEqual(refused);
    expect((await ask('notify', { notifier_id: '1', subject: 'Über & so', body: '<b>' })).status).toBe(200);
    expect(model.notifications).toMatchObject([{ notifierId: 1, agent: 'email', subject: 'Über & so', body: '<b>' }]);
  });

  it('a webhook takes JSON alone', async () => {
    const model = await start({}, world);
    const send2 = async (subject: string, body: string): Promise<number> =>
      (await ask('notify', { notifier_id: '2', subject, body })).status;
    expect([await send2('New episodes', '{}'), await send2('', 'text'), await send2('{"X":"1"}', '{"a":1}')]).toEqual([
      400, 400, 200,
    ]);
    expect(model.notifications).toMatchObject([{ body: '{"a":1}', headers: { X: '1' } }]);
  });

  it('a receiver that fails is a 400 without a reason', async () => {
    const model = await start({}, world);
    expect((await ask('notify', { notifier_id: '3', subject: 's', body: 'b' })).body).toEqual(refused);
    expect(model.notifications).toEqual([]);
  });
});

describe('transport', () => {
  it('a request line beyond 500 KB is refused', async () => {
    await start();
    const query = `apikey=${TAUTULLI_KEY}&cmd=arnold&x=${'x'.repeat(520_000)}`;
    const got = await send(standIn?.url ?? '', { method: 'GET', path: '/api/v2', query });
    expect([got.status, got.contentType, got.text]).toEqual([
      414,
      'text/plain',
      'The Request-URI sent with the request exceeds the maximum allowed bytes.',
    ]);
  });

  it('faults are named by their command, the key in the form included in no path', async () => {
    await start();
    standIn?.addFault({ kind: 'empty', route: 'get_history', times: 1 });
    expect((await ask('get_tautulli_info')).body).toMatchObject({
      response: { data: { tautulli_version: 'v2.17.2' } },
    });
    expect((await ask('get_history')).body).toEqual({ response: { result: 'success', message: null, data: {} } });
    expect((await ask('get_history')).body).toMatchObject({ response: { data: { draw: 1 } } });
    expect(standIn?.exchanges.map((e) => [e.path, e.search, e.fault])).toEqual([
      ['/api/v2', '', null],
      ['/api/v2', '', 'empty'],
      ['/api/v2', '', null],
    ]);
  });
});
