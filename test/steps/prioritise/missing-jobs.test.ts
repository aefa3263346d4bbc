import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../src/core/time.js';
import { at, download, grabbed, item, planOf, queued } from '../servers/plans.js';
import { START } from '../servers/scope.js';
import { Queue } from './household.js';

const RELEASE = { title: 'R', size: 1e9, indexer: 'Lab', protocol: 'usenet', episodeIds: [10102] } as const;

describe('jobs that are not in the queue', () => {
  it('B16: a job that is not there yet is waited for by looking, not by a fixed sleep', async () => {
    const queue = new Queue('x b');
    queue.onSleep = () => {
      if (queue.clock.slept.length === 3) queue.sab.add('a');
    };
    const { plan } = await queue.run(planOf([grabbed(10102, 'a'), queued(10103, 'b')]));
    expect(queue.sab.requests.slice(0, 3)).toEqual(['queue', 'priority b High', 'queue']);
    expect(queue.clock.slept).toEqual([500, 1000, 2000]);
    expect(queue.sab.order).toBe('a/H b/H x/N');
    expect(at(plan, 10102).queue).toEqual({ position: 0, priority: 'High', previousPriority: 'Normal' });
  });

  it('the lock is free while it waits', async () => {
    const queue = new Queue('x');
    let locked = true;
    queue.onSleep = () => {
      locked = queue.state.lock.isLocked();
      queue.sab.add('a');
    };
    await queue.run(planOf([grabbed(10102, 'a')]));
    expect(locked).toBe(false);
  });

  it('no longer than the setting says; then it is that item’s failure, and the others are done', async () => {
    const queue = new Queue('x b');
    const { plan, fatal } = await queue.run(planOf([grabbed(10102, 'a'), queued(10103, 'b')]), { waitForJob: 3 });
    expect(fatal).toBeNull();
    expect(queue.clock.slept).toEqual([500, 1000, 1500]);
    expect(queue.sab.sent('history')).toEqual(['history a']);
    expect(at(plan, 10102).error?.code).toBe('job-missing');
    expect(at(plan, 10103).queue?.position).toBe(0);
    expect(plan.errors).toHaveLength(1);
  });

  it('a season pack that is missing is one failure, whatever its number of episodes', async () => {
    const queue = new Queue('x');
    const { plan } = await queue.run(planOf([grabbed(10102, 'a'), grabbed(10103, 'a')]), { waitForJob: 0 });
    expect(plan.errors.map(({ code }) => code)).toEqual(['job-missing']);
    expect(plan.items.map(({ error }) => error)).toEqual([plan.errors[0], plan.errors[0]]);
  });

  it('one that has finished meanwhile is fine', async () => {
    const queue = new Queue('x a');
    queue.sab.finish('a');
    const { plan } = await queue.run(planOf([grabbed(10102, 'a')]), { waitForJob: 0 });
    expect(plan.errors).toEqual([]);
    expect(at(plan, 10102)).toMatchObject({ error: null, queue: null });
  });

  it('one that finishes while the queue is ordered is not waited for', async () => {
    const queue = new Queue('x b a');
    queue.sab.afterCall = () => queue.sab.finish('a');
    const { plan } = await queue.run(planOf([grabbed(10102, 'a'), queued(10103, 'b')]));
    expect(queue.clock.slept).toEqual([]);
    expect(plan.errors).toEqual([]);
    expect(queue.sab.order).toBe('b/H x/N');
  });

  it('a grab of long ago that SABnzbd does not list is neither waited nor asked for', async () => {
    const queue = new Queue('x');
    const old = download({ state: 'grabbed', downloadId: 'SABnzbd_nzo_a', grabbedAt: toInstant(START - 3_000_000) });
    const { plan } = await queue.run(
      planOf([item(10102, { reason: 'grabbed', downloadId: 'SABnzbd_nzo_a', download: old })]),
    );
    expect(queue.sab.requests).toEqual(['queue']);
    expect(at(plan, 10102).reason.code).toBe('grabbed');
  });

  it('a grab of an earlier run is raised once its job is there', async () => {
    const queue = new Queue('x a');
    const seen = download({ state: 'grabbed', downloadId: 'SABnzbd_nzo_a', grabbedAt: toInstant(START - 3000) });
    await queue.run(planOf([item(10102, { reason: 'grabbed', downloadId: 'SABnzbd_nzo_a', download: seen })]));
    expect(queue.sab.order).toBe('a/H x/N');
  });

  it('B25, case 22: ids of torrents and of other clients are never sent', async () => {
    const queue = new Queue('x a');
    const hash = 'F00DF00DF00DF00DF00DF00DF00DF00DF00DF00D';
    const items = [
      item(10102, {
        reason: 'queued',
        downloadId: hash,
        download: download({ downloadId: hash, protocol: 'torrent' }),
      }),
      item(10103, { reason: 'queued', downloadId: '17', download: download({ downloadId: '17', client: 'NZBGet' }) }),
      item(10104, { reason: 'queued', downloadId: 'SABnzbd_nzo_a,x', download: download() }),
      queued(10105, 'a'),
    ];
    const { plan } = await queue.run(planOf(items));
    expect(queue.sab.requests).toEqual(['queue', 'priority a High', 'queue']);
    expect(plan.items.map((one) => one.reason.code)).toEqual([
      'other-client',
      'other-client',
      'other-client',
      'queued',
    ]);
    expect(plan.items[1]?.reason.text).toContain('NZBGet');
  });

  it('a job of a download client that is not ours by its name is left alone, though its id looks like ours', async () => {
    const queue = new Queue('x a');
    const other = download({ downloadId: 'SABnzbd_nzo_x', client: 'Second SABnzbd', otherClient: true });
    const items = [item(10102, { reason: 'queued', downloadId: 'SABnzbd_nzo_x', download: other }), queued(10105, 'a')];
    const { plan } = await queue.run(planOf(items));
    expect(queue.sab.requests).toEqual(['queue', 'priority a High', 'queue']);
    expect(plan.items.map((one) => one.reason.code)).toEqual(['other-client', 'queued']);
    expect(plan.items[0]?.reason.text).toContain('Second SABnzbd');
  });

  it('a torrent whose id is not known yet is in another client too', async () => {
    const queue = new Queue('x');
    const { plan } = await queue.run(
      planOf([grabbed(10102, 'a', { downloadId: null, release: { ...RELEASE, protocol: 'torrent' } })]),
    );
    expect(at(plan, 10102).reason.code).toBe('other-client');
  });

  it('only torrents: no request at all', async () => {
    const queue = new Queue('x');
    await queue.run(
      planOf([item(10102, { reason: 'queued', downloadId: 'F00D', download: download({ protocol: 'torrent' }) })]),
    );
    expect(queue.sab.requests).toEqual([]);
  });

  it('what Sonarr’s queue holds and this SABnzbd does not is in another client; it is asked about once', async () => {
    const queue = new Queue('x');
    const first = await queue.run(planOf([queued(10102, 'far')]));
    expect(at(first.plan, 10102)).toMatchObject({ action: 'none', reason: { code: 'other-client' } });
    expect(queue.sab.requests).toEqual(['queue', 'history far']);
    const second = await queue.run(planOf([queued(10102, 'far')]));
    expect(at(second.plan, 10102).reason.code).toBe('other-client');
    expect(queue.sab.requests).toHaveLength(2);
  });

  it('what is downloaded and waits for its import is not asked about', async () => {
    const queue = new Queue('x');
    const done = download({ state: 'downloading', downloadId: 'SABnzbd_nzo_a', sizeLeft: 0 });
    const { plan } = await queue.run(planOf([queued(10102, 'a', { reason: 'downloading', download: done })]));
    expect(queue.sab.requests).toEqual(['queue']);
    expect(at(plan, 10102).reason.code).toBe('downloading');
  });

  it('failed, blocked and held-back items are no jobs to order', async () => {
    const queue = new Queue('x a');
    await queue.run(
      planOf([
        item(10102, { reason: 'failed', downloadId: 'SABnzbd_nzo_a', download: download({ state: 'failed' }) }),
        item(10103, { reason: 'waiting', download: download({ state: 'waiting', downloadId: null }) }),
      ]),
    );
    expect(queue.sab.requests).toEqual([]);
  });
});
