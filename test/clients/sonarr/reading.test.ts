import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import { connectionTo, KEY } from '../support/fixtures.js';
import { recording, replayed } from '../support/recordings.js';
import { LocalServer } from '../support/server.js';
import { asked, started } from './started.js';

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
    expect(await world.sonarr.status()).toEqual({ appName: 'Sonarr', version: '10.0.0.27649' });
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
      body: [client, torrent, { ...client, name: 7 }, { ...client, id: undefined }, { ...client, protocol: 'post' }],
    });
    expect(await world.sonarr.downloadClients()).toEqual([
      { id: 1, name: 'SABnzbd', enabled: true, protocol: 'usenet', program: 'SABnzbd' },
      { id: 1, name: 'qB', enabled: false, protocol: 'torrent', program: 'qBittorrent' },
      { id: 1, name: 'SABnzbd', enabled: true, protocol: 'other', program: 'SABnzbd' },
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

  test('health and free space', async () => {
    await using world = await started(replayed('sonarr', 'health_sab_down'));
    expect((await world.sonarr.health())[0]).toEqual({
      source: 'DownloadClientStatusCheck',
      type: 'error',
      message: 'All download clients are unavailable due to failures',
      wikiUrl: 'https://wiki.servarr.com/sonarr/system#download-clients-are-unavailable-due-to-failures',
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
