import { describe, expect, it } from 'vitest';
import { at, item, rejected, release } from '../servers/plans.js';
import { E2, E3, Household } from './household.js';

const E4 = 10104;

describe('grabbing', () => {
  it('takes the first release that Sonarr approved, and knows its download from history', async () => {
    const home = new Household();
    home.sonarr.releases = [rejected('bad', [E2], 'too small'), release('good', [E2]), release('worse', [E2])];
    const { plan, fatal } = await home.run([item(E2)]);
    expect(fatal).toBeNull();
    expect(home.sonarr.sent('grab')).toEqual(['grab good']);
    expect(at(plan, E2)).toMatchObject({
      result: { code: 'grabbed' },
      downloadId: 'SABnzbd_nzo_job1',
      release: { title: 'Release.good', size: 1e9, indexer: 'Lab', protocol: 'usenet', episodeIds: [E2] },
    });
    expect(home.sonarr.requests).toEqual([`search ${E2}`, 'grab good', `grabs ${E2}`]);
    expect(home.clock.slept).toEqual([]);
  });

  it('B26: takes no temporarily rejected release', async () => {
    const home = new Household();
    home.sonarr.releases = [
      release('young', [E2], { approved: false, temporarilyRejected: true, rejections: ['minimum age'] }),
    ];
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('grab')).toEqual([]);
    expect(at(plan, E2).result).toMatchObject({
      code: 'nothing-acceptable',
      text: expect.stringContaining('minimum age') as string,
    });
  });

  it('leaves out torrents when usenet is asked for', async () => {
    const home = new Household();
    home.sonarr.releases = [release('torrent', [E2], { protocol: 'torrent' }), release('nzb', [E2])];
    await home.run([item(E2)], { protocol: 'usenet' });
    expect(home.sonarr.sent('grab')).toEqual(['grab nzb']);
  });

  it('B26: a refused release (409) is no success: goes on to the next approved one', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2]), release('b', [E2])];
    home.sonarr.faults.set('grab a', { code: 'release-refused' });
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('grab')).toEqual(['grab a', 'grab b']);
    expect(at(plan, E2).release?.title).toBe('Release.b');
    expect(plan.errors).toEqual([]);
  });

  it('tries three releases at most, and then waits as after a failed search', async () => {
    const home = new Household();
    home.sonarr.releases = ['a', 'b', 'c', 'd'].map((guid) => release(guid, [E2]));
    home.sonarr.faults.set('grab', { code: 'release-refused' });
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('grab')).toEqual(['grab a', 'grab b', 'grab c']);
    expect(at(plan, E2)).toMatchObject({ result: { code: 'failed' }, error: { code: 'release-refused' } });
    expect(plan.errors).toHaveLength(1);
    expect(home.state.attempts.all()).toMatchObject([{ episodeId: E2, outcome: 'failed', failures: 1 }]);
    expect(home.shared.intents.all()).toEqual([]);
  });

  it('searches again once when Sonarr has forgotten the release', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2])];
    home.sonarr.duringSearch = () => {
      if (home.sonarr.sent('search').length === 1) queueMicrotask(() => home.sonarr.restart());
    };
    home.sonarr.duringGrab = () => {
      if (home.sonarr.sent('grab').length === 1) home.sonarr.restart();
    };
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.requests).toEqual([`search ${E2}`, 'grab a', `search ${E2}`, 'grab a', `grabs ${E2}`]);
    expect(at(plan, E2).result?.code).toBe('grabbed');
  });

  it('searches again no more than once', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2])];
    home.sonarr.faults.set('grab', { code: 'release-gone' });
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('search')).toHaveLength(2);
    expect(home.sonarr.sent('grab')).toHaveLength(2);
    expect(at(plan, E2)).toMatchObject({ result: { code: 'failed' }, error: { code: 'release-gone' } });
  });

  it('a forgotten season is searched again as a season, and serves the others', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2]), release('b', [E3])];
    home.sonarr.duringGrab = () => {
      if (home.sonarr.sent('grab').length === 1) home.sonarr.restart();
    };
    await home.run([item(E2), item(E3)]);
    expect(home.sonarr.sent('season')).toHaveLength(2);
    expect(home.sonarr.sent('search')).toEqual([]);
    expect(home.sonarr.history.map((row) => row.episodeId)).toEqual([E2, E3]);
  });

  it('case 57: a release with two episodes is one grab, and both are on their way', async () => {
    const home = new Household();
    home.sonarr.releases = [release('double', [E2, E3]), release('single', [E3])];
    await home.state.attempts.put({ episodeId: E3, at: home.clock.instant(-60), outcome: 'nothing', failures: 0 });
    const { plan } = await home.run([item(E2), item(E3)]);
    expect(home.sonarr.sent('grab')).toEqual(['grab double']);
    for (const id of [E2, E3]) {
      expect(at(plan, id)).toMatchObject({
        result: { code: 'grabbed' },
        downloadId: 'SABnzbd_nzo_job1',
        release: { episodeIds: [E2, E3] },
      });
    }
    expect(home.state.attempts.all()).toEqual([]);
  });

  it('takes no release that holds an episode which has just been grabbed', async () => {
    const home = new Household();
    home.sonarr.releases = [release('single2', [E2]), release('double', [E2, E3]), release('single3', [E3])];
    await home.run([item(E2), item(E3)]);
    expect(home.sonarr.sent('grab')).toEqual(['grab single2', 'grab single3']);
  });

  it('an older grab of the episode is not taken for the new one', async () => {
    const home = new Household();
    home.sonarr.releases = [release('new', [E2])];
    home.sonarr.addGrab(release('old', [E2]), home.clock.instant(-3000));
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2).downloadId).toBe('SABnzbd_nzo_job2');
  });

  it('a grab whose download history does not tell is a grab all the same', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2])];
    home.sonarr.faults.set('grabs', { code: 'server-error' });
    const { plan, fatal } = await home.run([item(E2)]);
    expect(fatal).toBeNull();
    expect(at(plan, E2)).toMatchObject({ result: { code: 'grabbed' }, downloadId: null });
    expect(plan.errors).toMatchObject([{ code: 'server-error', operation: 'find the download of Show 1 S01E02' }]);
  });

  it('sends the plan so far after each grab, as a copy that stays as it is', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2]), release('b', [E3])];
    const { plan } = await home.run([item(E2), item(E3), item(E4)]);
    expect(home.partials.map((one) => one.items.map((i) => i.result?.code ?? null))).toEqual([
      ['grabbed', null, null],
      ['grabbed', 'grabbed', null],
    ]);
    expect(home.partials.every((one) => one.partial)).toBe(true);
    expect(plan.partial).toBe(false);
    expect(home.partials[0]?.run).not.toBe(plan.run);
  });
});

describe('a download client that does not take releases', () => {
  const two = (home: Household) => {
    home.sonarr.releases = [release('a1', [E2]), release('a2', [E2]), release('b1', [20101])];
    home.sonarr.faults.set('grab', { code: 'download-client-failed' });
    return [item(E2), item(20101, { needed: 200 })];
  };

  it('SABnzbd does not answer: grabbing stops for this run', async () => {
    const home = new Household();
    home.sab.failure = 'refused';
    const { plan, fatal } = await home.run(two(home));
    expect(fatal).toBeNull();
    expect(home.sonarr.sent('grab')).toEqual(['grab a1']);
    expect(home.sonarr.sent('search')).toEqual([`search ${E2}`]);
    expect(at(plan, E2)).toMatchObject({ result: { code: 'failed' }, error: { code: 'download-client-failed' } });
    expect(at(plan, 20101).result).toMatchObject({
      code: 'skipped',
      text: expect.stringContaining('is not responding') as string,
    });
  });

  it.each([true, false])(
    'SABnzbd answers, or is not known: one more release, then it stops (known: %s)',
    async (knowsSab) => {
      const home = new Household();
      home.knowsSab = knowsSab;
      const { plan } = await home.run(two(home));
      expect(home.sab.requests).toEqual(knowsSab ? ['version'] : []);
      expect(home.sonarr.sent('grab')).toEqual(['grab a1', 'grab a2']);
      expect(at(plan, 20101).result?.code).toBe('skipped');
    },
  );

  it('broken NZBs that do not follow each other stop nothing', async () => {
    const home = new Household();
    home.sonarr.releases = ['a1', 'a2'].map((guid) => release(guid, [E2]));
    home.sonarr.releases.push(...['b1', 'b2'].map((guid) => release(guid, [20101])));
    for (const guid of ['a1', 'b1']) home.sonarr.faults.set(`grab ${guid}`, { code: 'download-client-failed' });
    const { plan } = await home.run([item(E2), item(20101)]);
    expect(plan.items.map((one) => one.release?.title)).toEqual(['Release.a2', 'Release.b2']);
  });

  it('a broken NZB costs nothing but one more try', async () => {
    const home = new Household();
    const items = two(home);
    home.sonarr.faults.clear();
    home.sonarr.faults.set('grab a1', { code: 'download-client-failed' });
    const { plan } = await home.run(items);
    expect(home.sonarr.sent('grab')).toEqual(['grab a1', 'grab a2', 'grab b1']);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['grabbed', 'grabbed']);
  });
});
