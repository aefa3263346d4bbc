import { describe, expect, it } from 'vitest';
import { at, item, planOf, queued, rejected, release } from '../servers/plans.js';
import { Household, season } from './household.js';

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

describe('season packs', () => {
  const pack = release('pack', [10101, 10102, 10103, 10104], { fullSeason: true, size: 8e9 });

  it('are seen and left alone', async () => {
    const home = new Household();
    home.sonarr.releases = [pack, rejected('r1', [10101], 'too small'), release('r2', [10102])];
    const { plan } = await home.run(season(10101, 2));
    expect(home.sonarr.sent('grab')).toEqual(['grab r2']);
    expect(at(plan, 10101).result?.text).toContain('a season pack is listed but was left alone: Release.pack, 8.0 GB');
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
