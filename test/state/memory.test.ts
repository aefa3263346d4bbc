import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Memory } from '../../src/state/memory.js';
import { FakeLog, FakeStore } from './fake-store.js';

interface Entry {
  readonly id: string;
  readonly at: number;
}

const KEY = 'plexJit.test';
let store: FakeStore;
let log: FakeLog;
let now: number;

const open = (limit = 3, version = 1) =>
  new Memory<Entry>({
    store,
    key: KEY,
    version,
    schema: z.object({ id: z.string(), at: z.number() }),
    keyOf: (entry) => entry.id,
    keep: (entry, at) => at - entry.at < 100,
    limit,
    log,
    now: () => now,
  });

const ids = (memory: Memory<Entry>) => memory.all().map(({ id }) => id);

const loaded = async (limit?: number, version?: number) => {
  const memory = open(limit, version);
  await memory.load();
  return memory;
};

beforeEach(() => {
  store = new FakeStore();
  log = new FakeLog();
  now = 1000;
});

describe('a memory', () => {
  test('what was put is there after a restart', async () => {
    await open().put({ id: 'a', at: 990 }, { id: 'b', at: 991 });
    const memory = await loaded();
    expect(memory.all()).toEqual([
      { id: 'a', at: 990 },
      { id: 'b', at: 991 },
    ]);
    expect(memory.get('b')).toEqual({ id: 'b', at: 991 });
    expect(memory.size).toBe(2);
  });

  test('several entries at once are one write', async () => {
    await open().put({ id: 'a', at: 990 }, { id: 'b', at: 991 });
    expect(store.writes).toBe(1);
  });

  test('putting before anything was read loses nothing that is stored', async () => {
    await open().put({ id: 'a', at: 990 });
    await open().put({ id: 'b', at: 991 });
    expect(ids(await loaded())).toEqual(['a', 'b']);
  });

  test('over its limit the entries that were put longest ago go', async () => {
    const memory = open(2);
    await memory.put({ id: 'a', at: 990 }, { id: 'b', at: 990 });
    await memory.put({ id: 'a', at: 995 });
    await memory.put({ id: 'c', at: 990 });
    expect(ids(memory)).toEqual(['a', 'c']);
    expect(ids(await loaded())).toEqual(['a', 'c']);
  });

  test('old entries are gone when read, and gone from the store when pruned', async () => {
    await open().put({ id: 'a', at: 950 }, { id: 'b', at: 1000 });
    now = 1060;
    const memory = await loaded();
    expect(ids(memory)).toEqual(['b']);
    now = 1200;
    await memory.prune();
    expect(store.values.get(KEY)).toBe('{"version":1,"entries":[]}');
  });

  test('pruning, removing and replacing write only when something changes', async () => {
    const memory = open();
    await memory.put({ id: 'a', at: 990 });
    await memory.prune();
    await memory.remove('x');
    await memory.replace([{ id: 'a', at: 990 }]);
    await memory.put();
    expect(store.writes).toBe(1);
    await memory.remove('a');
    expect(store.writes).toBe(2);
    expect(ids(await loaded())).toEqual([]);
  });

  test('a damaged entry is dropped with a warning, the others stay', async () => {
    store.values.set(KEY, JSON.stringify({ version: 1, entries: [{ id: 'a', at: 990 }, { id: 5 }, null, 'x'] }));
    expect(ids(await loaded())).toEqual(['a']);
    expect(log.lines).toEqual([`warn: 3 damaged entries under "${KEY}" were dropped.`]);
  });

  test.each(['"text"', '5', '[]', '{"version":1}', '{"version":1,"entries":{}}', '{"version":9,"entries":[]}', 'true'])(
    'garbage %s is started anew with a warning',
    async (garbage) => {
      store.values.set(KEY, garbage);
      const memory = await loaded();
      expect(ids(memory)).toEqual([]);
      expect(log.of('warn')).toHaveLength(1);
      await memory.put({ id: 'a', at: 990 });
      expect(ids(await loaded())).toEqual(['a']);
    },
  );

  test('entries of another version are dropped', async () => {
    await open(3, 1).put({ id: 'a', at: 990 });
    expect(ids(await loaded(3, 2))).toEqual([]);
  });

  test('a store that fails to read is asked again', async () => {
    await open().put({ id: 'a', at: 990 });
    const memory = open();
    store.failure = new Error('disk');
    await expect(memory.load()).rejects.toThrow('disk');
    store.failure = null;
    await memory.load();
    expect(ids(memory)).toEqual(['a']);
  });

  test('a store that fails to write rejects, and the next write brings all', async () => {
    const memory = await loaded();
    store.failure = new Error('disk');
    await expect(memory.put({ id: 'a', at: 990 })).rejects.toThrow('disk');
    store.failure = null;
    await memory.put({ id: 'b', at: 991 });
    expect(ids(await loaded())).toEqual(['a', 'b']);
  });

  test.each<[string, (memory: Memory<Entry>) => Promise<void>]>([
    ['pruning', (memory) => memory.prune()],
    ['replacing by the same', (memory) => memory.replace([{ id: 'a', at: 990 }])],
  ])('what a store failed to take is written again by %s, once', async (_how, use) => {
    const memory = await loaded();
    store.failure = new Error('disk');
    await expect(memory.put({ id: 'a', at: 990 })).rejects.toThrow('disk');
    await expect(use(memory)).rejects.toThrow('disk');
    store.failure = null;
    await use(memory);
    await use(memory);
    expect(ids(await loaded())).toEqual(['a']);
    expect(store.writes).toBe(1);
  });

  test('of writes at the same time the last state is what is stored', async () => {
    const memory = await loaded();
    await Promise.all([memory.put({ id: 'a', at: 990 }), memory.put({ id: 'b', at: 991 }), memory.remove('a')]);
    expect(ids(await loaded())).toEqual(['b']);
  });
});
