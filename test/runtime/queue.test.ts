import { describe, expect, it } from 'vitest';
import { everyMessage, latestOnly, type Replaces, WorkQueue } from '../../src/runtime/queue.js';

/** A queue whose work ends when told to. */
const bench = (replaces: Replaces) => {
  const started: unknown[] = [];
  const done: unknown[] = [];
  const dropped: unknown[] = [];
  const ends: (() => void)[] = [];
  const queue = new WorkQueue(async (job) => {
    started.push(job.msg.payload);
    await new Promise<void>((resolve) => ends.push(resolve));
    job.done();
  }, replaces);
  const push = (payload: unknown) =>
    queue.push({
      msg: { _msgid: '', payload },
      send: () => undefined,
      done: () => done.push(payload),
      dropped: () => dropped.push(payload),
    });
  const endOne = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, push, endOne, started, done, dropped };
};

describe('the queue of a node', () => {
  it('works on every message, one after the other, in order', async () => {
    const { push, endOne, started, done } = bench(everyMessage);
    for (const name of ['a', 'b', 'c']) push(name);
    expect(started).toEqual(['a']);
    await endOne();
    expect(started).toEqual(['a', 'b']);
    await endOne();
    await endOne();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('lets only the latest message wait where that is enough; a replaced one is done at once', async () => {
    const { queue, push, endOne, started, done, dropped } = bench(latestOnly);
    for (const name of ['a', 'b', 'c', 'd']) push(name);
    expect(done).toEqual(['b', 'c']);
    expect(dropped).toEqual(['b', 'c']);
    expect(queue.waiting).toBe(1);
    await endOne();
    await endOne();
    expect(started).toEqual(['a', 'd']);
  });

  it('replaces only what the incoming message makes needless, and keeps its place', async () => {
    const { push, endOne, started, done } = bench((incoming, waiting) => incoming.payload === waiting.payload);
    for (const name of ['x', 'a', 'b', 'a']) push(name);
    expect(done).toEqual(['a']);
    for (let i = 0; i < 3; i += 1) await endOne();
    expect(started).toEqual(['x', 'a', 'b']);
  });

  it('lets go of what waits when it is closed, and waits for the work under way', async () => {
    const { queue, push, endOne, started, done, dropped } = bench(everyMessage);
    push('a');
    push('b');
    let closed = false;
    const closing = queue.close().then(() => {
      closed = true;
    });
    expect(done).toEqual(['b']);
    await Promise.resolve();
    expect(closed).toBe(false);
    await endOne();
    await closing;
    expect(started).toEqual(['a']);
    push('c');
    expect(done).toEqual(['b', 'a', 'c']);
    expect(dropped).toEqual(['b', 'c']);
  });

  it('takes up work again after it was idle', async () => {
    const { push, endOne, started } = bench(latestOnly);
    push('a');
    await endOne();
    push('b');
    expect(started).toEqual(['a', 'b']);
  });
});
