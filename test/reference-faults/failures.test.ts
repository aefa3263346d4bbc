import { describe, expect, it } from 'vitest';
import type { WorldFile } from '../sandbox/world/format.js';
import { itemOf, startPipeline } from './pipeline.js';
import { annAtFirst, lights, play, season, SHOW, show, viewers } from './worlds.js';

const MINUTE = 60_000;

describe('faults of the reference: runs in which something fails', () => {
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
      expect(pipeline.asked('sonarr', 'GET /api/v3/release')).toEqual([]);
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
