import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Household } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { UpNextView } from '../../src/core/up-next/index.js';
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

  describe('while the second Sonarr is down', () => {
    const anime = () => {
      const [, server] = home.sandbox.servers.sonarrs;
      if (!server) throw new Error('there is no second Sonarr');
      return server;
    };
    const view = async () => {
      const { flows } = (await (await home.red.ask('/plex-jit/up-next')).json()) as UpNextView;
      const [flow] = flows;
      if (!flow?.lastRun) throw new Error('the flow has not run');
      return { ...flow, lastRun: flow.lastRun };
    };

    beforeAll(async () => {
      anime().addFault({ kind: 'refused' });
      home.clear();
      await home.red.press('jit-two-inject');
      await until(() => home.red.output.includes('plex-jit-sonarr-lookup: Sonarr for anime'), 'the error', 60_000);
      await until(() => home.red.runsEnded === 5, 'the plan of the other one', 60_000);
      await vi.waitUntil(async () => !(await view()).lastRun.running, 10_000);
    });

    it('its Catch hears of it: which server, what was tried, what to do', () => {
      expect(home.red.output).toContain(
        `plex-jit-sonarr-lookup: Sonarr for anime at ${anime().url} refused the connection when asked to read the queue. Check that Sonarr is running and that host and port are correct.`,
      );
    });

    it('the other branch works on', () => {
      expect(home.red.runsEnded).toBe(5);
      expect(home.sandbox.servers.sonarr.exchanges.length).toBeGreaterThan(0);
    });

    it('the sidebar is told of both: what one has now, what the other had, and why', async () => {
      const { lastRun, plans } = await view();
      expect(lastRun.errors.map(({ code, message }) => [code, message.slice(0, 16)])).toEqual([
        ['refused', 'Sonarr for anime'],
      ]);
      const shown = plans.map(({ sonarr, runId, viewers }) => ({
        sonarr: sonarr.name,
        isOfThisRun: lastRun.ids.includes(runId),
        viewers: viewers.map(({ name }) => name),
      }));
      expect(shown).toEqual([
        { sonarr: 'Sonarr', isOfThisRun: true, viewers: ['Ann'] },
        { sonarr: 'Sonarr for anime', isOfThisRun: false, viewers: ['Bob'] },
      ]);
    });

    it('works again, with no error left, once it is back', async () => {
      anime().clearFaults();
      await home.red.press('jit-two-inject');
      await until(() => home.red.runsEnded === 7, 'both plans', 60_000);
      const { lastRun, plans } = await view();
      expect(lastRun.errors).toEqual([]);
      expect(plans.filter(({ runId }) => !lastRun.ids.includes(runId))).toEqual([]);
    });
  });
});
