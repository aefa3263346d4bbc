import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../src/core/time.js';
import type { GrabIntent } from '../../../src/state/entries.js';
import { at, download, item, queued, release } from '../servers/plans.js';
import { START } from '../servers/scope.js';
import { E2, E3, withReleases } from './household.js';

const intent = (facts: Partial<GrabIntent> = {}): GrabIntent => ({
  episodeId: E2,
  episodeIds: [E2],
  seriesId: 1,
  guid: 'a',
  indexerId: 1,
  title: 'Release.a',
  at: toInstant(START),
  ...facts,
});

describe('the intent to grab', () => {
  it('is in the store before the grab is sent, and gone once Sonarr has answered', async () => {
    const home = withReleases();
    let stored = '';
    home.sonarr.duringGrab = () => {
      stored = [...home.store.values.entries()].find(([key]) => key.includes('intents'))?.[1] ?? '';
    };
    await home.run([item(E2)]);
    expect(JSON.parse(stored)).toMatchObject({
      entries: [{ episodeId: E2, guid: 'a', indexerId: 1, at: expect.any(String) as string }],
    });
    expect(home.shared.intents.all()).toEqual([]);
  });

  it('cannot be stored: nothing is grabbed, and it is said why', async () => {
    const home = withReleases();
    home.sonarr.duringSearch = () => {
      home.store.failure = new Error('disk full');
    };
    const { plan, fatal } = await home.run([item(E2), item(E3), item(20101)]);
    expect(fatal).toBeNull();
    expect(home.sonarr.sent('grab')).toEqual([]);
    expect(at(plan, E2)).toMatchObject({ result: { code: 'failed' }, error: { code: 'memory-failed' } });
    expect(at(plan, 20101).result?.code).toBe('skipped');
    // Searched all the same: not again at once, only to come as far as this.
    expect(home.state.attempts.all()).toMatchObject([{ episodeId: E2, outcome: 'failed', failures: 1 }]);
    home.store.failure = null;
    expect(home.shared.intents.all()).toEqual([]);
  });

  it('stays when the run is aborted while the grab is on its way', async () => {
    const home = withReleases();
    home.sonarr.duringGrab = () => home.scope.controller.abort(new Error('closed'));
    home.sonarr.faults.set('grab', { code: 'aborted', done: true });
    await expect(home.run([item(E2), item(E3)])).rejects.toThrow();
    expect(home.sonarr.sent('grab')).toHaveLength(1);
    expect(home.shared.intents.all()).toMatchObject([{ episodeId: E2, guid: 'a' }]);
  });

  it('nothing is sent when the run is aborted while it is stored', async () => {
    const home = withReleases();
    const put = home.shared.intents.put.bind(home.shared.intents);
    home.shared.intents.put = async (...entries) => {
      await put(...entries);
      home.scope.controller.abort(new Error('closed'));
    };
    await expect(home.run([item(E2)])).rejects.toThrow('closed');
    expect(home.sonarr.sent('grab')).toEqual([]);
  });
});

describe('a grab whose answer is lost', () => {
  it.each(['timeout', 'reset', 'unavailable', 'bad-json', 'server-error', 'tls-mismatch'] as const)(
    '%s: history knows it, so it is taken',
    async (code) => {
      const home = withReleases();
      home.sonarr.faults.set('grab', { code, done: true });
      const { plan } = await home.run([item(E2)]);
      expect(home.sonarr.sent('grab')).toEqual(['grab a']);
      expect(at(plan, E2)).toMatchObject({ result: { code: 'grabbed' }, downloadId: 'SABnzbd_nzo_job1' });
      expect(home.shared.intents.all()).toEqual([]);
    },
  );

  it('history is silent: neither repeated nor another release tried, and the other items go on', async () => {
    const home = withReleases();
    home.sonarr.faults.set('grab a', { code: 'timeout' });
    const { plan, fatal } = await home.run([item(E2), item(E3)]);
    expect(fatal).toBeNull();
    expect(home.sonarr.sent('grab')).toEqual(['grab a', 'grab c']);
    expect(at(plan, E2)).toMatchObject({ action: 'none', reason: { code: 'grabbed' }, result: { code: 'unsettled' } });
    expect(plan.errors).toMatchObject([{ code: 'timeout', operation: 'grab Show 1 S01E02' }]);
    expect(home.shared.intents.all()).toMatchObject([{ episodeId: E2, lostAt: expect.any(String) as string }]);
  });

  it('it is not searched again within 2 min, by a restarted Node-RED neither', async () => {
    const home = withReleases();
    home.sonarr.faults.set('grab', { code: 'reset' });
    await home.run([item(E2)]);
    home.sonarr.faults.clear();
    home.restart();
    home.clock.pass(110_000);
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('grab')).toHaveLength(1);
    expect(home.sonarr.sent('search')).toHaveLength(1);
    expect(at(plan, E2).result?.code).toBe('unsettled');
  });

  it('2 min later and without a trace it was not made: the episode is searched', async () => {
    const home = withReleases();
    home.sonarr.faults.set('grab', { code: 'reset' });
    await home.run([item(E2)]);
    home.sonarr.faults.clear();
    home.restart();
    home.clock.pass(130_000);
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2).result?.code).toBe('grabbed');
    expect(home.sonarr.history).toHaveLength(1);
  });

  it('the 2 min begin when the answer was lost', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ at: home.clock.instant(-4), lostAt: home.clock.instant(-1) }));
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2).result?.code).toBe('unsettled');
  });

  it('an intent of the future (the clock was set back) is settled 2 min from now', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ at: home.clock.instant(5 * 24 * 60) }));
    expect(at((await home.run([item(E2)])).plan, E2).result?.code).toBe('unsettled');
    home.clock.pass(130_000);
    expect(at((await home.run([item(E2)])).plan, E2).result?.code).toBe('grabbed');
    expect(home.shared.intents.all()).toEqual([]);
  });

  it('an intent of the future is found by a trace of the day before now', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ at: home.clock.instant(5 * 24 * 60) }));
    home.sonarr.addGrab(release('a', [E2]), home.clock.instant(-60));
    await home.run([item(E2)]);
    expect(home.shared.intents.all()).toEqual([]);
    expect(home.sonarr.sent('grab')).toEqual([]);
  });

  it('another grab of the episode is no trace of it', async () => {
    const home = withReleases();
    home.sonarr.addGrab(release('x', [E2]), home.clock.instant(-1));
    home.sonarr.faults.set('grab', { code: 'reset' });
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2).result?.code).toBe('unsettled');
  });

  it('counts for all the episodes that its release holds', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ episodeIds: [E2, E3] }));
    const { plan } = await home.run([item(E2), item(E3)]);
    expect(home.sonarr.requests).toEqual([`grabs ${E2}`]);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['unsettled', 'unsettled']);
  });

  it('history cannot be asked: the episode is not searched', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ at: home.clock.instant(-60) }));
    home.sonarr.faults.set('grabs', { code: 'server-error' });
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('search')).toEqual([]);
    expect(at(plan, E2).result?.code).toBe('unsettled');
    expect(home.shared.intents.all()).toHaveLength(1);
  });
});

describe('a grab of a run that was killed', () => {
  it('is found in history: not searched again, and told as grabbed with its download', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ episodeIds: [E2, E3] }));
    home.clock.pass(1000);
    home.sonarr.addGrab(release('a', [E2, E3]));
    home.clock.pass(1000);
    home.restart();
    // One by history, one by the intent alone, as the look-up may have seen them.
    const items = [
      item(E2),
      item(E3, { reason: 'grabbed', download: download({ state: 'grabbed', downloadId: null }) }),
    ];
    const { plan } = await home.run(items);
    expect(home.sonarr.requests).toEqual([`grabs ${E2}`, 'queue', 'history']);
    for (const id of [E2, E3]) {
      expect(at(plan, id)).toMatchObject({
        result: { code: 'grabbed' },
        downloadId: 'SABnzbd_nzo_job1',
        release: { title: 'Release.a', size: 1e9, indexer: 'Lab' },
      });
    }
    expect(home.shared.intents.all()).toEqual([]);
  });

  it('what a run had grabbed before it was stopped is told by the next, once', async () => {
    const home = withReleases();
    home.sonarr.duringSearch = () => {
      if (home.sonarr.sent('grab').length > 0) home.scope.controller.abort(new Error('closed'));
    };
    await expect(home.run([item(E2), item(20101)])).rejects.toThrow('closed');
    home.sonarr.duringSearch = () => undefined;
    home.restart();
    home.sonarr.requests.length = 0;
    const next = [queued(E2, 'job1')];
    const { plan } = await home.run(next);
    expect(at(plan, E2)).toMatchObject({ result: { code: 'grabbed' }, release: { title: 'Release.a' } });
    expect(home.sonarr.requests).toEqual([`grabs ${E2}`]);
    expect(at((await home.run(next)).plan, E2).result).toBeNull();
  });

  it('what a run had grabbed before Sonarr was lost is told by that run alone', async () => {
    const home = withReleases();
    home.sonarr.faults.set('search 20101', { code: 'refused' });
    const { plan, fatal } = await home.run([item(E2), item(20101)]);
    expect([fatal?.code, at(plan, E2).result?.code]).toEqual(['refused', 'grabbed']);
    expect(home.shared.intents.all()).toEqual([]);
  });

  it('that failed meanwhile does not stop a new search', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent());
    const downloadId = home.sonarr.addGrab(release('a', [E2]));
    home.clock.pass(60_000);
    const [grab] = home.sonarr.history;
    if (grab) home.sonarr.history.push({ ...grab, id: 99, event: 'failed', date: home.clock.instant(), downloadId });
    home.clock.pass(3_600_000);
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('search')).toHaveLength(1);
    expect(at(plan, E2).downloadId).toBe('SABnzbd_nzo_job2');
  });

  it('costs an idle run one request for each such grab, and nothing afterwards', async () => {
    const home = withReleases();
    await home.shared.intents.put(intent({ at: home.clock.instant(-60) }));
    await home.run([item(E2, { reason: 'on-disk' })]);
    await home.run([item(E2, { reason: 'on-disk' })]);
    expect(home.sonarr.requests).toEqual([`grabs ${E2}`]);
  });
});
