import { describe, expect, it } from 'vitest';
import type { Plan, PlanItem } from '../../../src/core/contracts/index.js';
import { toInstant } from '../../../src/core/time.js';
import { at, download, grabbed, item, planOf, queued } from '../servers/plans.js';
import { START } from '../servers/scope.js';
import { Queue } from './household.js';

const KIDS = { id: 'sonarr2', name: 'Sonarr kids', url: 'http://nas:8990' };

const RELEASE = { title: 'R', size: 1e9, indexer: 'Lab', protocol: 'usenet', episodeIds: [10102] } as const;

/** The partial plans of a run that grabs these one after the other, and the whole one. */
const grabsOf = (items: readonly PlanItem[]): { upTo: (last: number) => Plan; whole: Plan } => {
  const whole = planOf(items);
  const notYet = { downloadId: null, result: null, release: null };
  return {
    upTo: (last) => ({
      ...whole,
      partial: true,
      items: items.map((one, i) => (i <= last || one.result === null ? one : { ...one, ...notYet })),
    }),
    whole,
  };
};

describe('ordering the queue', () => {
  it('brings the jobs to the top in the order of need, with one call and one verifying read', async () => {
    const queue = new Queue('x y b a');
    const { plan, fatal } = await queue.run(planOf([queued(10102, 'a'), queued(10103, 'b')]));
    expect(fatal).toBeNull();
    expect(queue.sab.order).toBe('a/H b/H x/N y/N');
    expect(queue.sab.requests).toEqual(['queue', 'priority a,b High', 'queue']);
    expect(plan.items.map((one) => one.queue)).toEqual([
      { position: 0, priority: 'High', previousPriority: 'Normal' },
      { position: 1, priority: 'High', previousPriority: 'Normal' },
    ]);
  });

  it('a SABnzbd that is too old is told so in a sentence, once, and is ordered all the same', async () => {
    const queue = new Queue('x a');
    queue.sab.sabVersion = '3.7.2';
    const plan = planOf([queued(10102, 'a')]);
    const first = await queue.run({ ...plan, partial: true });
    const whole = await queue.run(plan);
    const next = await queue.run(planOf([queued(10102, 'a')]));
    expect(queue.sab.order).toBe('a/H x/N');
    expect([first, whole, next].map((done) => done.plan.notes.filter((note) => note.includes('3.7.2')).length)).toEqual(
      [0, 1, 0],
    );
    expect(queue.scope.log.of('warn')).toHaveLength(1);
  });

  it('an order that holds costs one read and no call', async () => {
    const queue = new Queue('f/F a/H b/H x/H y');
    const { plan } = await queue.run(planOf([queued(10102, 'a'), queued(10103, 'b')]));
    expect(queue.sab.requests).toEqual(['queue']);
    expect(at(plan, 10103).queue).toEqual({ position: 2, priority: 'High', previousPriority: 'High' });
  });

  it('a job that changed its place and not its priority is told as moved', async () => {
    const queue = new Queue('x/H a/H');
    const { plan } = await queue.run(planOf([queued(10102, 'a')]));
    expect(queue.sab.order).toBe('a/H x/H');
    expect(at(plan, 10102).queue).toEqual({ position: 0, priority: 'High', previousPriority: 'High', moved: true });
  });

  it('no job and nothing wanted: no request', async () => {
    const queue = new Queue('x y');
    const plan = planOf([item(10102, { reason: 'on-disk' })]);
    expect((await queue.run(plan)).plan.items).toEqual(plan.items);
    expect(queue.sab.requests).toEqual([]);
    expect(queue.store.writes).toBe(0);
  });

  it('jobs of the last run that are not planned any more cost no request', async () => {
    const queue = new Queue('a/H');
    await queue.run(planOf([queued(10102, 'a')]));
    queue.sab.requests.length = 0;
    await queue.run(planOf([item(10102, { reason: 'on-disk' })]));
    expect(queue.sab.requests).toEqual([]);
    expect(queue.state.wanted.all()).toEqual([]);
  });

  it('case 23: a pack is one job, ordered by the earliest need', async () => {
    const queue = new Queue('b pack');
    const { plan } = await queue.run(
      planOf([queued(10102, 'pack'), queued(20101, 'b', { needed: 70 }), queued(10103, 'pack')]),
    );
    expect(queue.sab.order).toBe('pack/H b/H');
    expect(queue.sab.sent('priority')).toEqual(['priority pack,b High']);
    expect(at(plan, 10103).queue?.position).toBe(0);
  });

  it('B12: jobs that were queued before do not come before what is needed earlier', async () => {
    const queue = new Queue('e4/H e5/H e2');
    await queue.run(planOf([grabbed(10102, 'e2'), queued(10104, 'e4'), queued(10105, 'e5')]));
    expect(queue.sab.order).toBe('e2/H e4/H e5/H');
  });

  it('force raises to Force', async () => {
    const queue = new Queue('x b a');
    await queue.run(planOf([queued(10102, 'a'), queued(10103, 'b')]), { raise: 'force' });
    expect(queue.sab.order).toBe('a/F b/F x/N');
    expect(queue.sab.requests).toEqual(['queue', 'priority b,a Force', 'queue']);
  });

  it('Force and Repair jobs are never lowered', async () => {
    const queue = new Queue('r/R a/F x b');
    await queue.run(planOf([queued(10102, 'a'), queued(10103, 'b')]));
    expect(queue.sab.order).toBe('r/R a/F b/H x/N');
  });

  it('case 58: a job that its owner paused is left alone, and the item says so', async () => {
    const queue = new Queue('x a/Np b');
    const { plan } = await queue.run(planOf([queued(10102, 'a'), queued(10103, 'b')]));
    expect(queue.sab.order).toBe('b/H x/N a/Np');
    expect(at(plan, 10102)).toMatchObject({
      action: 'none',
      reason: { code: 'paused' },
      queue: { position: 2, priority: 'Normal', previousPriority: 'Normal' },
    });
  });

  it('something else sorts the queue: tried twice, then told', async () => {
    const queue = new Queue('x a');
    queue.sab.afterCall = () => queue.sab.model.jobs.sort((one, other) => other.id.localeCompare(one.id));
    const { plan, fatal } = await queue.run(planOf([queued(10102, 'a')]));
    expect(fatal).toBeNull();
    expect(queue.sab.sent('queue')).toHaveLength(3);
    expect(plan.errors).toMatchObject([{ code: 'not-in-order', service: 'sabnzbd' }]);
    expect(at(plan, 10102).error?.code).toBe('not-in-order');
  });

  it('an order that comes about at the second try is no failure', async () => {
    const queue = new Queue('x a');
    queue.sab.afterCall = () => {
      if (queue.sab.sent('priority').length === 1) queue.sab.model.setPriority(['SABnzbd_nzo_a'], 0);
    };
    const { plan } = await queue.run(planOf([queued(10102, 'a')]));
    expect(queue.sab.order).toBe('a/H x/N');
    expect(plan.errors).toEqual([]);
  });

  it('a call that fails is tried once more, and no failure if that does it', async () => {
    const queue = new Queue('x a');
    queue.sab.callFailure = 'server-error';
    const { plan, fatal } = await queue.run(planOf([queued(10102, 'a')]));
    expect([fatal, plan.errors]).toEqual([null, []]);
    expect(queue.sab.order).toBe('a/H x/N');
  });

  it.each(['refused', 'key-refused', 'timeout'] as const)(
    'SABnzbd cannot be used (%s): the plan goes on with the failure',
    async (code) => {
      const queue = new Queue('a');
      queue.sab.failure = code;
      const { plan, fatal } = await queue.run(planOf([queued(10102, 'a')]));
      expect(fatal?.code).toBe(code);
      expect(plan.errors).toMatchObject([{ code }]);
      expect(plan.items).toHaveLength(1);
      queue.sab.failure = null;
      expect((await queue.run(planOf([queued(10102, 'a')]))).fatal).toBeNull();
      expect(queue.sab.order).toBe('a/H');
    },
  );

  it('a store that fails does not keep the queue from being ordered', async () => {
    const queue = new Queue('x a');
    await queue.state.load();
    queue.store.failure = new Error('disk full');
    const { fatal } = await queue.run(planOf([queued(10102, 'a')]));
    expect(fatal).toBeNull();
    expect(queue.sab.order).toBe('a/H x/N');
    expect(queue.scope.log.of('error')).toHaveLength(1);
  });

  it.each(['setting', 'run'])('a dry run reads and reports, and changes nothing (%s)', async (by) => {
    const queue = new Queue('x a');
    const plan = planOf([queued(10102, 'a')]);
    const { plan: done } = await queue.run(
      { ...plan, run: { ...plan.run, dryRun: by === 'run' } },
      { dryRun: by === 'setting' },
    );
    expect(queue.sab.requests).toEqual(['queue']);
    expect(at(done, 10102).queue).toEqual({ position: 1, priority: 'Normal', previousPriority: 'Normal' });
    expect(queue.store.writes).toBe(0);
  });
});

describe('a run that grabs', () => {
  it('one read, one call per grab, one verifying read', async () => {
    const queue = new Queue('x y z/L');
    const items = ['a', 'b', 'c', 'd'].map((id, i) => grabbed(10102 + i, id));
    const { upTo, whole } = grabsOf(items);
    for (const i of items.keys()) {
      queue.sab.add('abcd'.charAt(i));
      const { plan, fatal } = await queue.run(upTo(i));
      expect([plan.partial, fatal]).toEqual([true, null]);
      expect(
        queue.sab.order.startsWith(
          'abcd'
            .slice(0, i + 1)
            .split('')
            .map((id) => `${id}/H`)
            .join(' '),
        ),
      ).toBe(true);
    }
    const { plan } = await queue.run(whole);
    expect(queue.sab.order).toBe('a/H b/H c/H d/H x/N y/N z/L');
    expect(queue.sab.requests).toEqual([
      'queue',
      'priority a High',
      'priority b High',
      'priority c High',
      'priority d High',
      'queue',
    ]);
    expect(plan.items.map((one) => one.queue)).toEqual(
      [0, 1, 2, 3].map((position) => ({ position, priority: 'High', previousPriority: 'Normal' })),
    );
  });

  it('a job that is needed earlier than those before is put in front of them, before other High jobs', async () => {
    const queue = new Queue('old/H x/H y');
    const items = [queued(10103, 'old'), grabbed(10102, 'a'), grabbed(10104, 'b')];
    const { upTo, whole } = grabsOf(items);
    queue.sab.add('a');
    await queue.run(upTo(1));
    queue.sab.add('b');
    await queue.run(upTo(2));
    expect(queue.sab.order).toBe('a/H old/H b/H x/H y/N');
    await queue.run(whole);
    expect(queue.sab.requests).toHaveLength(4);
  });

  it('a job that Sonarr gave another priority by its age is read, and not lowered', async () => {
    const queue = new Queue('x');
    const recent = { airDateUtc: toInstant(START - 3 * 86_400_000) };
    const { upTo } = grabsOf([grabbed(10102, 'a'), grabbed(10103, 'b', recent), grabbed(10104, 'c', recent)]);
    queue.sab.add('a');
    await queue.run(upTo(0));
    queue.sab.add('b', 2);
    await queue.run(upTo(1));
    queue.sab.add('c', 2);
    await queue.run(upTo(2));
    expect(queue.sab.order).toBe('c/F b/F a/H x/N');
    expect(queue.sab.sent('queue')).toHaveLength(2);
    expect(queue.sab.sent('priority')).toEqual(['priority a High']);
  });

  it('jobs that come paused stay so: each is read', async () => {
    const queue = new Queue('x');
    const { upTo } = grabsOf([grabbed(10102, 'a'), grabbed(10103, 'b')]);
    for (const [i, id] of ['a', 'b'].entries()) {
      queue.sab.model.add({ id: `SABnzbd_nzo_${id}`, priority: 0, paused: true });
      await queue.run(upTo(i));
    }
    expect(queue.sab.order).toBe('x/N a/Np b/Np');
  });

  it('a job that is not there yet does not delay the others, and is raised by the next plan', async () => {
    const queue = new Queue('x');
    const { upTo, whole } = grabsOf([grabbed(10102, 'a'), grabbed(10103, 'b'), grabbed(10104, 'c')]);
    queue.sab.add('a');
    await queue.run(upTo(0));
    await queue.run(upTo(1));
    expect(queue.clock.slept).toEqual([]);
    queue.sab.add('b');
    queue.sab.add('c');
    await queue.run(upTo(2));
    expect(queue.sab.order).toBe('a/H b/H c/H x/N');
    const { plan } = await queue.run(whole);
    expect(plan.errors).toEqual([]);
    expect(at(plan, 10103).queue).toEqual({ position: 1, priority: 'High', previousPriority: 'Normal' });
  });

  it('the queue is not as it was thought to be: read again, and the job raised at once', async () => {
    const queue = new Queue('x/H y');
    const { upTo } = grabsOf([grabbed(10102, 'a'), grabbed(10103, 'b')]);
    queue.sab.add('a');
    await queue.run(upTo(0));
    queue.sab.finish('x');
    queue.sab.add('b');
    await queue.run(upTo(1));
    expect(queue.sab.order).toBe('a/H b/H y/N');
    expect(queue.sab.requests).toEqual(['queue', 'switch a x', 'switch b x', 'queue', 'priority b High']);
  });

  it('waits for the job of a partial plan until a newer plan waits', async () => {
    const queue = new Queue('x');
    const { upTo } = grabsOf([grabbed(10102, 'a')]);
    let newer = false;
    queue.onSleep = () => {
      if (queue.clock.slept.length === 2) queue.sab.add('a');
    };
    await queue.run(upTo(0), { newerWaits: () => newer });
    expect(queue.sab.order).toBe('a/H x/N');
    const other = grabsOf([grabbed(10105, 'never')]).upTo(0);
    newer = true;
    const before = queue.clock.slept.length;
    await queue.run(other, { newerWaits: () => newer });
    expect(queue.clock.slept).toHaveLength(before);
  });

  it('SABnzbd is down while grabs come in: told once, by the whole plan', async () => {
    const queue = new Queue('x');
    const { upTo, whole } = grabsOf([grabbed(10102, 'a')]);
    queue.sab.failure = 'refused';
    expect((await queue.run(upTo(0))).fatal).toBeNull();
    const { plan, fatal } = await queue.run(whole);
    expect(fatal?.code).toBe('refused');
    expect(plan.errors).toHaveLength(1);
  });
});

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

describe('several flows on one SABnzbd', () => {
  const mine = (): Plan => planOf([queued(10102, 'a', { needed: 30 }), queued(10103, 'c', { needed: 90 })]);
  const kids = (minutes = 0): Plan => {
    const at = toInstant(START + minutes * 60_000);
    return planOf([queued(50102, 'b', { needed: 60 + minutes })], { sonarr: KIDS, at });
  };

  it('case 60: two Sonarrs, one order over both by need; no flow undoes the other’s', async () => {
    const queue = new Queue('x c b a');
    await queue.run(mine());
    await queue.run(kids());
    expect(queue.sab.order).toBe('a/H b/H c/H x/N');
    queue.sab.requests.length = 0;
    await queue.run(mine());
    await queue.run(kids());
    expect(queue.sab.requests).toEqual(['queue', 'queue']);
  });

  it('need counts from each plan’s own time, so that an hour later the order is the same', async () => {
    const queue = new Queue('x c b a');
    await queue.run(mine());
    queue.clock.pass(3_600_000);
    await queue.run(kids(60));
    expect(queue.sab.order).toBe('a/H b/H c/H x/N');
  });

  it('both at once', async () => {
    const queue = new Queue('x c b a');
    await Promise.all([queue.run(mine()), queue.run(kids())]);
    expect(queue.sab.order).toBe('a/H b/H c/H x/N');
  });

  it('another run changes the queue between two grabs: it is read again', async () => {
    const queue = new Queue('x b');
    const { upTo, whole } = grabsOf([grabbed(10102, 'a', { needed: 30 }), grabbed(10103, 'c', { needed: 45 })]);
    queue.sab.add('a');
    await queue.run(upTo(0));
    await queue.run(kids());
    queue.sab.add('c');
    await queue.run(upTo(1));
    expect(queue.sab.order).toBe('a/H c/H b/H x/N');
    await queue.run(whole);
    expect(queue.sab.order).toBe('a/H c/H b/H x/N');
  });

  it('two flows of one Sonarr keep each other’s jobs, also where both want one', async () => {
    const queue = new Queue('c b a');
    const ann = (): Plan => planOf([queued(10102, 'a', { needed: 30 }), queued(10103, 'b', { needed: 60 })]);
    const bob = (): Plan => planOf([queued(10103, 'b', { needed: 90 }), queued(10104, 'c', { needed: 120 })]);
    await queue.run(ann(), { owner: 'node1' });
    await queue.run(bob(), { owner: 'node2' });
    queue.sab.requests.length = 0;
    await queue.run(ann(), { owner: 'node1' });
    await queue.run(bob(), { owner: 'node2' });
    expect(queue.sab.order).toBe('a/H b/H c/H');
    expect(queue.sab.requests).toEqual(['queue', 'queue']);
  });

  it('jobs of another plan that have left the queue are forgotten', async () => {
    const queue = new Queue('a b');
    await queue.run(kids());
    queue.sab.finish('b');
    queue.clock.pass(11 * 60_000);
    await queue.run(planOf([queued(10102, 'a')], { at: queue.clock.instant() }));
    expect(queue.state.wanted.all().map((job) => job.downloadId)).toEqual(['SABnzbd_nzo_a']);
  });

  it('the wanted order survives a restart, with the priority from before we raised it', async () => {
    const queue = new Queue('a b');
    await queue.run(kids());
    const stored = [...queue.store.values.values()].map((text) => JSON.parse(text) as { entries: unknown[] });
    expect(stored[0]?.entries).toMatchObject([
      { downloadId: 'SABnzbd_nzo_b', previousPriority: 'Normal', sonarr: KIDS.url, season: 1, episode: 2 },
    ]);
    await queue.run(kids());
    expect(queue.state.wanted.all()[0]?.previousPriority).toBe('Normal');
    expect(queue.state.wanted.all()[0]?.owner).toBe(`${KIDS.id} ${KIDS.url}`);
  });

  it('an aborted run rejects and lets the next one in', async () => {
    const queue = new Queue('x');
    queue.onSleep = () => queue.scope.controller.abort(new Error('closed'));
    await expect(queue.run(planOf([grabbed(10102, 'a')]))).rejects.toThrow('closed');
    expect(queue.state.lock.isLocked()).toBe(false);
  });
});
