import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
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
  server.gzip = false;
  const bytes = Buffer.from(library(5_000));
  server.behave = (_, { response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
    return null;
  };
  const open = openConnection(connectionTo('sonarr', server.url, { timeout: 30_000 }));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.enable();
  const { rows, unread } = await sonarrClient(open).series();
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  open.close();
  expect({ rows: rows.length, unread }).toEqual({ rows: 5_000, unread: 0 });
  expect(bytes.length).toBeGreaterThan(20e6);
  // The server sends from the same thread. Measured 15–30 ms; in one go it is 200 ms and more.
  expect(delay.max / 1e6).toBeLessThan(120);
});
