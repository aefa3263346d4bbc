import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, toInstant } from '../../src/core/time.js';
import { openTautulliState } from '../../src/state/tautulli.js';
import { FakeLog, FakeStore, server } from './fake-store.js';

const START = Date.parse('2026-11-22T20:00:00Z');
let store: FakeStore;
let log: FakeLog;
let now: number;

const tautulli = async () => {
  const state = openTautulliState({ store, server: server('Tautulli'), log, now: () => now });
  await state.load();
  return state;
};

beforeEach(() => {
  store = new FakeStore();
  log = new FakeLog();
  now = START;
});

describe("Tautulli's memories", () => {
  test('outlive a restart and are pruned by age', async () => {
    const at = toInstant(now);
    const before = await tautulli();
    await before.shows.put({
      key: '100',
      title: 'Show',
      year: 2020,
      ids: { tvdb: 1, tmdb: null, imdb: null },
      libraryId: '1',
      libraryName: 'TV',
      readAt: at,
    });
    await before.absent.put({ key: '200', at });
    await before.announced.put({ id: 'grab:x', at });
    await before.pending.put({
      id: 'grab:y',
      series: 'Show',
      season: 1,
      episodes: [2],
      viewers: ['Ann'],
      size: null,
      at,
    });
    const sizes = async () => {
      const { shows, absent, announced, pending } = await tautulli();
      return [shows, absent, announced, pending].map((memory) => memory.size);
    };
    expect(await sizes()).toEqual([1, 1, 1, 1]);
    now = START + 7 * HOUR;
    expect(await sizes()).toEqual([1, 0, 1, 1]);
    now = START + 8 * DAY;
    expect(await sizes()).toEqual([1, 0, 1, 0]);
    now = START + 61 * DAY;
    expect(await sizes()).toEqual([1, 0, 0, 0]);
  });
});
