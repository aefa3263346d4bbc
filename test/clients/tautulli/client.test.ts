import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { tautulliClient } from '../../../src/clients/tautulli/client.js';
import type { TautulliClient } from '../../../src/clients/tautulli/types.js';
import { connectionTo, failing, KEY } from '../support/fixtures.js';
import { recording, recordingNames, replayed } from '../support/recordings.js';
import { LocalServer, type Sent } from '../support/server.js';

const started = async (answer: Sent): Promise<{ server: LocalServer; tautulli: TautulliClient } & AsyncDisposable> => {
  const server = await LocalServer.start('/tautulli');
  server.behave = () => answer;
  const tautulli = tautulliClient(openConnection(connectionTo('tautulli', server.url)));
  return { server, tautulli, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

const success = (data: unknown): Sent => ({ body: { response: { result: 'success', message: null, data } } });
const QUERY = { after: '2026-11-20', length: 5000, includeActivity: true };

interface RawHistory {
  readonly response: {
    readonly data: {
      readonly recordsFiltered: number;
      readonly draw: number;
      readonly data: Record<string, unknown>[];
    };
  };
}
const rawHistory = (name: string): RawHistory['response']['data'] =>
  (recording('tautulli', name).body as RawHistory).response.data;

describe('the history', () => {
  test('is asked for in one form post, with everything said that is a setting otherwise, and no key in the URL', async () => {
    await using world = await started(replayed('tautulli', 'plex_history_with_activity'));
    await world.tautulli.history(QUERY);
    const [request] = world.server.received;
    expect(request).toMatchObject({ method: 'POST', path: '/api/v2' });
    expect(request?.query.size).toBe(0);
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      apikey: KEY, cmd: 'get_history', grouping: '0', include_activity: '1', media_type: 'episode', after: '2026-11-20',
      order_column: 'date', order_dir: 'desc', start: '0', length: '5000',
    }); // prettier-ignore
    await world.tautulli.history({ ...QUERY, includeActivity: false });
    expect(world.server.received[1]?.form.get('include_activity')).toBe('0');
  });

  test('holds running sessions without an id, and ended plays', async () => {
    await using world = await started(replayed('tautulli', 'plex_history_with_activity'));
    const page = await world.tautulli.history(QUERY);
    expect({ total: page.total, unread: page.unread, rows: page.rows.length }).toEqual({
      total: 884,
      unread: 0,
      rows: 3,
    });
    expect(page.rows[0]).toEqual({
      id: null, startedAt: '2026-11-22T06:32:14.000Z', stoppedAt: '2026-11-22T06:32:14.000Z', userId: '2847361',
      userName: "Kate O'Brien", live: false, ratingKey: '1023', showKey: '1007', showTitle: 'Severance', title: 'Paper Debt',
      season: 2, episode: 5, airDate: '2025-02-13', guid: 'plex://episode/b42e4b47fcc4a19a40e76cfb', progress: 0, watched: false, state: 'playing',
    }); // prettier-ignore
    expect(page.rows[1]).toMatchObject({ id: 1529, watched: true, progress: 100, state: null });
  });

  test.each(['0000-00-00', '2021-02-30', '2020-00-00'])('a day that is none (%s) is unknown,', async (day) => {
    const raw = rawHistory('plex_history_with_activity');
    const rows = raw.data.map((row) => ({ ...row, originally_available_at: day }));
    await using world = await started(success({ ...raw, data: rows }));
    const page = await world.tautulli.history(QUERY);
    expect(page.rows.map(({ airDate }) => airDate)).toEqual([null, null, null]);
  });

  test('a row whose start is no moment of a calendar is left out, and the others are read', async () => {
    const raw = rawHistory('plex_history_with_activity');
    const [first, ...others] = raw.data;
    for (const started of [1e15, 1_795_000_000_000]) {
      await using world = await startedWith([{ ...first, started }, ...others]);
      const page = await world.tautulli.history(QUERY);
      expect({ rows: page.rows.length, unread: page.unread }).toEqual({ rows: 2, unread: 1 });
    }
    function startedWith(data: readonly unknown[]) {
      return started(success({ ...raw, data }));
    }
  });

  const histories = recordingNames('tautulli').filter((name) => {
    const body = recording('tautulli', name).body as Partial<RawHistory> | string;
    if (!name.startsWith('history_') || typeof body === 'string') return false;
    return Array.isArray(body.response?.data.data) && rawHistory(name).draw !== 0;
  });

  test.each(histories)('recording %s: every episode is read', async (name) => {
    await using world = await started(replayed('tautulli', name));
    const raw = rawHistory(name);
    const { rows, unread, total } = await world.tautulli.history(QUERY);
    const expected = raw.data.filter(({ live }) => live !== 1).map(({ id }) => id);
    expect({ ids: rows.map(({ id }) => id), unread, total }).toEqual({
      ids: expected,
      unread: 0,
      total: raw.recordsFiltered,
    });
  });

  test('a daily show without numbers has none, rather than episode 0', async () => {
    await using world = await started(replayed('tautulli', 'history_daily_without_index'));
    const [row] = (await world.tautulli.history(QUERY)).rows;
    expect(row).toMatchObject({ season: 2026, episode: null, airDate: '2026-11-11' });
  });

  test('a special is season 0', async () => {
    await using world = await started(replayed('tautulli', 'history_specials'));
    expect((await world.tautulli.history(QUERY)).rows.some(({ season }) => season === 0)).toBe(true);
  });

  test('the local user is a user, and one without a friendly name keeps the stored one', async () => {
    await using world = await started(replayed('tautulli', 'history_user_local_0'));
    expect((await world.tautulli.history(QUERY)).rows[0]).toMatchObject({
      userId: '0',
      userName: 'Local',
      airDate: null,
    });
    world.server.behave = () => replayed('tautulli', 'history_user_unknown_to_users_table');
    expect((await world.tautulli.history(QUERY)).rows[0]).toMatchObject({ userId: '77777777', userName: 'ghost' });
  });

  test('an absurd percentage is cut, and does not make an episode watched', async () => {
    await using world = await started(replayed('tautulli', 'history_row_without_media_duration'));
    expect((await world.tautulli.history(QUERY)).rows[0]).toMatchObject({ progress: 100, watched: false });
  });

  test('live television is left out', async () => {
    await using world = await started(replayed('tautulli', 'history_media_type_live'));
    expect(await world.tautulli.history(QUERY)).toMatchObject({ rows: [], unread: 0 });
  });

  test('fields may be text, "" or null; a row without start or user is counted', async () => {
    const row = rawHistory('plex_history_with_activity').data[1];
    const odd = {
      media_index: '7',
      parent_media_index: null,
      grandparent_rating_key: '',
      rating_key: null,
      guid: null,
      stopped: null,
    };
    await using world = await started(
      success({
        recordsFiltered: 4,
        draw: 1,
        data: [{ ...row, ...odd }, { ...row, started: null }, { ...row, user_id: '' }, 'x'],
      }),
    );
    const page = await world.tautulli.history(QUERY);
    expect(page.unread).toBe(3);
    expect(page.rows).toMatchObject([{ episode: 7, season: null, showKey: null, ratingKey: null, guid: '' }]);
    expect(page.rows[0]?.stoppedAt).toBe(page.rows[0]?.startedAt);
  });

  test('a number that no episode can have is none', async () => {
    const row = { ...rawHistory('plex_history_with_activity').data[1], parent_media_index: 1.5, media_index: 1e300 };
    await using world = await started(success({ recordsFiltered: 1, draw: 1, data: [row] }));
    expect((await world.tautulli.history(QUERY)).rows).toMatchObject([{ season: null, episode: null }]);
  });

  test.each(['history_collection_noplex', 'history_json_data_param'])(
    'recording %s: an error of the database looks like success with nothing, and is a failure',
    async (name) => {
      await using world = await started(replayed('tautulli', name));
      await failing(world.tautulli.history(QUERY), 'query-failed');
    },
  );

  test.each(['2026-11-5', '1795000000', '2026-11-20T12:00:00Z', ''])('%s is no day and never sent', async (after) => {
    await using world = await started(success({}));
    await failing(world.tautulli.history({ ...QUERY, after }), 'bad-call');
    expect(world.server.received).toEqual([]);
  });

  test.each([{}, [], false])('success with %j is no history', async (data) => {
    await using world = await started(success(data));
    await failing(world.tautulli.history(QUERY), 'unexpected-answer');
  });
});

describe('metadata of a show', () => {
  test.each([
    [
      'plex_get_metadata_show_new_agent',
      {
        key: '1007',
        title: 'Severance',
        year: 2022,
        ids: { tvdb: 371980, tmdb: 95396, imdb: 'tt11280740' },
        libraryId: '2',
        libraryName: 'TV Shows',
      },
    ],
    [
      'plex_get_metadata_show_legacy',
      {
        key: '1385',
        title: 'The Office (US)',
        year: 2005,
        ids: { tvdb: 73244, tmdb: null, imdb: null },
        libraryId: '5',
      },
    ],
    ['plex_get_metadata_show_themoviedb_legacy', { ids: { tvdb: null, tmdb: 1396, imdb: null } }],
    ['plex_get_metadata_show_local', { year: null, ids: { tvdb: null, tmdb: null, imdb: null } }],
  ])('recording %s', async (name, expected) => {
    await using world = await started(replayed('tautulli', name));
    expect(await world.tautulli.showMetadata('1007')).toMatchObject(expected);
    expect(Object.fromEntries(world.server.received[0]?.form ?? [])).toEqual({
      apikey: KEY,
      cmd: 'get_metadata',
      rating_key: '1007',
    });
  });

  test('an unknown show, or a Plex that is down, is null; whether Plex is there is another question', async () => {
    await using world = await started(replayed('tautulli', 'plex_down_get_metadata'));
    expect(await world.tautulli.showMetadata('1009')).toBeNull();
    world.server.behave = () => replayed('tautulli', 'plex_server_status');
    expect(await world.tautulli.plexConnected()).toBe(true);
    world.server.behave = () => replayed('tautulli', 'server_status_noplex');
    expect(await world.tautulli.plexConnected()).toBe(false);
    world.server.behave = () => success({ connected: null });
    expect(await world.tautulli.plexConnected()).toBeNull();
  });

  test('anything else is unexpected', async () => {
    await using world = await started(success([]));
    await failing(world.tautulli.showMetadata('1'), 'unexpected-answer');
  });
});

describe('notifications', () => {
  test('the notifiers, by the name they were given', async () => {
    await using world = await started(replayed('tautulli', 'get_notifiers'));
    expect((await world.tautulli.notifiers()).slice(0, 2)).toEqual([
      { id: 1, agent: 'webhook', label: 'Lab webhook' },
      { id: 2, agent: 'discord', label: 'Lab discord' },
    ]);
    world.server.behave = () => replayed('tautulli', 'get_notifiers_empty');
    expect(await world.tautulli.notifiers()).toEqual([]);
  });

  test('a message arrives whole, as it is', async () => {
    await using world = await started(replayed('tautulli', 'notify_webhook_json_body'));
    const message = {
      notifier: 2,
      subject: 'TV & Film <3',
      body: `{"text":"Hällo & <b> + 100%"}\n${'words '.repeat(5000)}`,
    };
    await world.tautulli.notify(message);
    expect(Object.fromEntries(world.server.received[0]?.form ?? [])).toEqual({
      apikey: KEY, cmd: 'notify', notifier_id: '2', subject: message.subject, body: message.body,
    }); // prettier-ignore
  });

  test('a receiver may be slower than the ordinary time-out; a broken connection does not send it again', async () => {
    await using server = await LocalServer.start();
    const tautulli = tautulliClient(openConnection(connectionTo('tautulli', server.url, { timeout: 50 })));
    server.behave = (_, { response }) => {
      const body = JSON.stringify(recording('tautulli', 'notify_webhook_listener_slow').body);
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), 200);
      return null;
    };
    await tautulli.notify({ notifier: 7, subject: 's', body: 'b' });
    server.behave = (_, { request }) => {
      request.socket.destroy();
      return null;
    };
    await failing(tautulli.notify({ notifier: 7, subject: 's', body: 'b' }), 'reset');
    expect(server.received).toHaveLength(2);
  });
});

test('reads are repeated though they are posts', async () => {
  await using world = await started({});
  world.server.behave = (_, { request }) => {
    if (world.server.received.length > 1) return replayed('tautulli', 'get_tautulli_info');
    request.socket.destroy();
    return null;
  };
  expect(await world.tautulli.version()).toBe('v2.17.2');
  expect(world.server.received.map(({ form }) => form.get('cmd'))).toEqual(['get_tautulli_info', 'get_tautulli_info']);
});

describe('who and what Tautulli knows', () => {
  test('users by id, with the name that history rows show', async () => {
    await using world = await started(replayed('tautulli', 'get_users'));
    const users = await world.tautulli.users();
    expect(users).toHaveLength(7);
    expect(users.slice(0, 2)).toEqual([
      { id: '0', name: 'Local', username: 'Local' },
      { id: '1000001', name: 'Dana', username: 'dana_admin' },
    ]);
    expect(world.server.received[0]?.form.get('cmd')).toBe('get_users');
  });

  test('a user without a friendly name has the user name', async () => {
    await using world = await started(success([{ user_id: 5, username: 'eve', friendly_name: '' }, { username: 'x' }]));
    expect(await world.tautulli.users()).toEqual([{ id: '5', name: 'eve', username: 'eve' }]);
  });

  test('libraries by section, with their kind', async () => {
    await using world = await started(replayed('tautulli', 'get_library_names'));
    const libraries = await world.tautulli.libraries();
    expect(libraries.map(({ id, type }) => `${id} ${type}`)).toEqual([
      '1 movie',
      '2 show',
      '3 artist',
      '5 show',
      '999999 live',
    ]);
    expect(libraries[3]?.name).toBe('TV – Legacy & Anime');
    expect(world.server.received[0]?.form.get('cmd')).toBe('get_library_names');
  });
});
