import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/contracts/index.js';
import type { WorldFile } from '../sandbox/world/format.js';
import { itemOf, type Pipeline, startPipeline } from './pipeline.js';
import { annAtFirst, lights, play, season, SHOW, show, viewers } from './worlds.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** E02 is nowhere to be found, E03 and E04 are. */
const NO_E02 = annAtFirst([
  { number: 1, file: true },
  { number: 2, releases: 0 },
  { number: 3, releases: 1 },
  { number: 4, releases: 1 },
]);

const searches = (pipeline: Pipeline): string[] => pipeline.asked('sonarr', 'GET /api/v3/release');
const counts = (pipeline: Pipeline, ...about: readonly string[]): number[] =>
  about.map((words) => pipeline.asked('sonarr', words).length);

describe('faults of the reference: one run after the other', () => {
  describe('B2 what was searched without result cools down', () => {
    it('it is not searched again in the next run, nor after a restart, but when its cool-down is over', async () => {
      await using pipeline = await startPipeline(NO_E02);
      const searchedIn = async (): Promise<number> => {
        pipeline.clear();
        await pipeline.run();
        return searches(pipeline).length;
      };
      expect(await searchedIn()).toBeGreaterThan(0);
      expect(await searchedIn()).toBe(0);
      pipeline.restart();
      expect(await searchedIn()).toBe(0);
      await pipeline.world.advance(47.9 * HOUR);
      expect(await searchedIn()).toBe(0);
      await pipeline.world.advance(0.2 * HOUR);
      expect(await searchedIn()).toBeGreaterThan(0);
      // Renewed by that search.
      expect(await searchedIn()).toBe(0);
      expect(pipeline.grabbed).toEqual(lights(3, 4));
    });

    it.each([
      ['once its file is there', 1, true],
      ['once nobody waits for it any more', 62, false],
    ])('its entry is dropped %s, in the store too', async (_, days, hasFile) => {
      await using pipeline = await startPipeline(NO_E02);
      await pipeline.run();
      expect(stored(pipeline)).toContain('"nothing"');
      if (hasFile) pipeline.world.addFile(SHOW, 1, 2);
      await pipeline.world.advance(days * 24 * HOUR);
      await pipeline.run();
      expect(stored(pipeline)).not.toContain('"nothing"');
    });
  });

  describe('B6 with nothing to do the plan is sent on all the same', () => {
    it.each<[string, WorldFile]>([
      ['nobody has watched anything', annAtFirst(3, { households: [] })],
      ['all that comes next is there', { ...annAtFirst(3), series: [show([season(3, { files: 'all' })])] }],
      ['the series has ended', annAtFirst(1)],
    ])('%s', async (_, world) => {
      await using pipeline = await startPipeline(world);
      const { plan, told } = await pipeline.run();
      expect(plan).toMatchObject({ partial: false, errors: [] } satisfies Partial<Plan>);
      expect(plan.items.filter(({ action }) => action !== 'none')).toEqual([]);
      expect(told).toBe(false);
      expect(pipeline.changes).toEqual([]);
    });
  });

  it('B13 an episode is told once: not per viewer and play, and not again in the next run', async () => {
    await using pipeline = await startPipeline(
      annAtFirst(6, { households: viewers({ Ann: [play(1), play(1, { at: '-1h' })], Bob: [play(1, { at: '-5h' })] }) }),
    );
    await pipeline.run();
    await pipeline.run();
    pipeline.restart();
    const { told } = await pipeline.run();
    expect(told).toBe(false);
    const bodies = pipeline.world.notifications().map(({ body }) => body);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]?.match(/Harbour Lights/g)).toHaveLength(1);
    expect(bodies[0]).toContain('Harbour Lights S01E02–E04 for Ann and Bob');
  });

  it('B13 nor is what needs a look, nor what Sonarr has grabbed for us', async () => {
    await using pipeline = await startPipeline(
      annAtFirst(3, { downloads: [{ series: SHOW, season: 1, episodes: '2', state: 'blocked' }] }),
    );
    for (let runs = 0; runs < 4; runs += 1) {
      await pipeline.run({ choose: 'sonarr' });
      await pipeline.world.advance(2 * MINUTE);
    }
    const bodies = pipeline.world
      .notifications()
      .map(({ body }) => body)
      .join('\n');
    expect(bodies.match(/S01E02/g)).toHaveLength(1);
    expect(bodies.match(/S01E03/g)).toHaveLength(1);
  });

  it('B14 new grabs have their size, and a release of several episodes counts once', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, file: true },
        { number: 2, releases: [{ episodes: '2-3', size: 3 }] },
        { number: 3, releases: 0 },
        { number: 4, releases: [{ size: 1.5 }] },
      ]),
    );
    const { plan } = await pipeline.run();
    expect(pipeline.world.grabs()).toHaveLength(2);
    expect([2, 3, 4].map((n) => itemOf(plan, 1, n).release?.size)).toEqual([3e9, 3e9, 1.5e9]);
    expect(pipeline.world.notifications()[0]?.body).toContain('S01E02–E04 for Ann (4.5 GB)');
  });

  describe('B15 what is asked follows the shows, not the plays and not the candidates', () => {
    const world: WorldFile = {
      series: [show([season(9)]), show([season(9)], { title: 'Night Ferry' })],
      households: viewers({
        Ann: [play('1-3'), play(1, { series: 'Night Ferry' })],
        Bob: [play('1-2', { at: '-5h' })],
        Cleo: [play(1, { at: '-30h' }), play(2, { series: 'Night Ferry', at: '-9h' })],
      }),
    };

    it('a first run reads the queue and the history once, each list once, and searches each season once', async () => {
      await using pipeline = await startPipeline(world);
      await pipeline.run();
      expect(counts(pipeline, '/queue?', '/history/since', '/episode?seriesId', '/api/v3/series')).toEqual([
        1, 1, 2, 1,
      ]);
      expect(searches(pipeline)).toHaveLength(2);
      expect(pipeline.asked('tautulli', 'get_history')).toHaveLength(1);
      expect(pipeline.asked('tautulli', 'get_metadata')).toHaveLength(2);
    });

    it('an idle run sends five requests in all', async () => {
      await using pipeline = await startPipeline(world);
      await pipeline.run();
      pipeline.clear();
      const { traces } = await pipeline.run();
      const sent = (['tautulli', 'sonarr', 'sabnzbd'] as const).map((server) => pipeline.asked(server).length);
      expect(sent).toEqual([1, 3, 1]);
      expect(traces).toHaveLength(5);
    });
  });
});

const stored = (pipeline: Pipeline): string => [...pipeline.stores.sonarr.values.values()].join('\n');
