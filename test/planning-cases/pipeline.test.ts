import { describe, expect, it } from 'vitest';
import { itemOf, type Pipeline, reasons, startPipeline } from '../reference-faults/pipeline.js';
import { annAtFirst, lights, play, season, SHOW, show, viewers } from '../reference-faults/worlds.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Lets so many minutes pass and runs; whether it searched. */
const searchesAfter = async (pipeline: Pipeline, minutes: number): Promise<boolean> => {
  pipeline.clear();
  await pipeline.world.advance(minutes * MINUTE);
  await pipeline.run();
  return pipeline.asked('sonarr', 'GET /api/v3/release').length > 0;
};

describe('planning cases that span several steps, from the play to the servers', () => {
  it('case 15: aired ten minutes ago and not there yet: again ten minutes later, then after twenty more', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, aired: '-7d', file: true },
        { number: 2, aired: '-10m', releases: 0 },
      ]),
    );
    const searched: boolean[] = [];
    for (const minutes of [0, 9.8, 0.4, 19.8, 0.9]) searched.push(await searchesAfter(pipeline, minutes));
    expect(searched).toEqual([true, false, true, false, true]);
  });

  it('an episode that was put off since its list was read is not searched before it airs', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, aired: '-7d', file: true },
        { number: 2, aired: '+10m' },
      ]),
    );
    await pipeline.run();
    pipeline.world.airs(SHOW, 1, 2, pipeline.world.now() + 24 * HOUR);
    expect(await searchesAfter(pipeline, 60)).toBe(false);
    expect(await searchesAfter(pipeline, 24 * 60)).toBe(true);
  });

  it('case 33: a play with a date and no number is placed by its date', async () => {
    const aired = (days: number): string => new Date(Date.now() - days * 24 * HOUR).toISOString().slice(0, 10);
    await using pipeline = await startPipeline({
      series: [show([season(10, { firstAired: '-10d', every: '1d' })], { type: 'daily' })],
      households: viewers({ Ann: [play(1, { season: null, episode: null, airDate: aired(8) })] }),
    });
    await pipeline.run();
    expect(pipeline.grabbed).toEqual(lights(4, 5, 6));
  });

  it('case 37: nothing found while the indexers fail: again after 15 minutes, then after 30', async () => {
    await using pipeline = await startPipeline(annAtFirst(2));
    pipeline.world.indexerFails(503);
    const searched: boolean[] = [];
    for (const minutes of [0, 14, 2, 28, 3]) searched.push(await searchesAfter(pipeline, minutes));
    expect(searched).toEqual([true, false, true, false, true]);
  });

  it.each([-11, 0, 12])(
    'case 40: of a play 47 h and one 49 h ago only the first is active, with Tautulli at UTC%i',
    async (utcOffset) => {
      await using pipeline = await startPipeline({
        series: [show([season(2)]), show([season(2)], { title: 'Night Ferry' })],
        households: viewers({ Ann: [play(1, { at: '-47h' }), play(1, { series: 'Night Ferry', at: '-49h' })] }),
        tautulli: { utcOffset, notifiers: [{ id: 1, agent: 'email' }] },
      });
      const { plan } = await pipeline.run();
      expect(plan.threads.map(({ series }) => series.title)).toEqual([SHOW]);
      expect(pipeline.grabbed).toEqual(lights(2));
    },
  );

  it('case 41: a show that is gone from Plex is found by its title, and asked for once', async () => {
    await using pipeline = await startPipeline({
      ...annAtFirst(3),
      series: [show([season(3)], { goneFromPlex: true })],
    });
    const { plan } = await pipeline.run();
    expect(plan.errors).toEqual([]);
    expect(pipeline.grabbed).toEqual(lights(2, 3));
    pipeline.clear();
    await pipeline.run();
    expect(pipeline.asked('tautulli', 'get_metadata')).toEqual([]);
  });

  it.each([
    ['until-file', true],
    ['for-good', true],
    ['never', false],
  ] as const)(
    'case 42: an unmonitored series, monitoring "%s": searched, and its episode monitored: %s',
    async (monitor, monitored) => {
      await using pipeline = await startPipeline({
        ...annAtFirst(2),
        series: [show([season(2)], { monitored: false })],
      });
      await pipeline.run({ monitor });
      expect(pipeline.grabbed).toEqual(lights(2));
      expect(pipeline.world.episode(SHOW, 1, 2).monitored).toBe(monitored);
      pipeline.world.addFile(SHOW, 1, 2);
      pipeline.world.sabnzbd.deleteJob(pipeline.world.grabs()[0]?.downloadId ?? '');
      await pipeline.world.advance(10 * MINUTE);
      await pipeline.run({ monitor });
      // What was monitored for a while is put back.
      expect(pipeline.world.episode(SHOW, 1, 2).monitored).toBe(monitor === 'for-good');
    },
  );

  it('case 45: below the minimum progress nothing is planned, past it the next ones are', async () => {
    await using pipeline = await startPipeline({
      ...annAtFirst(3),
      households: viewers({ Ann: [play(1, { at: '-9m', playing: true })] }),
    });
    const first = await pipeline.run({ minimumProgress: 50 });
    expect([first.plan.items, first.plan.filtered.progress]).toEqual([[], 1]);
    pipeline.world.tautulli.stop(pipeline.world.tautulli.sessions[0]?.key ?? 0, 60);
    await pipeline.run({ minimumProgress: 50 });
    expect(pipeline.grabbed).toEqual(lights(2, 3));
  });

  it('case 46: the same plan twice: no search, the same order, no message', async () => {
    await using pipeline = await startPipeline(annAtFirst(6, { downloads: [{ name: 'Film.2024' }] }));
    const first = await pipeline.run();
    const order = pipeline.queued;
    pipeline.clear();
    const second = await pipeline.run();
    expect(pipeline.changes).toEqual([]);
    expect(pipeline.asked('sonarr', '/release')).toEqual([]);
    expect(pipeline.queued).toEqual(order);
    expect(second.plan.items.map(({ episodeId }) => episodeId)).toEqual(
      first.plan.items.map(({ episodeId }) => episodeId),
    );
  });

  it('case 47: not found at first; its play has grown old, and it is still searched when its cool-down ends', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, file: true },
        { number: 2, releases: 0 },
      ]),
    );
    await pipeline.run();
    pipeline.world.releaseAppears(SHOW, 1, 2);
    await pipeline.world.advance(46 * HOUR);
    const { plan } = await pipeline.run();
    expect(plan.threads).toEqual([]);
    expect(reasons(plan)).toEqual(['E02 cooling-down']);
    await pipeline.world.advance(3 * HOUR);
    await pipeline.run();
    expect(pipeline.grabbed).toEqual(lights(2));
  });

  it('case 48: a weekly show: what comes next airs long after its play, and is searched then', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, aired: '-2h', file: true },
        { number: 2, aired: '+6d22h' },
      ]),
    );
    await pipeline.run();
    await pipeline.world.advance(6.9 * 24 * HOUR);
    expect(itemOf((await pipeline.run()).plan, 1, 2).reason.code).toBe('not-aired');
    await pipeline.world.advance(HOUR);
    await pipeline.run();
    expect(pipeline.grabbed).toEqual(lights(2));
  });

  it.each([
    ['the viewer', { viewersDenied: ['Ann'] }],
    ['the library', { librariesDenied: ['TV Shows'] }],
    ['the show', { ignoreShows: [SHOW] }],
  ])('case 62: %s is left out when the wanted episode airs: nothing, until that is over', async (_what, leftOut) => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, aired: '-2h', file: true },
        { number: 2, aired: '+6d22h' },
      ]),
    );
    await pipeline.run();
    await pipeline.world.advance(7 * 24 * HOUR);
    expect((await pipeline.run(leftOut)).plan.items).toEqual([]);
    pipeline.restart();
    expect((await pipeline.run(leftOut)).plan.items).toEqual([]);
    expect(pipeline.grabbed).toEqual([]);
    await pipeline.run();
    expect(pipeline.grabbed).toEqual(lights(2));
  });

  it('case 55: a grab whose download failed is searched again 15 minutes later, not after 48 hours', async () => {
    await using pipeline = await startPipeline(
      annAtFirst(
        [
          { number: 1, file: true },
          { number: 2, releases: [{ failsDownload: true, size: 3 }, { size: 2 }] },
        ],
        { sabnzbd: { rate: 100 }, sonarr: { redownloadFailed: false } },
      ),
    );
    await pipeline.run();
    expect(pipeline.world.grabs()).toHaveLength(1);
    const again = async (minutes: number): Promise<number> => {
      await pipeline.world.advance(minutes * MINUTE);
      await pipeline.run();
      return pipeline.world.grabs().length;
    };
    expect([await again(5), await again(20)]).toEqual([1, 2]);
    expect(pipeline.world.grabs()[1]?.title).not.toBe(pipeline.world.grabs()[0]?.title);
  });

  it('case 57: a release that holds two episodes is one grab, one job and one place', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, file: true },
        { number: 2, releases: [{ episodes: '2-3' }] },
        { number: 3, releases: [{ size: 1 }] },
        { number: 4, releases: 1 },
      ]),
    );
    const { plan } = await pipeline.run();
    expect(pipeline.world.grabs().map(({ episodes }) => episodes)).toEqual([[2, 3], [4]]);
    expect(plan.items.map(({ queue }) => queue?.position)).toEqual([0, 0, 1]);
    expect(itemOf(plan, 1, 2).downloadId).toBe(itemOf(plan, 1, 3).downloadId);
  });

  it('case 59: a number whose air date in Sonarr is years off yields to the date', async () => {
    const aired = [6, 5, 4, 3, 2, 1.99, 8, 1.9, 1.8, 1.7].map((years, i) => ({
      number: i + 1,
      aired: `-${Math.round(years * 365)}d`,
      file: i < 7,
    }));
    const seventh = new Date(Date.now() - 8 * 365 * 24 * HOUR).toISOString().slice(0, 10);
    await using pipeline = await startPipeline({
      series: [show([season(aired, { files: 'none' })])],
      households: viewers({ Ann: [play(5, { airDate: seventh })] }),
    });
    const { plan } = await pipeline.run();
    expect(plan.threads).toMatchObject([{ season: 1, episode: 7 }]);
    expect(pipeline.grabbed).toEqual(lights(8, 9, 10));
  });
});
