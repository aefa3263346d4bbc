import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/core/contracts/index.js';
import { toInstant } from '../../../src/core/time.js';
import { grabbed, planOf, queued } from '../servers/plans.js';
import { START } from '../servers/scope.js';
import { grabsOf, Queue } from './household.js';

const KIDS = { id: 'sonarr2', name: 'Sonarr kids', url: 'http://nas:8990' };

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

  it('what a flow wants no more is not brought back by another one that is at work then', async () => {
    const queue = new Queue('x b a');
    await queue.run(planOf([queued(10102, 'a')]));
    queue.sab.afterCall = () => {
      queue.sab.afterCall = () => undefined;
      over = queue.run(planOf([]));
    };
    let over: Promise<unknown> = Promise.resolve();
    await queue.run(kids());
    await over;
    expect(queue.state.wanted.all().map((job) => job.downloadId)).toEqual(['SABnzbd_nzo_b']);
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
