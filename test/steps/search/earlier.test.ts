import { describe, expect, it } from 'vitest';
import type { NotifySettings, Plan } from '../../../src/core/contracts/index.js';
import { DAY, MINUTE } from '../../../src/core/time.js';
import { openTautulliState } from '../../../src/state/tautulli.js';
import { announce } from '../../../src/steps/notify/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { FakeTautulli } from '../history/fake-tautulli.js';
import { at, download, item, queued, release } from '../servers/plans.js';
import { E2, E3, Household } from './household.js';

const withReleases = (): Household => {
  const home = new Household();
  home.sonarr.releases = [release('a', [E2]), release('b', [E3])];
  return home;
};

const earlier = ({ plan }: { readonly plan: Plan }) =>
  plan.earlier?.map(({ episodeId, result, downloadId }) => [episodeId, result.code, downloadId]);

const GRABBED = [E2, 'grabbed', 'SABnzbd_nzo_job1'];

const TELL: NotifySettings = { notifier: 2, subject: '', body: '', tell: ['grabbed'], dryRun: false };

/** A notifier behind the search. */
const notifier = (home: Household) => {
  const tautulli = new FakeTautulli();
  tautulli.agents = [{ id: 2, agent: 'discord', label: '' }];
  const [log, store, ref] = [new FakeLog(), new FakeStore(), server('Tautulli')];
  const state = openTautulliState({ store, server: ref, log, now: home.clock.now });
  const tell = ({ plan }: { readonly plan: Plan }, to = 2) =>
    announce(plan, { ...TELL, notifier: to }, { ...home.scope, client: tautulli, server: ref, state });
  return { tell, told: tautulli.sent };
};

describe('what a run grabbed', () => {
  it('is carried by the plans of the next runs, also when it has its file or is looked at no more', async () => {
    const home = withReleases();
    expect((await home.run([item(E2)])).plan).not.toHaveProperty('earlier');
    home.restart();
    for (const next of [[queued(E2, 'job1')], [item(E2, { reason: 'on-disk' })], []]) {
      expect(earlier(await home.run(next))).toEqual([GRABBED]);
    }
    const { plan } = await home.run([]);
    expect(plan.earlier?.[0]).toMatchObject({
      series: { title: 'Show 1' },
      viewers: [{ name: 'Ann' }],
      release: { title: 'Release.a', size: 1e9 },
    });
    expect(plan.items).toEqual([]);
  });

  it('costs the next run no request and no write', async () => {
    const home = withReleases();
    await home.run([item(E2)]);
    home.sonarr.requests.length = 0;
    const { writes } = home.store;
    await home.run([queued(E2, 'job1')]);
    expect(home.sonarr.requests).toEqual([]);
    expect(home.store.writes).toBe(writes);
  });

  it('is carried for a day, and then forgotten', async () => {
    const home = withReleases();
    await home.run([item(E2)]);
    home.clock.pass(DAY - MINUTE);
    expect(earlier(await home.run([]))).toEqual([GRABBED]);
    home.clock.pass(2 * MINUTE);
    expect(earlier(await home.run([]))).toBeUndefined();
    expect(home.state.earlier.size).toBe(0);
  });

  it('is carried by the plans of its own flow only', async () => {
    const home = withReleases();
    await home.run([item(E2)]);
    home.owner = 'search 2';
    expect(earlier(await home.run([item(E3)]))).toBeUndefined();
    home.owner = 'search 1';
    expect(earlier(await home.run([]))).toEqual([GRABBED]);
  });

  it('is not carried where this very plan says it', async () => {
    const home = withReleases();
    home.sonarr.duringSearch = () => {
      if (home.sonarr.sent('grab').length > 0) home.scope.controller.abort(new Error('closed'));
    };
    await expect(home.run([item(E2), item(20101)])).rejects.toThrow('closed');
    home.restart();
    const { plan } = await home.run([queued(E2, 'job1')]);
    expect([at(plan, E2).result?.code, plan.earlier]).toEqual(['grabbed', undefined]);
    expect(earlier(await home.run([queued(E2, 'job1')]))).toEqual([GRABBED]);
  });

  it('of a dry run, or a search that found nothing, is nothing', async () => {
    const home = withReleases();
    await home.run([item(E2)], { dryRun: true });
    await home.run([item(10104)]);
    expect(earlier(await home.run([]))).toBeUndefined();
  });

  it('a store that fails is told and costs no grab', async () => {
    const home = withReleases();
    await home.state.load();
    home.state.earlier.put = () => Promise.reject(new Error('disk full'));
    const { plan } = await home.run([item(E2)]);
    expect(at(plan, E2).result?.code).toBe('grabbed');
    expect(plan.errors.map(({ code, message }) => [code, message.includes('disk full')])).toEqual([
      ['memory-failed', true],
    ]);
  });
});

describe('a run that is stopped behind the search', () => {
  it('has its grabs told by the next one, once', async () => {
    const home = withReleases();
    const { tell, told } = notifier(home);
    await home.run([item(E2), item(E3)]);
    home.restart();
    await tell(await home.run([item(E2, { reason: 'on-disk' }), queued(E3, 'job2')]));
    await tell(await home.run([]));
    expect(told.map(({ body }) => body)).toEqual(['On their way:\n- Show 1 S01E02, S01E03 for Ann (2.0 GB)']);
  });

  it('what it had told is not told again', async () => {
    const home = withReleases();
    const { tell, told } = notifier(home);
    await tell(await home.run([item(E2)]));
    await tell(await home.run([queued(E2, 'job1')]));
    expect(told).toHaveLength(1);
  });

  it('between two notifiers: the second is told by the next run, the first not again', async () => {
    const home = withReleases();
    const { tell, told } = notifier(home);
    await tell(await home.run([item(E2)]));
    const next = await home.run([]);
    await tell(next);
    await tell(next, 3);
    expect(told.map(({ notifier: to }) => to)).toEqual([2, 3]);
  });

  it('has told Sonarr to search: what Sonarr grabs is ours to tell', async () => {
    const home = withReleases();
    const { tell, told } = notifier(home);
    await home.run([item(E2)], { choose: 'sonarr' });
    await tell(await home.run([]));
    home.clock.pass(2 * DAY);
    const items = [item(E2, { reason: 'queued', download: download(), downloadId: 'SABnzbd_nzo_a' })];
    await tell(await home.run(items, { choose: 'sonarr' }));
    expect(told.map(({ body }) => body)).toEqual(['On their way:\n- Show 1 S01E02 for Ann (1.0 GB)']);
  });

  it('has told Sonarr to search, and Sonarr has grabbed when the next comes: told at once', async () => {
    const home = withReleases();
    const { tell, told } = notifier(home);
    await home.run([item(E2)], { choose: 'sonarr' });
    await tell(await home.run([queued(E2, 'a')], { choose: 'sonarr' }));
    expect(told).toHaveLength(1);
  });
});
