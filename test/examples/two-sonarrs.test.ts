import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Household } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { WorldFile } from '../sandbox/index.js';
import { onEachLine, stageExample, until } from './stage.js';

/** Ann watches in the library of the first Sonarr, Bob in that of the second; Carol in neither. */
const world: WorldFile = {
  ...twoPeople,
  series: [
    ...twoPeople.series.map((series) => (series.title === 'Night Ferry' ? { ...series, library: 'Anime' } : series)),
    {
      title: 'Tide Tables',
      year: 2020,
      tvdb: 510_003,
      library: 'Documentaries',
      seasons: [{ number: 1, episodes: 4, files: '1' }],
    },
  ],
  households: [
    ...twoPeople.households,
    { viewers: [{ name: 'Carol', plays: [{ series: 'Tide Tables', season: 1, episode: 1, at: '-1h' }] }] },
  ],
};
const ONE = { episodesToCheck: '2', checkOverflow: '0' };

onEachLine('04 two Sonarrs, by library, one SABnzbd', (line) => {
  let home: Household;
  beforeAll(async () => {
    home = await stageExample({
      number: '04',
      world,
      last: 'jit-two-notify',
      settings: { 'jit-two-next': ONE, 'jit-two-next-anime': ONE },
      options: {
        line,
        sonarrs: 2,
        env: ({ urls, keys }) => ({ SONARR_ANIME_URL: urls.sonarrs[1] ?? '', SONARR_ANIME_API_KEY: keys.sonarr }),
      },
    });
    await home.red.press('jit-two-inject');
    await until(() => home.red.runsEnded === 2, 'both plans', 60_000);
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const grabs = (sonarr: number): number =>
    home.sandbox.servers.sonarrs[sonarr]?.exchanges.filter(
      ({ method, path }) => method === 'POST' && path.startsWith('/api/v3/release'),
    ).length ?? -1;

  it('has each library fetched by its own Sonarr, and no other one', () => {
    expect([grabs(0), grabs(1)]).toEqual([2, 2]);
    expect(
      home.sandbox.world
        .grabs()
        .map(({ series }) => series)
        .toSorted(),
    ).toEqual(['Harbour Lights', 'Harbour Lights', 'Night Ferry', 'Night Ferry']);
  });

  it('makes one order in SABnzbd over both, by need', () => {
    expect(home.queue().slice(0, 4)).toEqual([
      'Harbour Lights S01E03',
      'Night Ferry S02E02',
      'Harbour Lights S01E04',
      'Night Ferry S02E03',
    ]);
  });

  it('changes nothing in a second run', async () => {
    home.clear();
    await home.red.press('jit-two-inject');
    await until(() => home.red.runsEnded === 4, 'both plans', 60_000);
    expect(home.changes()).toEqual([]);
  });
});
