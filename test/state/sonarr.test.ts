import { beforeEach, describe, expect, test } from 'vitest';
import type { Episode, Series } from '../../src/core/contracts/index.js';
import { DAY, HOUR, toInstant } from '../../src/core/time.js';
import { INDEX_KEY } from '../../src/state/series-index.js';
import { openSonarrState } from '../../src/state/sonarr.js';
import { FakeLog, FakeStore, server } from './fake-store.js';

const START = Date.parse('2026-11-22T20:00:00Z');
let store: FakeStore;
let log: FakeLog;
let now: number;

const sonarr = async () => {
  const state = openSonarrState({ store, server: server('Sonarr'), log, now: () => now });
  await state.load();
  return state;
};

const series = (id: number): Series => ({
  id,
  title: `Show ${id}`,
  alternateTitles: [{ title: `Other ${id}`, season: null }],
  year: 2020,
  tvdbId: 1000 + id,
  tmdbId: null,
  imdbId: null,
  type: 'standard',
  status: 'continuing',
  monitored: true,
  runtime: 45,
  tags: [1],
  path: `/tv/show-${id}`,
  titleSlug: `show-${id}`,
});

beforeEach(() => {
  store = new FakeStore();
  log = new FakeLog();
  now = START;
});

describe('the series index', () => {
  const read = { series: [series(1), series(2)], tags: [{ id: 1, label: 'kids' }], readAt: START };

  test('is there after a restart, with the time it was read', async () => {
    await (await sonarr()).index.put(read);
    const { current } = (await sonarr()).index;
    expect(current).toMatchObject(read);
    expect(current?.byId.get(2)?.title).toBe('Show 2');
    expect(current?.index.byId('tvdb', 1001).map(({ id }) => id)).toEqual([1]);
  });

  test('of another URL is not used, as ids may differ there, and nothing is warned of', async () => {
    await (await sonarr()).index.put(read);
    const elsewhere = { ...server('Sonarr'), url: 'http://elsewhere:8989' };
    const moved = openSonarrState({ store, server: elsewhere, log, now: () => now });
    await moved.load();
    expect(moved.index.current).toBeNull();
    expect(log.lines).toEqual([]);
  });

  test('counts as soon as it was read, whatever the store does', async () => {
    const state = await sonarr();
    store.failure = new Error('disk');
    await expect(state.index.put(read)).rejects.toThrow('disk');
    expect(state.index.current?.series).toHaveLength(2);
  });

  test('of 5,000 series takes little room in the store', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => series(i + 1));
    await (await sonarr()).index.put({ ...read, series: many });
    expect(store.values.get(INDEX_KEY)?.length).toBeLessThan(400_000);
    expect((await sonarr()).index.current?.series).toEqual(many);
  });

  test.each([
    5,
    'text',
    { version: 2 },
    { version: 1, readAt: 5, deflated: 'no' },
    { version: 1, readAt: 5, deflated: 'eJwDAAAAAAE=' },
  ])('that is damaged (%j) is read anew, with a warning', async (garbage) => {
    store.values.set(INDEX_KEY, JSON.stringify(garbage));
    expect((await sonarr()).index.current).toBeNull();
    expect(log.lines).toEqual([
      'warn: Sonarr: The stored series index cannot be read and is fetched again from Sonarr.',
    ]);
  });
});

describe("Sonarr's memories", () => {
  test('outlive a restart and are pruned by age', async () => {
    const at = toInstant(now);
    const before = await sonarr();
    await before.attempts.put({ episodeId: 5, at, outcome: 'nothing', failures: 0 });
    await before.wants.put({ seriesId: 1, episodeId: 5, viewer: { id: '7', name: 'Ann' }, playedAt: at, openedAt: at });
    await before.searches.put({ id: 'run 5', at });
    await before.matches.put({ showKey: '100', seriesId: 1, tvdbId: 1001, at });
    await before.monitored.put({ episodeId: 5, at });
    const sizes = async () => {
      const { attempts, wants, searches, matches, monitored } = await sonarr();
      return [attempts, wants, searches, matches, monitored].map((memory) => memory.size);
    };
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
    now = START + 23 * HOUR;
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
    now = START + 25 * HOUR;
    expect(await sizes()).toEqual([1, 1, 0, 1, 1]);
    now = START + 40 * DAY;
    expect(await sizes()).toEqual([0, 1, 0, 1, 1]);
    now = START + 70 * DAY;
    expect(await sizes()).toEqual([0, 0, 0, 1, 1]);
    now = START + 200 * DAY;
    expect(await sizes()).toEqual([0, 0, 0, 0, 0]);
  });

  test('a clock that is set back an hour loses nothing; an entry of far ahead is not kept for ever', async () => {
    await (await sonarr()).attempts.put({ episodeId: 5, at: toInstant(now), outcome: 'nothing', failures: 0 });
    now = START - HOUR;
    expect((await sonarr()).attempts.size).toBe(1);
    now = START - 365 * DAY;
    expect((await sonarr()).attempts.size).toBe(0);
  });

  test('a want is one per viewer and episode', async () => {
    const { wants } = await sonarr();
    const want = { seriesId: 1, episodeId: 5, playedAt: toInstant(now), openedAt: toInstant(now) };
    await wants.put({ ...want, viewer: { id: '7', name: 'Ann' } }, { ...want, viewer: { id: '8', name: 'Bob' } });
    await wants.put({ ...want, viewer: { id: '7', name: 'Anna' } });
    expect(wants.all().map(({ viewer }) => viewer.name)).toEqual(['Bob', 'Anna']);
  });

  test('a want remembers the library of its play, and one of an earlier version is read without', async () => {
    const at = toInstant(now);
    const want = { seriesId: 1, episodeId: 5, viewer: { id: '7', name: 'Ann' }, playedAt: at, openedAt: at };
    await (await sonarr()).wants.put(want, { ...want, episodeId: 6, library: { id: '2', name: 'TV' } });
    expect((await sonarr()).wants.all().map(({ library }) => library)).toEqual([undefined, { id: '2', name: 'TV' }]);
  });

  test('a want is kept as long as the planner keeps it: by the latest play that led to it', async () => {
    const want = { seriesId: 1, episodeId: 5, viewer: { id: '7', name: 'Ann' } };
    const playedAt = toInstant(START + 50 * DAY);
    await (await sonarr()).wants.put({ ...want, playedAt, openedAt: toInstant(START) });
    now = START + (50 + 60) * DAY;
    expect((await sonarr()).wants.size).toBe(1);
    now += 2 * DAY;
    expect((await sonarr()).wants.size).toBe(0);
  });

  test('a warning says whose memory it is about', async () => {
    store.values.set('plexJit.sonarr.attempts', '"garbage"');
    await sonarr();
    expect(log.of('warn')).toEqual([expect.stringMatching(/^warn: Sonarr: What was remembered/)]);
  });
});

describe('memories of a Sonarr that is at another URL by now', () => {
  const at = () => toInstant(now);
  const elsewhere = { ...server('Sonarr'), url: 'http://elsewhere:8989' };
  const opened = async (ref = server('Sonarr')) => {
    const state = openSonarrState({ store, server: ref, log, now: () => now });
    await state.load();
    return state;
  };
  const fill = async () => {
    const state = await opened();
    await state.attempts.put({ episodeId: 5, at: at(), outcome: 'nothing', failures: 0 });
    const viewer = { id: '7', name: 'Ann' };
    await state.wants.put({ seriesId: 1, episodeId: 5, viewer, playedAt: at(), openedAt: at() });
    await state.searches.put({ id: 'run 5', at: at() });
    await state.matches.put({ showKey: '100', seriesId: 1, tvdbId: 1001, at: at() });
    await state.monitored.put({ episodeId: 5, at: at() });
  };
  const sizes = ({ attempts, wants, searches, matches, monitored }: Awaited<ReturnType<typeof opened>>) =>
    [attempts, wants, searches, matches, monitored].map((memory) => memory.size);

  test('are left out, as ids may mean other episodes there, and dropped once Sonarr has answered there', async () => {
    await fill();
    const moved = await opened(elsewhere);
    expect(sizes(moved)).toEqual([0, 0, 0, 0, 0]);
    const said =
      'info: Sonarr: What was remembered about http://nas/sonarr is ignored: ids may mean other episodes at http://elsewhere:8989.';
    expect(log.lines).toEqual([said]);
    await moved.answered();
    await opened(elsewhere);
    expect(log.lines).toEqual([said]);
    expect(sizes(await opened())).toEqual([0, 0, 0, 0, 0]);
  });

  test('are still there when no Sonarr has answered at the other URL before the old one was back', async () => {
    await fill();
    await (await opened(elsewhere)).prune();
    expect(sizes(await opened())).toEqual([1, 1, 1, 1, 1]);
  });

  const withoutUrl = () => {
    for (const [key, text] of store.values) {
      const { version, entries } = JSON.parse(text) as { version: number; entries: unknown };
      store.values.set(key, JSON.stringify({ version, entries }));
    }
  };

  test('of a version that kept no URL: what is put while the URL is written to them is kept', async () => {
    await fill();
    withoutUrl();
    const state = await opened();
    const answered = state.answered();
    await state.monitored.put({ episodeId: 6, at: at() });
    await answered;
    expect((await opened()).monitored.size).toBe(2);
  });

  test('of a version that kept no URL count as those of the present one, from then on', async () => {
    await fill();
    withoutUrl();
    const state = await opened();
    expect(sizes(state)).toEqual([1, 1, 1, 1, 1]);
    await state.answered();
    const { writes } = store;
    await state.answered();
    expect(store.writes).toBe(writes);
    expect(sizes(await opened())).toEqual([1, 1, 1, 1, 1]);
    expect(sizes(await opened(elsewhere))).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('episode lists', () => {
  const episode = (id: number): Episode => ({
    id,
    seriesId: 1,
    tvdbId: null,
    season: 1,
    episode: id,
    title: '',
    airDate: null,
    airDateUtc: null,
    runtime: null,
    absolute: null,
    sceneSeason: null,
    sceneEpisode: null,
    sceneAbsolute: null,
    monitored: false,
    hasFile: false,
    fileId: null,
  });

  test('take over what was read afresh and keep their age', async () => {
    const { lists } = await sonarr();
    lists.put(1, [episode(1), episode(2)]);
    now += HOUR;
    lists.refresh(1, new Map([[2, { ...episode(2), hasFile: true, fileId: 9, monitored: true }]]));
    expect(lists.get(1)?.readAt).toBe(START);
    expect(lists.get(1)?.episodes.map(({ hasFile, fileId, monitored }) => [hasFile, fileId, monitored])).toEqual([
      [false, null, false],
      [true, 9, true],
    ]);
  });

  test('that nobody asked for in a day are forgotten', async () => {
    const state = await sonarr();
    const { lists } = state;
    lists.put(1, []);
    lists.put(2, []);
    now += 20 * HOUR;
    lists.get(1);
    now += 20 * HOUR;
    await state.prune();
    expect([lists.get(1), lists.get(2)].map((list) => list === undefined)).toEqual([false, true]);
  });

  test('of series that Sonarr no longer has are forgotten', async () => {
    const { lists } = await sonarr();
    lists.put(1, []);
    lists.put(2, []);
    lists.keepOnly((id) => id === 2);
    expect([lists.get(1), lists.get(2)].map((list) => list === undefined)).toEqual([true, false]);
  });
});
