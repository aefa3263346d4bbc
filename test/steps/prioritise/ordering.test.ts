import { describe, expect, it } from 'vitest';
import { at, grabbed, item, planOf, queued } from '../servers/plans.js';
import { Queue } from './household.js';

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
