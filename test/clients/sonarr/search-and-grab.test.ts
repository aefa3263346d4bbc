import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import { connectionTo, failing } from '../support/fixtures.js';
import { recording, recordingNames, replay, replayed } from '../support/recordings.js';
import { LocalServer } from '../support/server.js';
import { asked, started } from './started.js';

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
