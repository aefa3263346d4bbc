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

describe('faults of the reference: one run after the other, and runs in which something fails', () => {
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

  describe('B22 one failure costs one thing, and is remembered', () => {
    const two = (first: Parameters<typeof season>[0]): WorldFile => ({
      series: [show([season(first)]), show([season(2)], { title: 'Night Ferry' })],
      households: viewers({ Ann: [play(1), play(1, { series: 'Night Ferry', at: '-5h' })] }),
    });

    it('a search that fails: the other series is fetched, and this one waits 15 minutes', async () => {
      await using pipeline = await startPipeline(two(2));
      pipeline.sandbox.servers.sonarr.addFault({
        route: 'GET /api/v3/release episodeId=2',
        kind: 'status',
        status: 500,
      });
      const { plan } = await pipeline.run();
      expect(pipeline.grabbed).toEqual(['Night Ferry S01E02']);
      expect(plan.errors).toMatchObject([{ service: 'sonarr', status: 500 }]);
      expect(pipeline.queued).toEqual(['Night Ferry S01E02']);
      pipeline.sandbox.servers.sonarr.clearFaults();
      await pipeline.world.advance(14 * MINUTE);
      await pipeline.run();
      expect(pipeline.grabbed).toHaveLength(1);
      await pipeline.world.advance(2 * MINUTE);
      await pipeline.run();
      expect(pipeline.grabbed).toEqual(['Night Ferry S01E02', ...lights(2)]);
    });

    it('an indexer that fails looks like "nothing found", and is not taken for it', async () => {
      await using pipeline = await startPipeline(annAtFirst(2));
      pipeline.world.indexerFails(503);
      const { plan } = await pipeline.run();
      expect(itemOf(plan, 1, 2).result?.code).toBe('failed');
      pipeline.world.indexerFails(null);
      await pipeline.run();
      expect(pipeline.grabbed).toEqual([]);
      await pipeline.world.advance(16 * MINUTE);
      await pipeline.run();
      expect(pipeline.grabbed).toEqual(lights(2));
    });

    it('a grab that fails: the others are made, told and ordered, and it cools down', async () => {
      await using pipeline = await startPipeline(
        two([
          { number: 1, file: true },
          { number: 2, releases: [{ nzb: 404 }] },
        ]),
      );
      const { plan, told } = await pipeline.run();
      expect(pipeline.queued).toEqual(['Night Ferry S01E02']);
      expect(told).toBe(true);
      expect(itemOf(plan, 1, 2)).toMatchObject({ result: { code: 'failed' }, error: { status: 409 } });
      pipeline.clear();
      await pipeline.run();
      expect(searches(pipeline)).toEqual([]);
    });

    it('a message that fails: all is done, and told in the next run', async () => {
      await using pipeline = await startPipeline(annAtFirst(4));
      pipeline.sandbox.servers.tautulli.addFault({ route: 'cmd=notify', kind: 'status', status: 400, times: 1 });
      const first = await pipeline.run();
      expect(first).toMatchObject({ told: false, plan: { errors: [{ code: 'notify-failed' }] } });
      expect(pipeline.queued).toEqual(lights(2, 3, 4));
      const second = await pipeline.run();
      expect(second.told).toBe(true);
      expect(pipeline.world.notifications().map(({ body }) => body.includes('S01E02–E04'))).toEqual([true]);
    });

    it('one series that cannot be read: the other is fetched', async () => {
      await using pipeline = await startPipeline(two(2));
      pipeline.sandbox.servers.sonarr.addFault({
        route: 'GET /api/v3/episode seriesId=1',
        kind: 'status',
        status: 500,
      });
      const { plan } = await pipeline.run();
      expect(pipeline.grabbed).toEqual(['Night Ferry S01E02']);
      expect(plan.unmatched).toMatchObject([{ code: 'not-looked-up', play: { show: { title: SHOW } } }]);
    });
  });

  describe('B23 runs have limits, and may overlap', () => {
    it('two runs at once fetch each episode once and leave one order', async () => {
      await using pipeline = await startPipeline(annAtFirst(9));
      const [first, second] = await Promise.all([pipeline.run(), pipeline.run()]);
      expect(pipeline.grabbed).toEqual(lights(2, 3, 4));
      expect(pipeline.queued).toEqual(lights(2, 3, 4));
      expect([...first.plan.errors, ...second.plan.errors]).toEqual([]);
      pipeline.restart();
      pipeline.clear();
      await pipeline.run();
      expect(pipeline.changes).toEqual([]);
    });

    it.each([
      ['tautulli', 'get_history'],
      ['sonarr', 'GET /api/v3/queue'],
    ] as const)('%s that never answers ends the run in its time', async (server, route) => {
      await using pipeline = await startPipeline(annAtFirst(3));
      pipeline.sandbox.servers[server].addFault({ route, kind: 'hang' });
      await expect(pipeline.run({ timeout: 200 })).rejects.toMatchObject({ code: 'timeout', service: server });
      pipeline.sandbox.servers[server].clearFaults();
      await pipeline.run();
      expect(pipeline.grabbed).toEqual(lights(2, 3));
    });

    it('what is stored is whole at every moment: a run cut short anywhere is taken up by the next', async () => {
      await using pipeline = await startPipeline(annAtFirst(4));
      // The answer to the second grab is lost, and with it everything of this process.
      pipeline.sandbox.servers.sonarr.addFault({ route: 'POST /release', kind: 'reset-after', after: 1, times: 1 });
      await pipeline.run();
      for (const text of pipeline.stores.sonarr.values.values()) expect(() => void JSON.parse(text)).not.toThrow();
      pipeline.restart();
      await pipeline.world.advance(3 * MINUTE);
      await pipeline.run();
      expect(pipeline.grabbed.toSorted()).toEqual(lights(2, 3, 4));
      expect(pipeline.queued).toEqual(lights(2, 3, 4));
    });
  });

  describe('B26 only what Sonarr approves is taken, and only what it takes is a success', () => {
    it('a release that Sonarr rejects for the time being is left alone', async () => {
      const delayed = { temporarilyRejected: 'Waiting for better quality release' };
      await using pipeline = await startPipeline(
        annAtFirst([
          { number: 1, file: true },
          { number: 2, releases: [delayed] },
          { number: 3, releases: [{ ...delayed, title: 'Harbour.Lights.S01E03.Wait' }, { size: 1 }] },
        ]),
      );
      const { plan } = await pipeline.run();
      expect(pipeline.grabbed).toEqual(lights(3));
      expect(pipeline.world.grabs()[0]?.title).not.toContain('Wait');
      expect(itemOf(plan, 1, 2).result).toMatchObject({
        code: 'nothing-acceptable',
        text: expect.stringContaining('Waiting for better quality release') as string,
      });
    });

    it('a grab that Sonarr refuses (409) is no success: the next approved release is taken', async () => {
      await using pipeline = await startPipeline(
        annAtFirst([
          { number: 1, file: true },
          { number: 2, releases: [{ nzb: 404, size: 2.5 }, { size: 2 }] },
        ]),
      );
      const { plan } = await pipeline.run();
      expect(pipeline.asked('sonarr', 'POST /api/v3/release')).toHaveLength(2);
      expect(itemOf(plan, 1, 2)).toMatchObject({ result: { code: 'grabbed' }, release: { size: 2e9 } });
    });

    it('with all of them refused nothing is told as being on its way', async () => {
      await using pipeline = await startPipeline(
        annAtFirst([
          { number: 1, file: true },
          { number: 2, releases: Array.from({ length: 5 }, (_, i) => ({ nzb: 404, size: 2 + i / 10 })) },
        ]),
      );
      const { plan } = await pipeline.run();
      expect(pipeline.asked('sonarr', 'POST /api/v3/release')).toHaveLength(3);
      expect(itemOf(plan, 1, 2)).toMatchObject({ result: { code: 'failed' }, release: null, downloadId: null });
      expect(pipeline.world.notifications()[0]?.body).not.toContain('On their way');
    });
  });
});

const stored = (pipeline: Pipeline): string => [...pipeline.stores.sonarr.values.values()].join('\n');
