import { describe, expect, it } from 'vitest';
import { at, item, rejected, release } from '../servers/plans.js';
import { Household } from './household.js';

const failing = {
  source: 'IndexerStatusCheck',
  type: 'warning',
  message: 'Indexers unavailable due to failures: Lab',
  wikiUrl: '',
} as const;

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
    const message = `Show 1 S01E01: No release was listed, which is inconclusive: ${failing.message}`;
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
    home.sonarr.healthRows = [{ source: 'DownloadClientCheck', type: 'error', message: 'SABnzbd', wikiUrl: '' }];
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
