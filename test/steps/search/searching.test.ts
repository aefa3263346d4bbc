import { describe, expect, it } from 'vitest';
import type { SonarrHealth } from '../../../src/clients/sonarr/types.js';
import type { PlanItem } from '../../../src/core/contracts/index.js';
import { at, item, planOf, queued, rejected, release } from '../servers/plans.js';
import { Household } from './household.js';

const season = (first: number, count: number): PlanItem[] => Array.from({ length: count }, (_, i) => item(first + i));

const failing = {
  source: 'IndexerStatusCheck',
  type: 'warning',
  message: 'Indexers unavailable due to failures: Lab',
} as const;

describe('searching', () => {
  it('one search serves two or more episodes of a season', async () => {
    const home = new Household();
    home.sonarr.releases = [10103, 10101, 10102].map((id) => release(`r${id}`, [id]));
    await home.run(season(10101, 3));
    expect(home.sonarr.sent('season')).toEqual(['season 1/1']);
    expect(home.sonarr.sent('search')).toEqual([]);
    expect(home.sonarr.sent('grab')).toEqual(['grab r10101', 'grab r10102', 'grab r10103']);
  });

  it('goes by need over all series: the first job is grabbed before the next season is searched', async () => {
    const home = new Household();
    home.sonarr.releases = [10101, 10102, 20101, 20102].map((id) => release(`r${id}`, [id]));
    const items = [item(10101), item(20101), item(10102), item(20102)];
    await home.run(items);
    expect(home.sonarr.requests.filter((r) => /^(season|grab) /.test(r))).toEqual([
      'season 1/1',
      'grab r10101',
      'season 2/1',
      'grab r20101',
      'grab r10102',
      'grab r20102',
    ]);
  });

  it('anime and specials are searched one by one', async () => {
    const home = new Household();
    await home.run([item(10101, { type: 'anime' }), item(10102, { type: 'anime' }), item(20001), item(20002)]);
    expect(home.sonarr.sent('season')).toEqual([]);
    expect(home.sonarr.sent('search')).toHaveLength(4);
  });

  it('a single episode of a season gets a search of its own', async () => {
    const home = new Household();
    await home.run([item(10101), item(10201)]);
    expect(home.sonarr.sent('season')).toEqual([]);
    expect(home.sonarr.sent('search')).toHaveLength(2);
  });

  it('only an episode of which a season search lists nothing gets a search of its own', async () => {
    const home = new Household();
    home.sonarr.releases = [release('r1', [10101]), rejected('r2', [10102], 'not wanted')];
    const { plan } = await home.run(season(10101, 3));
    expect(home.sonarr.sent('season')).toHaveLength(1);
    expect(home.sonarr.sent('search')).toEqual(['search 10103']);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['grabbed', 'nothing-acceptable', 'nothing-found']);
  });

  it('a season answer serves later items for 25 min, and no longer', async () => {
    const home = new Household();
    home.sonarr.releases = [1, 2, 3, 4].map((n) => release(`r${n}`, [10100 + n]));
    await home.run(season(10101, 2));
    home.clock.pass(24 * 60_000);
    await home.run(season(10103, 1));
    expect(home.sonarr.sent('season')).toHaveLength(1);
    expect(home.sonarr.sent('search')).toEqual([]);
    expect(home.sonarr.sent('grab')).toHaveLength(3);
    home.clock.pass(2 * 60_000);
    await home.run(season(10104, 1));
    expect(home.sonarr.sent('search')).toEqual(['search 10104']);
  });

  it('an answer that rejects an episode because of a job that is gone by now does not serve it', async () => {
    const home = new Household();
    const blocked = rejected('r3', [10103], 'Release in queue already meets cutoff: WEBDL-1080p v1');
    home.sonarr.releases = [release('r1', [10101]), release('r2', [10102]), blocked];
    await home.run(season(10101, 2));
    home.sonarr.releases = [release('r3', [10103])];
    await home.run(season(10103, 1));
    expect(home.sonarr.sent('grab')).toEqual(['grab r1', 'grab r2', 'grab r3']);
  });

  it('an answer from before a grab failed does not serve that episode: Sonarr would take the same release again', async () => {
    const home = new Household();
    home.sonarr.releases = [release('r1', [10101]), release('r2', [10102])];
    await home.run(season(10101, 2));
    home.sonarr.releases = [rejected('r1', [10101], 'Release is blocklisted'), release('next', [10101])];
    home.clock.pass(20 * 60_000);
    await home.state.attempts.put({ episodeId: 10101, at: home.clock.instant(-16), outcome: 'failed', failures: 1 });
    await home.run(season(10101, 1));
    expect(home.sonarr.sent('grab')).toEqual(['grab r1', 'grab r2', 'grab next']);
  });

  it('a search that fails costs the other items nothing, and is told once', async () => {
    const home = new Household();
    home.sonarr.releases = [release('r', [20101])];
    home.sonarr.faults.set('season', { code: 'server-error' });
    const { plan, fatal } = await home.run([...season(10101, 2), item(20101)]);
    expect(fatal).toBeNull();
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'failed', 'grabbed']);
    expect(home.sonarr.sent('season')).toHaveLength(1);
    expect(plan.errors).toMatchObject([{ code: 'server-error', operation: 'search releases of Show 1 season 1' }]);
    expect(home.state.attempts.all()).toMatchObject([
      { episodeId: 10101, outcome: 'failed', failures: 1 },
      { episodeId: 10102, outcome: 'failed', failures: 1 },
    ]);
  });

  it('two searches in a row without an answer end the run', async () => {
    const home = new Household();
    home.sonarr.faults.set('search', { code: 'timeout' });
    const { plan, fatal } = await home.run([item(10101), item(20101), item(30101)]);
    expect(fatal?.code).toBe('timeout');
    expect(home.sonarr.sent('search')).toHaveLength(2);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'failed', 'skipped']);
  });

  it('searches without an answer that do not follow each other do not', async () => {
    const home = new Household();
    for (const id of [10101, 30101]) home.sonarr.faults.set(`search ${id}`, { code: 'timeout' });
    const { plan, fatal } = await home.run([item(10101), item(20101), item(30101)]);
    expect(fatal).toBeNull();
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'nothing-found', 'failed']);
  });

  it('a server that cannot be used ends the run, and what was done is kept', async () => {
    const home = new Household();
    home.sonarr.releases = [release('r', [10101])];
    home.sonarr.faults.set('search 20101', { code: 'refused' });
    const { plan, fatal } = await home.run([item(10101), item(20101), item(30101)]);
    expect(fatal?.code).toBe('refused');
    expect(plan.items.map((one) => one.result?.code)).toEqual(['grabbed', 'failed', 'skipped']);
    expect(plan.errors.map((error) => error.code)).toEqual(['refused']);
  });

  it('passes on what is on its way or needs nothing, and sends no request for it', async () => {
    const home = new Household();
    const items = [item(10101, { reason: 'on-disk' }), queued(10102, 'a'), item(10103, { reason: 'cooling-down' })];
    const plan = planOf(items);
    const done = await home.run(plan);
    expect(done.plan.items).toEqual(items);
    expect(home.sonarr.requests).toEqual([]);
    expect(home.store.writes).toBe(0);
  });

  it('counts each search for the budget of the day', async () => {
    const home = new Household();
    await home.run([...season(10101, 2), item(20101)]);
    expect(home.state.searches.size).toBe(4);
  });
});

describe('what is remembered of searches', () => {
  it('nothing acceptable is an answered search', async () => {
    const home = new Household();
    home.sonarr.releases = [rejected('a', [10101], 'WEBDL-2160p is not wanted in profile')];
    const { plan } = await home.run([item(10101)]);
    expect(at(plan, 10101).result?.text).toContain('WEBDL-2160p is not wanted in profile');
    expect(home.state.attempts.all()).toMatchObject([{ episodeId: 10101, outcome: 'nothing', failures: 0 }]);
    expect(home.sonarr.sent('health')).toEqual([]);
  });

  it('empty answers: one health check, a second after the last', async () => {
    const home = new Household();
    const { plan } = await home.run([item(10101), item(20101)]);
    expect(home.sonarr.requests.at(-1)).toBe('health');
    expect(home.sonarr.sent('health')).toHaveLength(1);
    expect(home.clock.slept).toEqual([1000]);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['nothing-found', 'nothing-found']);
    expect(home.state.attempts.all().map((one) => one.outcome)).toEqual(['nothing', 'nothing']);
    expect(plan.errors).toEqual([]);
  });

  it('case 37: an empty answer of indexers that fail is a failed search, twice as long each time', async () => {
    const home = new Household();
    home.sonarr.healthRows = [failing];
    const { plan } = await home.run([item(10101)]);
    expect(at(plan, 10101).result).toMatchObject({
      code: 'failed',
      text: expect.stringContaining(failing.message) as string,
    });
    const message = `Show 1 S01E01: No release was listed, which says little: ${failing.message}`;
    expect(plan.errors).toMatchObject([{ code: 'indexers-failed', message }]);
    expect(home.state.attempts.all()).toMatchObject([{ outcome: 'failed', failures: 1 }]);
    await home.run([item(10101)]);
    expect(home.state.attempts.all()).toMatchObject([{ outcome: 'failed', failures: 2 }]);
    home.sonarr.healthRows = [];
    await home.run([item(10101)]);
    expect(home.state.attempts.all()).toMatchObject([{ outcome: 'nothing', failures: 0 }]);
  });

  it('other health messages say nothing about indexers', async () => {
    const home = new Household();
    home.sonarr.healthRows = [{ source: 'DownloadClientCheck', type: 'error', message: 'SABnzbd' }];
    await home.run([item(10101)]);
    expect(home.state.attempts.all()).toMatchObject([{ outcome: 'nothing' }]);
  });

  it('a search that nobody vouches for any more counts as failed', async () => {
    const home = new Household();
    home.sonarr.faults.set('search 20101', { code: 'refused' });
    await home.run([item(10101), item(20101)]);
    expect(home.state.attempts.all()).toMatchObject([{ episodeId: 10101, outcome: 'failed' }]);
  });

  it('a grab ends the cool-down of an answered search, and keeps the count of failures until the file is there', async () => {
    const home = new Household();
    const at = home.clock.instant(-60);
    await home.state.attempts.put(
      { episodeId: 10101, at, outcome: 'nothing', failures: 0 },
      { episodeId: 10102, at, outcome: 'failed', failures: 2 },
    );
    home.sonarr.releases = [release('a', [10101]), release('b', [10102])];
    await home.run([item(10101), item(10102)]);
    expect(home.state.attempts.all()).toEqual([{ episodeId: 10102, at, outcome: 'failed', failures: 2 }]);
  });

  it('a store that fails costs the grab nothing that was made, and is told', async () => {
    const home = new Household();
    await home.state.load();
    home.sonarr.releases = [rejected('a', [10101], 'too small')];
    home.sonarr.duringSearch = () => {
      home.store.failure = new Error('disk full');
    };
    const { plan } = await home.run([item(10101)]);
    expect(at(plan, 10101).result?.code).toBe('nothing-acceptable');
    expect(plan.errors).toMatchObject([
      { code: 'memory-failed', message: expect.stringContaining('disk full') as string },
    ]);
  });
});

describe('season packs', () => {
  const pack = release('pack', [10101, 10102, 10103, 10104], { fullSeason: true, size: 8e9 });

  it('are seen and left alone', async () => {
    const home = new Household();
    home.sonarr.releases = [pack, rejected('r1', [10101], 'too small'), release('r2', [10102])];
    const { plan } = await home.run(season(10101, 2));
    expect(home.sonarr.sent('grab')).toEqual(['grab r2']);
    expect(at(plan, 10101).result?.text).toContain('a season pack is listed and left alone: Release.pack, 8.0 GB');
  });

  it('are taken when the share of the season that is missing and wanted is reached', async () => {
    const home = new Household();
    home.sonarr.releases = [pack, ...[1, 2, 3].map((n) => release(`r${n}`, [10100 + n]))];
    const { plan } = await home.run(season(10101, 3), { seasonPacks: 75 });
    expect(home.sonarr.sent('grab')).toEqual(['grab pack']);
    expect(plan.items.map((one) => one.downloadId)).toEqual(Array(3).fill('SABnzbd_nzo_job1'));
  });

  it('are not taken below that share', async () => {
    const home = new Household();
    home.sonarr.releases = [pack, ...[1, 2].map((n) => release(`r${n}`, [10100 + n]))];
    await home.run(season(10101, 2), { seasonPacks: 75 });
    expect(home.sonarr.sent('grab')).toEqual(['grab r1', 'grab r2']);
  });

  it('are not taken while an episode that they hold is on its way', async () => {
    const home = new Household();
    home.sonarr.releases = [pack, ...[1, 2, 3].map((n) => release(`r${n}`, [10100 + n]))];
    await home.run([...season(10101, 3), queued(10104, 'a')], { seasonPacks: 50 });
    expect(home.sonarr.sent('grab')).toEqual(['grab r1', 'grab r2', 'grab r3']);
  });
});

describe('let Sonarr search', () => {
  it('sends one EpisodeSearch per episode and remembers the attempt', async () => {
    const home = new Household();
    const { plan } = await home.run(season(10101, 2), { choose: 'sonarr' });
    expect(home.sonarr.requests).toEqual(['command 10101', 'command 10102', 'health']);
    expect(home.clock.slept).toEqual([5000]);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['command-sent', 'command-sent']);
    expect(home.state.attempts.all().map((one) => one.outcome)).toEqual(['nothing', 'nothing']);
    expect(home.state.searches.size).toBe(2);
  });

  it('a command that fails is that item’s failure', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10101', { code: 'server-error' });
    const { plan } = await home.run(season(10101, 2), { choose: 'sonarr' });
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'command-sent']);
    expect(plan.errors).toHaveLength(1);
  });

  const ALL_FAIL = 'All indexers are unavailable due to failures';

  it.each<[string, SonarrHealth]>([
    ['all indexers fail', { source: 'IndexerStatusCheck', type: 'error', message: ALL_FAIL }],
    ['none can be searched', { source: 'IndexerSearchCheck', type: 'warning', message: 'All search-capable …' }],
  ])('%s: the search failed, and each time the wait doubles', async (_, row) => {
    const home = new Household();
    home.sonarr.healthRows = [row];
    const { plan } = await home.run(season(10101, 2), { choose: 'sonarr' });
    expect(plan.items.map((one) => one.result)).toEqual(
      Array.from({ length: 2 }, () => ({
        code: 'failed',
        text: `Sonarr was told to search it, maybe in vain: ${row.message}`,
      })),
    );
    await home.run(season(10101, 1), { choose: 'sonarr' });
    expect(home.state.attempts.all().map(({ outcome, failures }) => [outcome, failures])).toEqual([
      ['failed', 1],
      ['failed', 2],
    ]);
  });

  it.each<[string, SonarrHealth]>([
    ['some indexers fail', { source: 'IndexerStatusCheck', type: 'warning', message: 'Indexers unavailable: Lab' }],
    [
      'none is for interactive searches',
      {
        source: 'IndexerSearchCheck',
        type: 'warning',
        message: 'No indexers available with Interactive Search enabled',
      },
    ],
  ])('%s: the search counts as answered', async (_, row) => {
    const home = new Household();
    home.sonarr.healthRows = [row];
    const { plan } = await home.run(season(10101, 1), { choose: 'sonarr' });
    expect(plan.items[0]?.result?.code).toBe('command-sent');
    expect(home.state.attempts.all()).toMatchObject([{ outcome: 'nothing' }]);
  });

  it('Sonarr silent twice in a row ends the run, as when the release is picked here', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10102', { code: 'timeout' }).set('command 10103', { code: 'timeout' });
    const { plan, fatal } = await home.run(season(10101, 4), { choose: 'sonarr' });
    expect(fatal?.code).toBe('timeout');
    expect(home.sonarr.requests).toEqual(['command 10101', 'command 10102', 'command 10103']);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'failed', 'failed', 'skipped']);
    expect(home.state.attempts.all().map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
  });

  it('one command without an answer does not', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10101', { code: 'timeout' }).set('command 10103', { code: 'timeout' });
    const { plan, fatal } = await home.run(season(10101, 4), { choose: 'sonarr' });
    expect(fatal).toBeNull();
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'command-sent', 'failed', 'command-sent']);
  });
});

describe('a dry run', () => {
  it.each(['setting', 'run'])('sends no request at all (%s)', async (by) => {
    const home = new Household();
    const plan = planOf([item(10101, { monitored: false })]);
    const run = { ...plan.run, dryRun: by === 'run' };
    const done = await home.run({ ...plan, run }, { dryRun: by === 'setting', keepFree: 20 });
    expect(home.sonarr.requests).toEqual([]);
    expect(at(done.plan, 10101).result?.code).toBe('would-search');
  });
});
