import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import { longestTurn } from '../support/delay.js';
import { connectionTo } from '../support/fixtures.js';
import { recording } from '../support/recordings.js';
import { LocalServer } from '../support/server.js';

const STATISTICS = {
  episodeFileCount: 10,
  episodeCount: 10,
  totalEpisodeCount: 10,
  sizeOnDisk: 1e10,
  releaseGroups: [],
  percentOfEpisodes: 100,
};

/** Pretty-printed as Sonarr does, about 5 kB a series. */
const library = (series: number): string => {
  const one = recording('sonarr', 'series_one').body as object;
  const seasons = Array.from({ length: 6 }, (_, seasonNumber) => ({
    seasonNumber,
    monitored: true,
    statistics: STATISTICS,
  }));
  const alternateTitles = ['One', 'Two', 'Three'].map((title) => ({
    title,
    seasonNumber: -1,
    sceneOrigin: 'tvdb',
    comment: 'x',
  }));
  const overview = 'An invented programme for tests, told at the length that is usual. '.repeat(8);
  const rows = Array.from({ length: series }, (_, i) => ({
    ...one,
    id: i + 1,
    tvdbId: i + 1,
    title: `Series ${i}`,
    overview,
    seasons,
    alternateTitles,
  }));
  return JSON.stringify(rows, null, 2);
};

test('a library of 5,000 series is read without holding up others for long', async () => {
  await using server = await LocalServer.start();
  const text = library(5_000);
  // Packed once, since the server works in this thread too.
  const bytes = gzipSync(text);
  server.behave = (_, { response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bytes);
    return null;
  };
  const open = openConnection(connectionTo('sonarr', server.url, { timeout: 30_000 }));
  const longest = await longestTurn(async () => {
    const { rows, unread } = await sonarrClient(open).series();
    expect({ rows: rows.length, unread }).toEqual({ rows: 5_000, unread: 0 });
  });
  open.close();
  expect(text.length).toBeGreaterThan(20e6);
  // Measured 15–50 ms; in one go it is 200 ms and more.
  expect(longest).toBeLessThan(120);
});
