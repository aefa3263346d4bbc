import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/clients/http/service-error.js';
import { type Outcome, runGuarded } from '../../src/runtime/guard.js';
import type { JitMessage, Outputs } from '../../src/runtime/node-types.js';

const open = new AbortController().signal;

/** A job that notes what Node-RED is told, in order. */
const jobOf = (send?: () => void) => {
  const told: { send?: unknown; done?: Error | undefined; isDone?: true }[] = [];
  const job = {
    msg: { _msgid: '1', payload: 'in' } as JitMessage,
    send: (outputs: unknown) => {
      told.push({ send: outputs });
      send?.();
    },
    done: (done?: Error) => {
      told.push({ done, isDone: true });
    },
  };
  return { job, told };
};

const gives = (outputs: Outputs, fatal?: unknown) => async (): Promise<Outcome> => ({ outputs, fatal });

describe('the guard of a message', () => {
  it('sends once and then is done once', async () => {
    const { job, told } = jobOf();
    const out = { payload: 'out' };
    expect(await runGuarded(job, gives([out]), open)).toEqual({ how: 'sent' });
    expect(told).toEqual([{ send: [out] }, { done: undefined, isDone: true }]);
  });

  it.each([
    ['rejects', async () => Promise.reject(new Error('broken'))],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
    ],
  ])('gives the error to done when the work %s', async (_how, work) => {
    const { job, told } = jobOf();
    await runGuarded(job, work, open);
    expect(told).toHaveLength(1);
    expect(told[0]?.done).toHaveProperty('message', 'broken');
    expect(told[0]?.done).toHaveProperty('code', 'internal');
  });

  it('gives done an error when a node behind it throws, and does not send twice', async () => {
    const { job, told } = jobOf(() => {
      throw new Error('behind');
    });
    await runGuarded(job, gives([{ payload: 1 }]), open);
    expect(told.filter((t) => 'send' in t)).toHaveLength(1);
    expect(told.filter((t) => t.isDone)).toHaveLength(1);
    expect(told[1]?.done).toHaveProperty('message', 'behind');
  });

  it('sends what was done before the failure that ended the work, and then fails', async () => {
    const { job, told } = jobOf();
    const fatal = new ServiceError('key-refused', {
      service: 'sonarr',
      server: 'Sonarr at http://nas:8989',
      operation: 'search releases',
      status: 401,
      detail: '',
    });
    const ended = await runGuarded(job, gives([{ payload: 'so far' }], fatal), open);
    expect(ended.how).toBe('failed');
    expect(told[0]).toEqual({ send: [{ payload: 'so far' }] });
    expect(told[1]?.done).toMatchObject({ code: 'key-refused', status: 401, server: 'Sonarr at http://nas:8989' });
  });

  it('sends nothing for no outputs', async () => {
    const { job, told } = jobOf();
    await runGuarded(job, gives([]), open);
    expect(told).toEqual([{ done: undefined, isDone: true }]);
  });

  it.each([
    ['failed', async () => Promise.reject(new Error('aborted'))],
    ['ended well', gives([{ payload: 'late' }])],
  ])('ends silently when the node was closed, also when the work %s', async (_how, work) => {
    const closing = new AbortController();
    const { job, told } = jobOf();
    closing.abort();
    expect(await runGuarded(job, work, closing.signal)).toEqual({ how: 'closed' });
    expect(told).toEqual([{ done: undefined, isDone: true }]);
  });
});
