import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../src/core/time.js';
import { at, grabbed, queued } from '../servers/plans.js';
import { START } from '../servers/scope.js';
import { grabsOf, Queue } from './household.js';

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

  it('a job that has left the queue is looked for once, and costs no read per grab', async () => {
    const queue = new Queue('x y');
    const items = [queued(10101, 'gone'), grabbed(10102, 'a'), grabbed(10103, 'b'), grabbed(10104, 'c')];
    const { upTo, whole } = grabsOf(items);
    for (const i of [1, 2, 3]) {
      queue.sab.add(' abc'.charAt(i));
      await queue.run(upTo(i));
    }
    await queue.run(whole, { waitForJob: 0 });
    expect(queue.sab.order).toBe('a/H b/H c/H x/N y/N');
    expect(queue.sab.requests.filter((one) => !one.startsWith('history'))).toEqual([
      'queue',
      'priority a High',
      'priority b High',
      'priority c High',
      'queue',
    ]);
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
