import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Context, chosenStore, contextStore } from '../../src/runtime/context-store.js';
import { failureWords } from '../../src/runtime/failure-words.js';
import { type NodeError, toNodeError } from '../../src/runtime/node-error.js';
import type { NodeAPI } from '../../src/runtime/node-types.js';

/** A context whose store answers when told to. */
const slowContext = () => {
  const kept = new Map<string, unknown>();
  const answers: (() => void)[] = [];
  const context: Context = {
    get: (key, store, callback) => answers.push(() => callback(undefined, kept.get(`${store ?? ''}/${key}`))),
    set: (key, value, store, callback) =>
      answers.push(() => {
        kept.set(`${store ?? ''}/${key}`, value);
        callback();
      }),
  };
  return { context, kept, answer: () => answers.shift()?.() };
};

afterEach(() => vi.useRealTimers());

describe('a store in a context of Node-RED', () => {
  it('has kept a value only when the store has called back', async () => {
    const { context, answer } = slowContext();
    let kept = false;
    const writing = contextStore(context, 'file')
      .set('intents', { a: 1 })
      .then(() => {
        kept = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(kept).toBe(false);
    answer();
    await writing;
    expect(kept).toBe(true);
  });

  it('uses keys that a property path cannot misread, in the store that was chosen', async () => {
    const { context, kept, answer } = slowContext();
    const writing = contextStore(context, 'file').set('plexJit.sonarr.wants', 1);
    answer();
    await writing;
    expect([...kept]).toEqual([['file/plexJit_sonarr_wants', 1]]);
  });

  it('fails with what the store said', async () => {
    const broken: Context = {
      get: (_key, _store, callback) => callback(new Error('disk full')),
      set: (_key, _value, _store, callback) => callback(new Error('disk full')),
    };
    const store = contextStore(broken, undefined);
    await expect(store.get('a')).rejects.toThrow("Node-RED's context store could not be read: disk full");
    await expect(store.set('a', 1)).rejects.toThrow("Node-RED's context store could not be written: disk full");
  });

  it('fails when the store does not answer, and leaves no timer behind when it does', async () => {
    vi.useFakeTimers();
    const { context, answer } = slowContext();
    const store = contextStore(context, undefined);
    const [reading, writing] = [store.get('a'), store.set('a', 1)];
    const failed = Promise.all([
      expect(reading).rejects.toThrow("Node-RED's context store could not be read: no answer within 30 s"),
      expect(writing).rejects.toThrow("Node-RED's context store could not be written: no answer within 30 s"),
    ]);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    // Too late to be heard.
    answer();
    answer();
    const again = store.get('a');
    answer();
    expect(await again).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails the same when the store throws instead of calling back', async () => {
    const thrown = (): never => {
      throw new Error('not connected');
    };
    const store = contextStore({ get: thrown, set: thrown }, undefined);
    await expect(store.get('a')).rejects.toThrow("Node-RED's context store could not be read: not connected");
    await expect(store.set('a', 1)).rejects.toThrow("Node-RED's context store could not be written: not connected");
  });

  it('that cannot be read ends a run with a sentence of its own, and what to do', async () => {
    const broken = { get: (_key: string, _store: unknown, done: (error: Error) => void) => done(new Error('no disk')) };
    const error = await contextStore(broken as unknown as Context, undefined)
      .get('a')
      .catch(toNodeError);
    expect(error).toMatchObject({
      code: 'memory-failed',
      message: "Node-RED's context store could not be read: no disk. Check the store chosen for this server.",
    });
    expect(failureWords(error as NodeError)).toBe('context store failed');
  });
});

describe('the chosen context store', () => {
  const red = (contextStorage?: object) => ({ settings: { contextStorage } }) as unknown as NodeAPI;
  const warnings: string[] = [];
  const choose = (RED: NodeAPI, name: string) => chosenStore(RED, name, { warn: (_code, text) => warnings.push(text) });

  it('is one that is configured', () => {
    expect(choose(red({ default: {}, file: {} }), 'file')).toBe('file');
    expect(warnings).toEqual([]);
  });

  it("is Node-RED's default when none is named", () => {
    expect(choose(red({ default: {} }), '')).toBeUndefined();
    expect(choose(red(), 'memory')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('that is not configured is told, and the default is used', () => {
    expect(choose(red({ default: {} }), 'fiel')).toBeUndefined();
    expect(warnings.pop()).toBe('Node-RED has no context store "fiel"; the default store is used.');
  });
});
