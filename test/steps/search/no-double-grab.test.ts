import { describe, expect, it } from 'vitest';
import { searchAndGrab } from '../../../src/steps/search/index.js';
import { at, item, planOf, release } from '../servers/plans.js';
import { scopeOf } from '../servers/scope.js';
import { E2, E3, Household, SETTINGS, withReleases } from './household.js';

describe('facts that have grown old', () => {
  it('a search that took longer than 20 s: queue and history are read again before the grab', async () => {
    const home = withReleases();
    home.sonarr.searchTakes = 21_000;
    home.sonarr.duringSearch = () => void home.sonarr.addGrab(release('x', [E2]));
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.requests).toEqual([`search ${E2}`, 'queue', 'history']);
    expect(at(plan, E2)).toMatchObject({
      action: 'prioritise',
      reason: { code: 'grabbed' },
      result: { code: 'skipped' },
      downloadId: 'SABnzbd_nzo_job1',
    });
  });

  it.each([
    ['by the name that was picked', 'SABnzbd', null, 'prioritise'],
    ['in another download client', 'NAS', null, 'none'],
    ['by the name that the look-up found it to have now', 'NAS', 'SABnzbd', 'prioritise'],
  ])('a job that came meanwhile, %s', async (_what, picked, now, action) => {
    const home = withReleases();
    home.downloadClient = { id: '3', name: picked };
    if (now !== null) home.state.session.clients = { all: [{ id: 3, name: now }], readAt: 0 };
    home.sonarr.searchTakes = 21_000;
    home.sonarr.duringSearch = () => void home.sonarr.addGrab(release('x', [E2]));
    const { plan } = await home.run([item(E2)]);
    expect(home.sonarr.sent('grab')).toEqual([]);
    expect(at(plan, E2)).toMatchObject({ action, result: { code: 'skipped' } });
  });

  it.each([
    ['Node-RED was started anew, or the look-up is of another server node', null],
    ['it was renamed since the look-up', { all: [{ id: 3, name: 'Old' }], readAt: 0 }],
  ])('a job that came meanwhile in a client that was renamed, and %s', async (_what, known) => {
    const home = withReleases();
    home.downloadClient = { id: '3', name: 'Old' };
    home.sonarr.clients = [{ id: 3, name: 'SABnzbd' }];
    home.state.session.clients = known;
    home.sonarr.searchTakes = 21_000;
    home.sonarr.duringSearch = () => void home.sonarr.addGrab(release('x', [E2]));
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2)).toMatchObject({ action: 'prioritise', result: { code: 'skipped' } });
    expect(home.sonarr.sent('clients')).toHaveLength(1);
  });

  it('a job that came meanwhile in a client that is new: they are not asked for again within 10 min', async () => {
    const home = withReleases();
    home.downloadClient = { id: '3', name: 'NAS' };
    const known = { all: [{ id: 3, name: 'NAS' }], readAt: home.clock.now() };
    home.state.session.clients = known;
    home.sonarr.searchTakes = 21_000;
    home.sonarr.duringSearch = () => void home.sonarr.addGrab(release('x', [E2]));
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2)).toMatchObject({ action: 'none', result: { code: 'skipped' } });
    expect(home.sonarr.sent('clients')).toEqual([]);
  });

  it("a job that came meanwhile, and Sonarr does not say which clients it has: it counts as another client's", async () => {
    const home = withReleases();
    home.downloadClient = { id: '3', name: 'Old' };
    home.sonarr.faults.set('clients', { code: 'server-error' });
    home.sonarr.searchTakes = 21_000;
    home.sonarr.duringSearch = () => void home.sonarr.addGrab(release('x', [E2]));
    const { plan, fatal } = await home.run([item(E2), item(E3)]);
    expect(fatal).toBeNull();
    expect(at(plan, E2)).toMatchObject({ action: 'none', result: { code: 'skipped' } });
    expect(home.sonarr.sent('grab')).toEqual(['grab c']);
    expect(plan.errors.map(({ code }) => code)).toEqual(['server-error']);
  });

  it('a quicker search: they are not', async () => {
    const home = withReleases();
    home.sonarr.searchTakes = 19_000;
    await home.run([item(E2)]);
    expect(home.sonarr.sent('queue')).toEqual([]);
  });

  it("a season's answer of before, and no reading for 20 s: read again before a grab by it", async () => {
    const home = withReleases();
    home.sonarr.releases = [release('a', [E2]), release('c', [E3]), release('d', [20101]), release('e', [30101])];
    home.sonarr.searchTakes = 9_000;
    let searches = 0;
    home.sonarr.duringSearch = () => {
      searches += 1;
      if (searches === 3) home.sonarr.addGrab(release('x', [E3]));
    };
    const { plan } = await home.run([item(E2), item(20101), item(30101), item(E3)]);
    expect(home.sonarr.sent('grab')).toEqual(['grab a', 'grab d', 'grab e']);
    expect(at(plan, E3)).toMatchObject({ action: 'prioritise', result: { code: 'skipped' } });
    expect(home.sonarr.sent('queue')).toHaveLength(1);
  });

  it('they cannot be read: nothing is grabbed', async () => {
    const home = withReleases();
    home.sonarr.searchTakes = 21_000;
    home.sonarr.faults.set('history', { code: 'server-error' });
    const { plan, fatal } = await home.run([item(E2)]);
    expect(fatal?.code).toBe('server-error');
    expect(home.sonarr.sent('grab')).toEqual([]);
    expect(at(plan, E2).result?.code).toBe('failed');
  });

  it('a plan older than 20 s: read again before anything is searched', async () => {
    const home = withReleases();
    const plan = planOf([item(E2), item(E3)]);
    home.clock.pass(30_000);
    home.sonarr.addGrab(release('x', [E2]));
    const done = await home.run(plan);
    expect(home.sonarr.requests).toEqual(['queue', 'history', `search ${E3}`, 'grab c', `grabs ${E3}`]);
    expect(at(done.plan, E2).result?.code).toBe('skipped');
  });

  it('a look-up that took longer than 20 s: read again, however young the plan is', async () => {
    const home = withReleases();
    const run = { ...planOf([]).run, startedAt: home.clock.instant() };
    home.clock.pass(30_000);
    home.sonarr.addGrab(release('x', [E2]));
    await home.run(planOf([item(E2)], { run, at: home.clock.instant() }));
    expect(home.sonarr.requests).toEqual(['queue', 'history']);
  });

  it('what was imported since the plan was made is on disk', async () => {
    const home = withReleases();
    const plan = planOf([item(E2)]);
    home.clock.pass(30_000);
    home.sonarr.addGrab(release('x', [E2]));
    const [grab] = home.sonarr.history;
    if (grab) home.sonarr.history.push({ ...grab, id: 99, event: 'imported' });
    const done = await home.run(plan);
    expect(at(done.plan, E2)).toMatchObject({ action: 'none', reason: { code: 'on-disk' } });
    expect(home.sonarr.sent('search')).toEqual([]);
  });
});

describe('two flows on one Sonarr', () => {
  it('one that is stopped while it waits for the other ends at once, and the other goes on', async () => {
    const home = withReleases();
    home.knows([item(E2), item(E3)]);
    await home.state.load();
    const stop = new AbortController();
    let ended = '';
    home.sonarr.duringSearch = async () => {
      const waiting = searchAndGrab(planOf([item(E3)]), SETTINGS, { ...home.deps(), signal: stop.signal });
      await new Promise(setImmediate);
      stop.abort(new Error('the node was closed'));
      ended = await waiting.then(
        () => 'went on',
        (error: unknown) => String(error),
      );
      home.sonarr.duringSearch = () => undefined;
    };
    await searchAndGrab(planOf([item(E2)]), SETTINGS, home.deps());
    expect(ended).toBe('Error: the node was closed');
    expect(home.sonarr.sent('grab')).toEqual(['grab a']);
    expect(home.shared.lock.isLocked()).toBe(false);
  });

  it('B23: with the same plan at once each episode is grabbed once', async () => {
    const home = withReleases();
    home.knows([item(E2), item(E3)]);
    await home.state.load();
    const other = { ...home.deps(), state: home.openState(), ...scopeOf(home.clock) };
    await other.state.attempts.load();
    const plans = [planOf([item(E2), item(E3)]), planOf([item(E2), item(E3)])] as const;
    const [first, second] = await Promise.all([
      searchAndGrab(plans[0], SETTINGS, home.deps()),
      searchAndGrab(plans[1], SETTINGS, other),
    ]);
    expect(home.sonarr.history.map((row) => row.episodeId)).toEqual([E2, E3]);
    expect(first.plan.items.map((one) => one.result?.code)).toEqual(['grabbed', 'grabbed']);
    expect(second.plan.items.map((one) => one.result?.code)).toEqual(['skipped', 'skipped']);
  });

  it('what the other has just searched in vain is not searched again', async () => {
    const home = new Household();
    home.knows([item(E2)]);
    const other = { ...home.deps(), state: home.openState() };
    const [, second] = await Promise.all([
      searchAndGrab(planOf([item(E2)]), SETTINGS, home.deps()),
      searchAndGrab(planOf([item(E2)]), SETTINGS, other),
    ]);
    expect(home.sonarr.sent('search')).toHaveLength(1);
    expect(at(second.plan, E2).reason.code).toBe('cooling-down');
  });

  it('after waiting for the other, queue and history are read again', async () => {
    const home = withReleases();
    const free = await home.shared.lock.acquire();
    const run = home.run([item(E2)]);
    await home.state.load();
    await new Promise((resolve) => setImmediate(resolve));
    home.sonarr.addGrab(release('x', [E2]));
    free();
    expect(at((await run).plan, E2)).toMatchObject({ result: { code: 'skipped' }, downloadId: 'SABnzbd_nzo_job1' });
    expect(home.sonarr.requests).toEqual(['queue', 'history']);
  });

  it('what the other has grabbed while this one was still looking up and planning is not searched', async () => {
    const home = withReleases();
    const run = { ...planOf([]).run, startedAt: home.clock.instant() };
    await home.run([item(E2)]);
    home.clock.pass(1000);
    const { plan } = await home.run(planOf([item(E2)], { run, at: home.clock.instant() }));
    expect(home.sonarr.sent('grab')).toEqual(['grab a']);
    expect(at(plan, E2).result?.code).toBe('skipped');
  });

  it('case 39: a search of a wrong clock years ahead blocks nothing', async () => {
    const home = withReleases();
    home.clock.pass(5 * 365 * 86_400_000);
    home.shared.searched.add(E2);
    home.clock.pass(-5 * 365 * 86_400_000);
    await home.run([item(E2)]);
    expect(home.sonarr.sent('grab')).toEqual(['grab a']);
  });

  it('every episode of a release that the other has just grabbed counts', async () => {
    const home = withReleases();
    home.sonarr.releases = [release('a', [E2, E3])];
    const plan = planOf([item(E3)]);
    await home.run([item(E2)]);
    home.clock.pass(1000);
    await home.run(plan);
    expect(home.sonarr.sent('grab')).toEqual(['grab a']);
  });

  it('a plan with nothing to search does not wait for the other', async () => {
    const home = new Household();
    const release = await home.shared.lock.acquire();
    const { plan } = await home.run([item(E2, { reason: 'on-disk' })]);
    release();
    expect(plan.items).toHaveLength(1);
  });
});
