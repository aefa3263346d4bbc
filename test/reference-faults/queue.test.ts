import { describe, expect, it } from 'vitest';
import type { WorldDownload } from '../sandbox/world/format.js';
import { itemOf, startPipeline } from './pipeline.js';
import { annAtFirst, lights, SHOW } from './worlds.js';

const download = (episodes: string, over: Partial<WorldDownload> = {}): WorldDownload => ({
  series: SHOW,
  season: 1,
  episodes,
  ...over,
});

describe("faults of the reference: what is on its way, and SABnzbd's queue", () => {
  it('B8 a queue row without an episode does not stop the others', async () => {
    await using pipeline = await startPipeline(
      annAtFirst(6, {
        downloads: [{ name: 'Film.2024', size: 3 }, download('6', { state: 'unmapped' }), download('3')],
      }),
    );
    const { plan } = await pipeline.run();
    expect(pipeline.asked('sonarr', '/queue')).toHaveLength(1);
    expect(plan.errors).toEqual([]);
    expect(pipeline.grabbed).toEqual(lights(2, 4));
    expect(pipeline.queued.slice(0, 3)).toEqual(lights(2, 3, 4));
  });

  it('B9 a queue row without a job (held back by a delay profile) stops neither grabs, nor priorities, nor the message', async () => {
    await using pipeline = await startPipeline(
      annAtFirst(6, { downloads: [{ name: 'Film.2024' }, download('3', { state: 'waiting' })] }),
    );
    const { plan, told } = await pipeline.run();
    expect(itemOf(plan, 1, 3)).toMatchObject({ reason: { code: 'waiting' }, downloadId: null });
    expect(pipeline.grabbed).toEqual(lights(2, 4));
    expect(pipeline.queued).toEqual([...lights(2, 4), 'Film.2024']);
    expect(told).toBe(true);
  });

  describe('B10 a blocked or failed job is not on its way', () => {
    it.each(['blocked', 'failed'] as const)(
      "one that is %s is told in Sonarr's words, never as on its way, and not ordered",
      async (state) => {
        await using pipeline = await startPipeline(
          annAtFirst(4, { downloads: [download('2', { state, message: 'Not an upgrade for existing files' })] }),
        );
        const { plan } = await pipeline.run();
        expect(itemOf(plan, 1, 2)).toMatchObject({ action: 'none', reason: { code: state }, queue: null });
        expect(itemOf(plan, 1, 2).reason.text).toContain('Not an upgrade for existing files');
        expect(pipeline.grabbed).toEqual(lights(3, 4));
        const [message] = pipeline.world.notifications();
        const [onItsWay, needsALook] = (message?.body ?? '').split('Need attention:');
        expect(onItsWay).not.toContain('E02');
        expect(needsALook).toMatch(/S01E02: .*Not an upgrade for existing files/);
        const [stuck] = pipeline.world.sabnzbd.history;
        expect(pipeline.asked('sabnzbd', stuck?.id)).toEqual([]);
      },
    );

    it('it is fetched again once somebody has taken it out of the queue', async () => {
      await using pipeline = await startPipeline(annAtFirst(2, { downloads: [download('2', { state: 'blocked' })] }));
      await pipeline.run();
      expect(pipeline.grabbed).toEqual([]);
      pipeline.world.sabnzbd.deleteFromHistory(pipeline.world.sabnzbd.history.map(({ id }) => id));
      pipeline.world.refreshQueues();
      // Found to be gone an hour after its last trace at the latest; then the wait after a failure.
      for (let quarters = 0; quarters < 8; quarters += 1) {
        await pipeline.world.advance(15 * 60_000);
        await pipeline.run();
      }
      expect(pipeline.grabbed).toEqual(lights(2));
    });
  });

  it('B12 jobs stand in the order of watching: new grabs before what was queued already, when they come first', async () => {
    await using pipeline = await startPipeline(
      annAtFirst(9, { downloads: [{ name: 'Film.2024' }, download('5'), download('4'), download('6')] }),
    );
    const { plan } = await pipeline.run({ episodesToCheck: 5 });
    expect(pipeline.grabbed).toEqual(lights(2, 3));
    expect(pipeline.queued).toEqual([...lights(2, 3, 4, 5, 6), 'Film.2024']);
    expect(plan.items.map(({ queue }) => queue?.position)).toEqual([0, 1, 2, 3, 4]);
  });

  describe('B16 nothing waits a fixed time, and only real job ids are sent', () => {
    it('with every job there at once no pause is made', async () => {
      await using pipeline = await startPipeline(annAtFirst(6));
      const { slept, plan } = await pipeline.run();
      expect(pipeline.grabbed).toHaveLength(3);
      expect(slept).toEqual([]);
      const grabbed = new Map(pipeline.world.grabs().map((grab) => [grab.episodes[0], grab.downloadId]));
      for (const item of plan.items) expect(item.downloadId).toBe(grabbed.get(item.episode));
    });

    it('a job that is not to be found is waited for briefly, told, and never sent under another id', async () => {
      await using pipeline = await startPipeline(
        annAtFirst(4, { downloads: [download('2'), { name: 'Film.2024' }, download('3')] }),
      );
      const [first] = pipeline.world.sabJobs();
      const here = new Set(pipeline.world.sabJobs().map(({ id }) => id));
      pipeline.world.sabnzbd.deleteJob(first?.id ?? '');
      const { plan, slept } = await pipeline.run();
      expect(pipeline.queued).toEqual([...lights(3, 4), 'Film.2024']);
      expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
      expect(itemOf(plan, 1, 2).queue).toBeNull();
      for (const { downloadId } of pipeline.world.grabs()) here.add(downloadId);
      const sent = pipeline.asked('sabnzbd', 'name=priority').flatMap((text) => idsIn(text));
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.filter((id) => !here.has(id))).toEqual([]);
    });
  });

  describe('B17 what the owner paused stays paused, and nothing is forced', () => {
    it('a paused job keeps its pause, its priority and its place among the others', async () => {
      await using pipeline = await startPipeline(
        annAtFirst(4, { downloads: [{ name: 'Film.2024' }, download('2', { paused: true }), download('3')] }),
      );
      const { plan } = await pipeline.run();
      const paused = pipeline.world.sabJobs().find(({ status }) => status === 'Paused');
      expect(paused).toMatchObject({ priority: 0 });
      expect(paused?.name).toContain('S01E02');
      expect(pipeline.asked('sabnzbd', paused?.id)).toEqual([]);
      expect(itemOf(plan, 1, 2).reason.code).toBe('paused');
      expect(pipeline.queued).toEqual([...lights(3, 4), 'Film.2024', ...lights(2)]);
    });

    it('a paused queue stays paused and downloads nothing, its order is made all the same', async () => {
      await using pipeline = await startPipeline(
        annAtFirst(4, { sabnzbd: { paused: true, rate: 1 }, downloads: [{ name: 'Film.2024' }, download('3')] }),
      );
      await pipeline.run();
      expect(pipeline.world.sabnzbd.paused).toBe(true);
      expect(pipeline.queued).toEqual([...lights(2, 3, 4), 'Film.2024']);
      await pipeline.world.advance(3_600_000);
      expect(pipeline.world.sabJobs().map(({ done }) => done)).toEqual([0, 0, 0, 0]);
    });

    it('jobs are raised to High by one call, never by way of Force', async () => {
      await using pipeline = await startPipeline(annAtFirst(4, { downloads: [{ name: 'Film.2024' }] }));
      await pipeline.run();
      expect(pipeline.world.sabJobs().map(({ priority }) => priority)).toEqual([1, 1, 1, 0]);
      expect(pipeline.asked('sabnzbd', 'name=priority').filter((text) => !text.includes('value2=1'))).toEqual([]);
    });
  });

  describe('B25 only jobs of this SABnzbd are sent to it', () => {
    it('a torrent and a job of NZBGet are told as such, and their ids are never sent', async () => {
      await using pipeline = await startPipeline(
        annAtFirst(5, { downloads: [download('2', { client: 'torrent' }), download('3', { client: 'nzbget' })] }),
      );
      const elsewhere = pipeline.world.sonarr.tracker.elsewhere.map(({ downloadId }) => downloadId);
      const { plan } = await pipeline.run();
      await pipeline.run();
      expect(elsewhere).toHaveLength(2);
      for (const id of elsewhere) expect(pipeline.asked('sabnzbd', id)).toEqual([]);
      expect([2, 3].map((n) => itemOf(plan, 1, n).reason.code)).toEqual(['other-client', 'other-client']);
      expect(pipeline.queued).toEqual(lights(4));
    });

    it('nor is the id of a torrent that this run has grabbed', async () => {
      const torrents = [{ protocol: 'torrent' as const }];
      await using pipeline = await startPipeline(
        annAtFirst([
          { number: 1, file: true },
          { number: 2, releases: torrents },
          { number: 3, releases: 1 },
        ]),
      );
      await pipeline.run();
      const [torrent] = pipeline.world.grabs();
      expect(torrent?.downloadId).toMatch(/^[0-9A-F]+$/);
      expect(pipeline.asked('sabnzbd', torrent?.downloadId)).toEqual([]);
      expect(pipeline.queued).toEqual(lights(3));
    });
  });
});

const idsIn = (text: string): string[] => /[?& ]value=([^&]*)/.exec(text)?.[1]?.split(',') ?? [];
