import { describe, expect, it } from 'vitest';
import { type Context, chosenStore, contextStore } from '../../src/runtime/context-store.js';
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
