import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import type { SonarrClient } from '../../../src/clients/sonarr/types.js';
import { connectionTo, failing, KEY } from '../support/fixtures.js';
import { recording, recordingNames, replay, replayed } from '../support/recordings.js';
import { LocalServer, type Sent } from '../support/server.js';

const started = async (answer: Sent): Promise<{ server: LocalServer; sonarr: SonarrClient } & AsyncDisposable> => {
  const server = await LocalServer.start();
  server.behave = () => answer;
  const sonarr = sonarrClient(openConnection(connectionTo('sonarr', server.url)));
  return { server, sonarr, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

/** Method, path and query of everything that was asked. */
const asked = (server: LocalServer): readonly string[] =>
  server.received.map(({ method, path, query }) => `${method} ${path}${query.size > 0 ? `?${query.toString()}` : ''}`);

describe('reading', () => {
  test('every request carries the key in its header and nowhere else', async () => {
    await using world = await started(replayed('sonarr', 'tag'));
    expect(await world.sonarr.tags()).toEqual([
      { id: 2, label: 'anime-tag' },
      { id: 1, label: 'jitflow' },
    ]);
    const [request] = world.server.received;
    expect(request?.headers['x-api-key']).toBe(KEY);
    expect(asked(world.server)).toEqual(['GET /api/v3/tag']);
    expect(request?.body).toBe('');
  });

  test('the status', async () => {
    await using world = await started(replayed('sonarr', 'status_header'));
    expect(await world.sonarr.status()).toEqual({
      appName: 'Sonarr',
      version: '10.0.0.27649',
      instanceName: 'Sonarr',
      urlBase: '',
    });
  });

  test('indexers: which are asked when somebody searches', async () => {
    const [indexer] = recording('sonarr', 'indexer').body as object[];
    const off = { ...indexer, name: 'off', enableInteractiveSearch: false };
    const rssOnly = { ...indexer, name: 'RSS only', supportsSearch: false };
    await using world = await started({ body: [indexer, off, rssOnly, null] });
    expect(await world.sonarr.indexers()).toEqual([
      { name: 'Lab Indexer', interactiveSearch: true },
      { name: 'off', interactiveSearch: false },
      { name: 'RSS only', interactiveSearch: false },
    ]);
    expect(asked(world.server)).toEqual(['GET /api/v3/indexer']);
  });

  test('download clients, without their settings', async () => {
    const [client] = recording('sonarr', 'downloadclient').body as object[];
    const torrent = { ...client, name: 'qB', protocol: 'torrent', enable: false, implementationName: 'qBittorrent' };
    await using world = await started({
      body: [client, torrent, { ...client, name: 7 }, { ...client, protocol: 'post' }],
    });
    expect(await world.sonarr.downloadClients()).toEqual([
      { name: 'SABnzbd', enabled: true, protocol: 'usenet', program: 'SABnzbd' },
      { name: 'qB', enabled: false, protocol: 'torrent', program: 'qBittorrent' },
      { name: 'SABnzbd', enabled: true, protocol: 'other', program: 'SABnzbd' },
    ]);
    expect(asked(world.server)).toEqual(['GET /api/v3/downloadclient']);
  });

  test('all series, with 0 and "" as unknown', async () => {
    await using world = await started(replayed('sonarr', 'series_all'));
    const { rows, unread } = await world.sonarr.series();
    expect({ count: rows.length, unread }).toEqual({ count: 15, unread: 0 });
    expect(rows.find(({ id }) => id === 2)).toEqual({
      id: 2, title: 'Harbour Lights', alternateTitles: [], year: 2018, tvdbId: 900101, tmdbId: 200101, imdbId: 'tt9000101',
      type: 'standard', status: 'ended', monitored: true, runtime: 50, tags: [1], path: '/tv/Harbour Lights (2018)', titleSlug: 'harbour-lights',
    }); // prettier-ignore
    expect(rows.find(({ id }) => id === 8)).toMatchObject({ tmdbId: null, imdbId: null });
  });

  test('a row that cannot be read is counted, an unknown word is other, the rest is there', async () => {
    const series = {
      ...(recording('sonarr', 'series_one').body as object),
      status: 'resting',
      seriesType: 'radio',
      year: 0,
      runtime: 0,
    };
    const titles = [
      { title: 'HL', seasonNumber: -1 },
      { title: 'HL 2', seasonNumber: 2 },
      { seasonNumber: 3 },
      { title: 'HL 3' },
    ];
    await using world = await started({ body: [{ id: 'x' }, null, { ...series, alternateTitles: titles }, 7] });
    const { rows, unread } = await world.sonarr.series();
    expect(unread).toBe(3);
    expect(rows).toMatchObject([{ id: 2, status: 'other', type: 'standard', year: null, runtime: null }]);
    expect(rows[0]?.alternateTitles).toEqual([
      { title: 'HL', season: null },
      { title: 'HL 2', season: 2 },
      { title: 'HL 3', season: null },
    ]);
  });

  test('episodes of a series come in order, with their dates', async () => {
    const { body } = recording('sonarr', 'episodes_ids');
    await using world = await started({ body: [...(body as object[])].reverse() });
    const { rows } = await world.sonarr.episodesOfSeries(2);
    expect(asked(world.server)).toEqual(['GET /api/v3/episode?seriesId=2']);
    expect(rows.map(({ episode }) => episode)).toEqual([1, 2]);
    expect(rows[0]).toEqual({
      id: 45, seriesId: 2, tvdbId: 90013101, season: 3, episode: 1, title: 'Chapter 3-1', airDate: '2021-01-04',
      airDateUtc: '2021-01-04T20:00:00.000Z', runtime: 50, absolute: null, sceneSeason: null, sceneEpisode: null,
      sceneAbsolute: null, monitored: true, hasFile: false, fileId: null,
    }); // prettier-ignore
  });

  test('an episode whose file cannot be told is unreadable rather than missing', async () => {
    const [episode] = recording('sonarr', 'episodes_ids').body as Record<string, unknown>[];
    await using world = await started({
      body: [episode, { ...episode, hasFile: undefined }, { ...episode, hasFile: 'no' }],
    });
    expect(await world.sonarr.episodesByIds([45])).toMatchObject({ rows: [{ id: 45 }], unread: 2 });
  });

  test.each(
    recordingNames('sonarr').filter((name) =>
      /^(queue_(?!bad|delete|grab|status|details)|queue_details_(all|pack))/.test(name),
    ),
  )('recording %s: every row of the queue is read', async (name) => {
    const { body } = recording('sonarr', name);
    if (Array.isArray(body)) return;
    const { records } = body as { records: { id: number }[] };
    await using world = await started({ body: { ...(body as object), totalRecords: records.length } });
    const { rows, unread } = await world.sonarr.queue();
    expect({ ids: rows.map(({ id }) => id), unread }).toEqual({ ids: records.map(({ id }) => id), unread: 0 });
  });

  test('the queue is asked for once, held-back and unmapped rows included', async () => {
    const { body } = recording('sonarr', 'queue_pending');
    await using world = await started({ body });
    const { rows } = await world.sonarr.queue();
    expect(asked(world.server)).toEqual(['GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true']);
    expect(rows).toMatchObject([
      { seriesId: 6, episodeId: 147, status: 'queued', downloadId: 'SABnzbd_nzo_x5t8p00q', protocol: 'usenet', client: 'SABnzbd', size: 1572864000, sizeLeft: 943718400, timeLeft: 750, messages: [] },
      { seriesId: 6, episodeId: 149, status: 'downloadClientUnavailable', downloadId: null, client: null, trackedState: null },
    ]); // prettier-ignore
  });

  test('what Sonarr says about a blocked item is kept, without the queries of URLs in it', async () => {
    const { body } = recording('sonarr', 'queue_all_mixed') as { body: { records: Record<string, unknown>[] } };
    const records = body.records.map((row) => ({
      ...row,
      errorMessage: 'failed: http://idx.example/get?apikey=INDEXER_KEY',
    }));
    await using world = await started({ body: { ...body, records } });
    const blocked = (await world.sonarr.queue()).rows.find(({ episodeId }) => episodeId === 454);
    expect(blocked?.messages).toEqual([
      'No files found are eligible for import in /downloads/complete/Echo.Bay.2020.S01E03',
      'failed: http://idx.example/get?…',
    ]);
  });

  test('a queue row whose episode cannot be read is counted, never taken for unmapped', async () => {
    const row = (recording('sonarr', 'queue_pending').body as { records: object[] }).records[0];
    await using world = await started({
      body: { totalRecords: 2, records: [row, { ...row, id: 5, episodeId: '147' }] },
    });
    expect(await world.sonarr.queue()).toMatchObject({ rows: [{ episodeId: 147 }], unread: 1 });
  });

  test('a queue of more than 1,000 rows is read by its count, a row that moved between pages once', async () => {
    await using world = await started({});
    world.server.behave = ({ query }) => {
      const page = Number(query.get('page') ?? '1');
      const from = page === 1 ? 0 : page * 1000 - 1001;
      const length = page === 3 ? 201 : 1000;
      return {
        body: { totalRecords: 2200, records: Array.from({ length }, (_, i) => ({ id: from + i + 1, title: 't' })) },
      };
    };
    const { rows } = await world.sonarr.queue();
    expect(asked(world.server)).toEqual([
      'GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true',
      'GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true&page=2',
      'GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true&page=3',
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.at(-1)?.id).toBe(2200);
  });

  test('the history since a moment: grabs, imports, failures, each with its download', async () => {
    await using world = await started(replayed('sonarr', 'history_since'));
    const { rows, unread } = await world.sonarr.historySince('2026-11-15T00:00:00.000Z');
    expect(asked(world.server)).toEqual(['GET /api/v3/history/since?date=2026-11-15T00%3A00%3A00.000Z']);
    expect(unread).toBe(0);
    expect(rows[0]).toEqual({
      id: 1, seriesId: 2, episodeId: 45, event: 'grabbed', date: '2026-11-22T15:37:26.000Z', downloadId: 'SABnzbd_nzo_mkyo_sp5',
      sourceTitle: 'Harbour.Lights.S03E01.1080p.WEB-DL.DD5.1.H.264-GRPA', guid: 'http://127.0.0.1:18991/details/d3f6d2567062de7dc75cbeb264253c10',
      indexer: 'Lab Indexer', protocol: 'usenet', client: 'SABnzbd', size: 2254857830, message: null,
    }); // prettier-ignore
  });

  test('the words for events: imported, failed with its reason, ignored, anything else', async () => {
    const failed = (recording('sonarr', 'history_failed').body as { records: Record<string, unknown>[] }).records[0];
    const events = [
      'downloadFailed',
      'downloadFolderImported',
      'seriesFolderImported',
      'downloadIgnored',
      'episodeFileDeleted',
      'new',
    ];
    await using world = await started({ body: events.map((eventType, id) => ({ ...failed, id, eventType })) });
    const { rows } = await world.sonarr.historySince('2026-11-15T00:00:00.000Z');
    expect(rows.map(({ event }) => event)).toEqual(['failed', 'imported', 'imported', 'ignored', 'other', 'other']);
    expect(rows[0]?.message).toBe('Aborted, cannot be completed');
  });

  test('the newest grab of an episode tells its download id', async () => {
    await using world = await started(replayed('sonarr', 'history_episode_grabbed'));
    const { rows } = await world.sonarr.grabsOfEpisode(45);
    expect(asked(world.server)).toEqual(['GET /api/v3/history?episodeId=45&eventType=1&pageSize=1']);
    expect(rows).toMatchObject([
      { event: 'grabbed', episodeId: 45, downloadId: expect.stringMatching(/^SABnzbd_nzo_/) as string },
    ]);
  });

  test('health and free space', async () => {
    await using world = await started(replayed('sonarr', 'health_sab_down'));
    expect((await world.sonarr.health())[0]).toEqual({
      source: 'DownloadClientStatusCheck',
      type: 'error',
      message: 'All download clients are unavailable due to failures',
    });
    world.server.behave = () => replayed('sonarr', 'diskspace');
    expect(await world.sonarr.diskSpace()).toEqual([{ path: '/', freeSpace: 82417618944 }]);
  });
});

describe('episodes by id', () => {
  const echo = (server: LocalServer): void => {
    const [episode] = recording('sonarr', 'episodes_ids').body as object[];
    server.behave = ({ query }) => ({ body: query.getAll('episodeIds').map((id) => ({ ...episode, id: Number(id) })) });
  };

  test('are asked for once each, at most 400 a request, below 8 kB', async () => {
    await using world = await started({});
    echo(world.server);
    const ids = Array.from({ length: 1000 }, (_, i) => 100_000 + i);
    const { rows } = await world.sonarr.episodesByIds([...ids, ...ids.slice(0, 50)]);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    const lists = world.server.received.map(({ query }) => query.getAll('episodeIds').length);
    expect(lists.toSorted((a, b) => b - a)).toEqual([400, 400, 200]);
  });

  test('of ten digits make shorter lists', async () => {
    await using world = await started({});
    echo(world.server);
    const ids = Array.from({ length: 400 }, (_, i) => 2_147_483_000 + i);
    expect((await world.sonarr.episodesByIds(ids)).rows).toHaveLength(400);
    expect(world.server.received.length).toBeGreaterThan(1);
    for (const line of asked(world.server)) expect(line.length).toBeLessThan(7_700);
  });

  test('none: nothing is asked', async () => {
    await using world = await started({});
    expect(await world.sonarr.episodesByIds([])).toEqual({ rows: [], unread: 0 });
    expect(world.server.received).toEqual([]);
  });
});

describe('searching', () => {
  test('an episode: releases in Sonarr’s order, with its verdicts', async () => {
    await using world = await started(replayed('sonarr', 'release_episode'));
    const { rows, unread } = await world.sonarr.searchEpisode(45);
    expect(asked(world.server)).toEqual(['GET /api/v3/release?episodeId=45']);
    expect(unread).toBe(0);
    const raw = recording('sonarr', 'release_episode').body as { guid: string }[];
    expect(rows.map(({ guid }) => guid)).toEqual(raw.map(({ guid }) => guid));
    expect(rows[0]).toEqual({
      guid: 'http://127.0.0.1:18991/details/1ba7066bf15ea8a8c6c2ea9e2d8d2e5e', indexerId: 1, indexer: 'Lab Indexer',
      title: 'Harbour.Lights.S03E01.2160p.WEB-DL.DDP5.1.HEVC-GRPF', size: 6442450944, protocol: 'usenet', approved: false,
      temporarilyRejected: false, rejections: ['WEBDL-2160p is not wanted in profile'], downloadAllowed: true, fullSeason: false,
      mappedSeriesId: 2, mappedSeason: 3, episodeIds: [45],
    }); // prettier-ignore
    expect(JSON.stringify(rows)).not.toContain('INDEXER_API_KEY');
  });

  test('a season lists packs and singles', async () => {
    await using world = await started(replayed('sonarr', 'release_season'));
    const { rows } = await world.sonarr.searchSeason(2, 3);
    expect(asked(world.server)).toEqual(['GET /api/v3/release?seriesId=2&seasonNumber=3']);
    expect(rows).toHaveLength(34);
    const pack = rows.find(({ fullSeason }) => fullSeason);
    expect(pack?.episodeIds).toHaveLength(8);
  });

  test.each(
    recordingNames('sonarr').filter((name) => name.startsWith('release_') && recording('sonarr', name).status === 200),
  )('recording %s: every release is read', async (name) => {
    await using world = await started(replay(recording('sonarr', name)));
    const { rows, unread } = await world.sonarr.searchEpisode(1);
    expect({ rows: rows.length, unread }).toEqual({
      rows: (recording('sonarr', name).body as unknown[]).length,
      unread: 0,
    });
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'id %d is never asked: Sonarr would fetch every feed',
    async (id) => {
      await using world = await started({ body: [] });
      await failing(world.sonarr.searchEpisode(id), 'bad-call');
      await failing(world.sonarr.searchSeason(id, 1), 'bad-call');
      await failing(world.sonarr.searchSeason(2, id === 0 ? -1 : id), 'bad-call');
      await failing(world.sonarr.episodesOfSeries(id), 'bad-call');
      await failing(world.sonarr.commandEpisodeSearch(id), 'bad-call');
      expect(world.server.received).toEqual([]);
    },
  );

  test('season 0, the specials, is a season', async () => {
    await using world = await started({ body: [] });
    expect(await world.sonarr.searchSeason(2, 0)).toEqual({ rows: [], unread: 0 });
    expect(asked(world.server)).toEqual(['GET /api/v3/release?seriesId=2&seasonNumber=0']);
  });

  test('outlives the ordinary time-out, and is not repeated when the connection breaks', async () => {
    await using server = await LocalServer.start();
    const sonarr = sonarrClient(openConnection(connectionTo('sonarr', server.url, { timeout: 50 })));
    server.behave = (_, { response }) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('[]'), 200);
      return null;
    };
    expect(await sonarr.searchEpisode(45)).toEqual({ rows: [], unread: 0 });
    server.behave = (_, { request }) => {
      request.socket.destroy();
      return null;
    };
    await failing(sonarr.searchEpisode(45), 'reset');
    expect(server.received).toHaveLength(2);
  });
});

describe('changing', () => {
  test('a grab sends guid and indexer, once', async () => {
    await using world = await started(replayed('sonarr', 'grab_ok'));
    await world.sonarr.grab({ guid: 'http://idx/1', indexerId: 3 });
    expect(asked(world.server)).toEqual(['POST /api/v3/release']);
    expect(JSON.parse(world.server.received[0]?.body ?? '')).toEqual({ guid: 'http://idx/1', indexerId: 3 });
  });

  test.each([502, 503, 504])(
    'a proxy’s %i in the place of a grab’s answer tells nothing about the grab',
    async (status) => {
      await using world = await started({ status, type: 'text/html', body: '<html>bad gateway</html>' });
      await failing(world.sonarr.grab({ guid: 'g', indexerId: 1 }), 'unavailable');
      expect(world.server.received).toHaveLength(1);
    },
  );

  test('a search command is for one episode and answers its id', async () => {
    await using world = await started(replayed('sonarr', 'cmd_episode_search'));
    expect(await world.sonarr.commandEpisodeSearch(49)).toBe(113);
    expect(JSON.parse(world.server.received[0]?.body ?? '')).toEqual({ name: 'EpisodeSearch', episodeIds: [49] });
  });

  test.each([true, false])('monitored: %s is always said, ids are sent once', async (monitored) => {
    await using world = await started(replayed('sonarr', 'body_case'));
    await world.sonarr.setMonitored([45, 46, 45], monitored);
    expect(asked(world.server)).toEqual(['PUT /api/v3/episode/monitor']);
    expect(JSON.parse(world.server.received[0]?.body ?? '')).toEqual({ episodeIds: [45, 46], monitored });
  });

  test('monitoring nothing sends nothing', async () => {
    await using world = await started({});
    await world.sonarr.setMonitored([], true);
    expect(world.server.received).toEqual([]);
  });
});

test('clients of one connection share its limit, each has its own scope', async () => {
  await using server = await LocalServer.start();
  server.behave = () => replayed('sonarr', 'tag');
  const open = openConnection(connectionTo('sonarr', server.url));
  const counts = [0, 0];
  const clients = counts.map((_, i) =>
    sonarrClient(open, { onRequest: () => void (counts[i] = (counts[i] ?? 0) + 1) }),
  );
  await clients[0]?.tags();
  await clients[1]?.tags();
  await clients[1]?.tags();
  expect(counts).toEqual([1, 2]);
  open.close();
});
