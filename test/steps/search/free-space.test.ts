import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/core/contracts/index.js';
import { mountOf } from '../../../src/steps/search/free-space.js';
import { at, item, queued, release } from '../servers/plans.js';
import { E2, E3, Household } from './household.js';

const withDisk = async (freeGB: number): Promise<Household> => {
  const home = new Household();
  home.sonarr.disks = [
    { path: '/', freeSpace: 1e9 },
    { path: '/tv', freeSpace: freeGB * 1e9 },
  ];
  const series: Series = {
    id: 1,
    title: 'Show 1',
    alternateTitles: [],
    year: null,
    tvdbId: 101,
    tmdbId: null,
    imdbId: null,
    type: 'standard',
    status: 'continuing',
    monitored: true,
    runtime: 30,
    tags: [],
    path: '/tv/Show 1',
    titleSlug: 'show-1',
  };
  await home.state.index.put({ series: [series], tags: [], readAt: home.clock.ms });
  home.sonarr.releases = [release('a', [E2], { size: 3e9 }), release('b', [E3], { size: 3e9 })];
  return home;
};

describe('free space', () => {
  it('is asked once, and only in a run that searches', async () => {
    const home = await withDisk(500);
    await home.run([item(E2, { reason: 'on-disk' })], { keepFree: 20 });
    expect(home.sonarr.requests).toEqual([]);
    await home.run([item(E2), item(E3)], { keepFree: 20 });
    expect(home.sonarr.sent('diskspace')).toHaveLength(1);
    expect(home.sonarr.sent('grab')).toHaveLength(2);
  });

  it('too little: nothing is searched or monitored', async () => {
    const home = await withDisk(19);
    const { plan } = await home.run([item(E2, { monitored: false })], { keepFree: 20 });
    expect(home.sonarr.requests).toEqual(['diskspace']);
    expect(at(plan, E2)).toMatchObject({ action: 'none', reason: { code: 'disk-full' }, result: { code: 'skipped' } });
    expect(home.state.attempts.all()).toEqual([]);
  });

  it('what this run grabs counts: the first fits, the second does not', async () => {
    const home = await withDisk(25);
    const { plan } = await home.run([item(E2), item(E3)], { keepFree: 20 });
    expect(home.sonarr.sent('grab')).toEqual(['grab a']);
    expect(at(plan, E3).reason).toMatchObject({
      code: 'disk-full',
      text: expect.stringContaining('22.0 GB left on /tv') as string,
    });
    expect(home.state.attempts.all()).toMatchObject([{ episodeId: E3, outcome: 'failed' }]);
  });

  it('what is on its way counts, a pack once', async () => {
    const home = await withDisk(22);
    const { plan } = await home.run([queued(10104, 'pack'), queued(10105, 'pack'), item(E2)], { keepFree: 20 });
    expect(at(plan, E2).reason).toMatchObject({
      code: 'disk-full',
      text: expect.stringContaining('21.0 GB left') as string,
    });
  });

  it('cannot be read: nothing is fetched, and it is said why', async () => {
    const home = await withDisk(500);
    home.sonarr.faults.set('diskspace', { code: 'server-error' });
    const { plan, fatal } = await home.run([item(E2)], { keepFree: 20 });
    expect(fatal).toBeNull();
    expect(at(plan, E2).result?.code).toBe('skipped');
    expect(plan.errors).toHaveLength(1);
    expect(home.sonarr.sent('search')).toEqual([]);
  });

  it.each([
    ['/tv/Show', '/tv'],
    ['/tv2/Show', '/'],
    ['D:\\TV\\Show', 'D:\\'],
    ['d:/tv', 'D:\\'],
    ['E:\\TV', null],
  ])('%s is on %s', (path, mount) => {
    const mounts = ['/', '/tv', 'C:\\', 'D:\\'].map((one) => ({ path: one, freeSpace: 1 }));
    expect(mountOf(mounts, path)?.path ?? null).toBe(mount);
  });
});
