import { describe, expect, it } from 'vitest';
import { itemOf, reasons, startPipeline } from './pipeline.js';
import { annAtFirst, lights, play, season, SHOW, show, viewers } from './worlds.js';

describe('faults of the reference: which episodes', () => {
  describe('B1 runtimes count alike when read afresh, from the cache, after a restart and after the cache has run out', () => {
    it.each([
      ["an episode's own", 20, 60],
      ["the series', where the episodes have none", 0, 20],
    ])('%s', async (_, own, ofSeries) => {
      const episodes = Array.from({ length: 12 }, (__, i) => ({
        number: i + 1,
        file: i === 0,
        ...(i < 4 && { runtime: own }),
      }));
      const rest = own === 0 ? episodes.map((episode) => ({ ...episode, runtime: 0 })) : episodes;
      await using pipeline = await startPipeline({
        ...annAtFirst(1),
        series: [show([season(rest, { files: 'none' })], { runtime: ofSeries })],
      });
      const planned = async (): Promise<number[][]> => {
        const { plan } = await pipeline.run({ episodesToCheck: 2, checkOverflow: 3 });
        return plan.items.map(({ episode, runtime }) => [episode, runtime]);
      };
      // Two episodes are 40 minutes, short of the hour between two runs: one more.
      const three = [2, 3, 4].map((episode) => [episode, 20]);
      expect(await planned()).toEqual(three);
      expect(await planned()).toEqual(three);
      pipeline.restart();
      expect(await planned()).toEqual(three);
      await pipeline.world.advance(7 * 3_600_000);
      expect(await planned()).toEqual(three);
    });
  });

  it('B3 three episodes to check after E01 are E02, E03 and E04', async () => {
    await using pipeline = await startPipeline(annAtFirst(9));
    const { plan } = await pipeline.run();
    expect(plan.items.map(({ episode }) => episode)).toEqual([2, 3, 4]);
    expect(pipeline.grabbed).toEqual(lights(2, 3, 4));
  });

  it("B7 an episode that was added late, and stands anywhere in Sonarr's list, is not skipped", async () => {
    const late = [1, 3, 4, 5, 2].map((number) => ({ number, aired: `-${60 - number}d` }));
    await using pipeline = await startPipeline(annAtFirst(late));
    await pipeline.run();
    const [list] = pipeline.sandbox.servers.sonarr.exchanges.filter(({ search }) => search.includes('seriesId='));
    const listed = JSON.parse(list?.responseBody ?? '[]') as { episodeNumber: number }[];
    const numbers = listed.map(({ episodeNumber }) => episodeNumber);
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(numbers.indexOf(2)).not.toBe(numbers.indexOf(1) + 1);
    expect(pipeline.grabbed).toEqual(lights(2, 3, 4));
  });

  describe('B11 with E01 to E03 played and E02 and E03 deleted nothing that was watched comes back', () => {
    const begun = [1, 2, 3].map((n) => play(n, { at: `-${5 - n}h`, progress: 60 }));
    it.each([
      ['watched to the end', [play('1-3')]],
      ['stopped before their end', begun],
    ])('%s', async (_, plays) => {
      await using pipeline = await startPipeline({ ...annAtFirst(9), households: viewers({ Ann: plays }) });
      const { plan } = await pipeline.run();
      expect(pipeline.grabbed).toEqual(lights(4, 5, 6));
      expect(plan.items.map(({ episode }) => episode)).toEqual([4, 5, 6]);
    });

    it('nor when the first is watched again, but for the one that comes next', async () => {
      await using pipeline = await startPipeline({
        ...annAtFirst(9),
        households: viewers({ Ann: [play('1-3', { at: '-20h' }), play(1)] }),
      });
      const { plan } = await pipeline.run();
      expect(pipeline.grabbed).not.toContain(lights(3)[0]);
      expect(itemOf(plan, 1, 3).reason.code).toBe('watched');
      expect(pipeline.grabbed).toEqual(lights(2, 4, 5, 6));
    });
  });

  describe('B18 a show is found by its ids, and by its title only when that is one show', () => {
    it('of two of one title the year decides, and the other is not touched', async () => {
      const nightShift = (year: number, monitored: boolean) =>
        show([season(6)], { title: 'Night Shift', key: `Night Shift ${year}`, year, monitored, plexIds: 'none' });
      await using pipeline = await startPipeline({
        series: [nightShift(2009, false), nightShift(2024, true)],
        households: viewers({ Ann: [play(1, { series: 'Night Shift 2024' })] }),
      });
      await pipeline.run();
      expect(new Set(pipeline.world.grabs().map(({ series }) => series))).toEqual(new Set(['Night Shift 2024']));
      expect(pipeline.world.episode('Night Shift 2009', 1, 2).monitored).toBe(false);
    });

    it('a country behind the title tells two shows apart', async () => {
      const office = (title: string, year: number) => show([season(4)], { title, year, plexIds: 'none' });
      await using pipeline = await startPipeline({
        series: [office('The Office', 2001), office('The Office (US)', 2005)],
        households: viewers({ Ann: [play(1, { series: 'The Office (US)' })] }),
      });
      await pipeline.run({ episodesToCheck: 1 });
      expect(pipeline.grabbed).toEqual(['The Office (US) S01E02']);
    });

    it('a translated title is found by its ids, and by an alternate title without them', async () => {
      const money = (title: string, plexTitle: string, rest: object) =>
        show([season(2)], { title, plexTitle, ...rest });
      await using pipeline = await startPipeline({
        series: [
          money('Money Heist', 'Haus des Geldes', {}),
          money('Harbour Watch', 'Hafenwache', { plexIds: 'none', alternateTitles: ['Hafenwache'] }),
        ],
        households: viewers({
          Ann: [play(1, { series: 'Money Heist' }), play(1, { series: 'Harbour Watch', at: '-5h' })],
        }),
      });
      const { plan } = await pipeline.run();
      expect(pipeline.grabbed).toEqual(['Money Heist S01E02', 'Harbour Watch S01E02']);
      expect(plan.unmatched).toEqual([]);
    });

    it('two shows of one title stay two, each with its own viewer', async () => {
      const echoBay = (year: number) => show([season(3)], { title: 'Echo Bay', key: `Echo Bay ${year}`, year });
      await using pipeline = await startPipeline({
        series: [echoBay(2011), echoBay(2020)],
        households: viewers({
          Ann: [play(1, { series: 'Echo Bay 2011' })],
          Bob: [play(2, { series: 'Echo Bay 2020', at: '-4h' })],
        }),
      });
      await pipeline.run();
      expect(pipeline.grabbed).toEqual(['Echo Bay 2011 S01E02', 'Echo Bay 2020 S01E03', 'Echo Bay 2011 S01E03']);
    });
  });

  describe('B19 a number that Sonarr does not have is placed or explained, never dropped', () => {
    it('an absolute number of an anime stands in the season that holds it', async () => {
      await using pipeline = await startPipeline({
        series: [
          show([season(26, { files: 'all' }), season(8, { number: 2, firstAired: '-200d' })], { type: 'anime' }),
        ],
        households: viewers({ Ann: [play(27)] }),
      });
      await pipeline.run();
      expect(pipeline.grabbed).toEqual([2, 3, 4].map((n) => `${SHOW} S02E0${n}`));
    });

    it('a special, although specials are skipped, leads to what follows its place', async () => {
      await using pipeline = await startPipeline({
        series: [
          show([
            season([{ number: 1, aired: '-390d', file: true }], { number: 0 }),
            season(2, { files: 'all', firstAired: '-800d' }),
            season(4, { number: 2, files: 'none', firstAired: '-300d' }),
          ]),
        ],
        households: viewers({ Ann: [play(1, { season: 0 })] }),
      });
      await pipeline.run();
      expect(pipeline.grabbed).toEqual([1, 2, 3].map((n) => `${SHOW} S02E0${n}`));
    });

    it('a number that nothing fits is in the plan with what was tried, and can be told', async () => {
      await using pipeline = await startPipeline({
        series: [show([season(4)])],
        households: viewers({ Ann: [play(77)] }),
      });
      const { plan } = await pipeline.run({ tell: ['unmatched'] });
      expect(plan.unmatched).toMatchObject([{ code: 'episode-not-in-series', play: { viewer: { name: 'Ann' } } }]);
      expect(plan.unmatched[0]?.text).toContain('S01E77');
      expect(pipeline.world.notifications()[0]?.body).toContain(plan.unmatched[0]?.text);
    });
  });

  it('B20 what has aired today is searched, and what has no air date but a later one has aired too', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, aired: '-7d', file: true },
        { number: 2, aired: '-10m' },
        { number: 3, aired: 'none', releases: 1 },
        { number: 4, aired: '-5m' },
      ]),
    );
    await pipeline.run();
    expect(pipeline.grabbed).toEqual(lights(2, 3, 4));
  });

  it('B21 what has not aired takes no place in the window', async () => {
    await using pipeline = await startPipeline(
      annAtFirst([
        { number: 1, aired: '-40d', file: true },
        { number: 2, aired: '+3d' },
        { number: 3, aired: '-30d' },
        { number: 4, aired: '-20d' },
        { number: 5, aired: '-10d' },
      ]),
    );
    const { plan } = await pipeline.run();
    expect(pipeline.grabbed).toEqual(lights(3, 4, 5));
    expect(itemOf(plan, 1, 2).reason.code).toBe('not-aired');
    expect(reasons(plan)).toHaveLength(4);
  });
});
