import { beforeEach, describe, expect, test } from 'vitest';
import type { SabnzbdClient } from '../../../src/clients/sabnzbd/types.js';
import type { Lookup, LookupSettings, OpenWant, Play, PlayFilters, SabJob } from '../../../src/core/contracts/index.js';
import { DAY, HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import type { GrabIntent } from '../../../src/state/entries.js';
import { openSonarrState } from '../../../src/state/sonarr.js';
import { lookUp } from '../../../src/steps/lookup/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { failure } from '../failing.js';
import { TestClock } from '../scope.js';
import { FakeSonarr } from './fake-sonarr.js';
import { episode, grabbed, NOW, play, queued, series } from './rows.js';

const DEFAULTS: LookupSettings = { excludeTags: [], ignoreShows: [], unitsRead: 24, cacheTime: 6, searchCache: 48 };

let clock: TestClock;
let store: FakeStore;
let log: FakeLog;
let sonarr: FakeSonarr;
let state: ReturnType<typeof open>;
let sabnzbd: FakeSabnzbd | null;
let intents: GrabIntent[];

class FakeSabnzbd {
  jobs: string[] = [];
  ended: string[] = [];
  failure: Error | null = null;
  readonly asked: string[] = [];

  readonly client: SabnzbdClient = {
    version: () => Promise.resolve('5.0.0'),
    keyKind: () => Promise.resolve('full'),
    queue: async () => {
      this.asked.push('queue');
      if (this.failure !== null) throw this.failure;
      return { jobs: this.jobs.map((id) => ({ id }) as SabJob), paused: false, version: '5.0.0' };
    },
    historyOf: async (ids) => {
      this.asked.push(`history of ${ids.join()}`);
      return this.ended.map((id) => ({ id, status: 'Failed', failMessage: '' }));
    },
    setPriority: () => Promise.reject(new Error('a look-up changes nothing')),
    switchTo: () => Promise.reject(new Error('a look-up changes nothing')),
  };
}

const open = (url = server('Sonarr').url) =>
  openSonarrState({ store, server: { ...server('Sonarr'), url }, log, now: () => clock.now });

const look = (
  plays: readonly Play[],
  settings: Partial<LookupSettings> = {},
  filters: PlayFilters | null = null,
): Promise<Lookup> =>
  lookUp(
    {
      run: {
        id: 'r',
        startedAt: toInstant(clock.now),
        dryRun: false,
        requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
      },
      plays,
      filtered: { viewers: 1, libraries: 2, progress: 3 },
      ...(filters === null ? {} : { filters }),
      notes: ['a note of the history'],
      errors: [],
    },
    { ...DEFAULTS, ...settings },
    {
      ...clock.scope(log),
      client: sonarr,
      server: server('Sonarr'),
      state,
      sabnzbd: sabnzbd === null ? null : { client: sabnzbd.client, server: server('SABnzbd') },
      shared: { intents: { all: () => intents } },
    },
  );

/** Sonarr has the series, with so many episodes. */
const has = (id: number, episodes: number, facts: Parameters<typeof series>[1] = {}) => {
  sonarr.library.set(id, series(id, facts));
  for (let number = 1; number <= episodes; number += 1) {
    const one = episode(id, number);
    sonarr.episodes.set(one.id, one);
  }
};

const asked = () => {
  const lines = sonarr.asked.map((line) => (line.startsWith('history') ? 'history' : line)).toSorted();
  sonarr.asked = [];
  return lines;
};

const facts = (lookup: Lookup, episodeId: number) =>
  lookup.series.flatMap(({ episodes }) => episodes).find(({ id }) => id === episodeId);

beforeEach(() => {
  clock = new TestClock('2026-11-22T20:00:00Z');
  store = new FakeStore();
  log = new FakeLog();
  sonarr = new FakeSonarr();
  sabnzbd = null;
  intents = [];
  state = open();
});

describe('what a look-up says', () => {
  test('the series with all its episodes, what was read afresh, and the plays at their places', async () => {
    has(1, 30);
    const lookup = await look([play(1, 2)]);
    expect(lookup).toMatchObject({
      at: '2026-11-22T20:00:00.000Z',
      sonarr: { name: 'Sonarr' },
      sabnzbd: null,
      searchCache: 48,
      unitsRead: 24,
      unmatched: [],
      filtered: { viewers: 1, libraries: 2, progress: 3 },
      notes: ['a note of the history'],
      errors: [],
    });
    const [one] = lookup.series;
    expect(one).toMatchObject({ series: { id: 1 }, tagLabels: [], excluded: null });
    expect(one?.plays.map(({ episodeId, matchedBy }) => [episodeId, matchedBy])).toEqual([[102, 'number']]);
    expect(one?.episodes.filter(({ fresh }) => fresh).map(({ id }) => id)).toEqual(
      Array.from({ length: 24 }, (_, i) => 103 + i),
    );
    expect(one?.episodes).toHaveLength(30);
  });

  test('the filters of the source, if it told any, with and without plays', async () => {
    has(1, 3);
    const all = { allowed: [], denied: [] };
    const filters = { viewers: { allowed: [], denied: ['Bob'] }, libraries: all };
    expect((await look([play(1, 2)], {}, filters)).filters).toEqual(filters);
    expect((await look([], {}, filters)).filters).toEqual(filters);
    expect(await look([play(1, 2)])).not.toHaveProperty('filters');
  });

  test('series with active plays come first, the latest first, then those of open wants; only remembered ones are left out', async () => {
    for (const id of [1, 2, 3, 4]) has(id, 3);
    await state.wants.put(want(4, 2));
    const lookup = await look([
      play(1, 1, { startedAt: toInstant(NOW - 9 * HOUR) }),
      play(2, 1, { startedAt: toInstant(NOW - HOUR) }),
      play(3, 1, { active: false, startedAt: toInstant(NOW - 9 * DAY) }),
      play(4, 1, { active: false, startedAt: toInstant(NOW - 9 * DAY) }),
    ]);
    expect(lookup.series.map(({ series: { id }, plays }) => [id, plays.length])).toEqual([
      [2, 1],
      [1, 1],
      [4, 1],
    ]);
  });

  test('remembered plays of a series that is looked up come with it', async () => {
    has(1, 5);
    const lookup = await look([play(1, 3), play(1, 1, { active: false })]);
    expect(lookup.series[0]?.plays.map(({ episodeId }) => episodeId)).toEqual([103, 101]);
  });

  test('with nothing active and no want nothing is asked', async () => {
    has(1, 3);
    expect((await look([play(1, 1, { active: false })])).series).toEqual([]);
    expect((await look([])).filtered.viewers).toBe(1);
    expect(asked()).toEqual([]);
  });

  test('searches of the last day count for the budget', async () => {
    await state.searches.put({ id: 'a', at: toInstant(NOW - 23 * HOUR) }, { id: 'b', at: toInstant(NOW - HOUR) });
    expect((await look([])).remembered.searchesToday).toBe(2);
  });

  test('the same plays in another order give the same look-up', async () => {
    has(1, 5);
    has(2, 5);
    const plays = [play(1, 1), play(1, 2), play(2, 1, { viewer: { id: '8', name: 'Bob' } })];
    const order = (lookup: Lookup) => lookup.series.map(({ series: { id } }) => id);
    expect(order(await look(plays.toReversed()))).toEqual(order(await look(plays)));
  });
});

describe('requests', () => {
  test('a first run reads version, index, tags and lists once; an idle run queue, history and 400 episodes each', async () => {
    has(1, 30);
    has(2, 30);
    const plays = [play(1, 2), play(2, 5), play(2, 6)];
    await look(plays);
    expect(asked()).toEqual(['episodes', 'history', 'list 1', 'list 2', 'queue', 'series', 'status', 'tags']);
    clock.pass(HOUR);
    await look(plays);
    expect(asked()).toEqual(['episodes', 'history', 'queue']);
  });

  test('history is asked for the last seven days', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    expect(sonarr.asked).toContain('history since 2026-11-15T20:00:00.000Z');
  });

  test('episodes are read 400 ids at a time, those of all series together', async () => {
    const plays = Array.from({ length: 40 }, (_, i) => play(i + 1, 1));
    for (let id = 1; id <= 40; id += 1) has(id, 40);
    await look(plays);
    expect(sonarr.idsAsked.map((ids) => ids.length)).toEqual([400, 400, 160]);
    expect(new Set(sonarr.idsAsked.flat()).size).toBe(960);
  });

  test('B15, case 35: 25 plays of one show are one list', async () => {
    has(1, 30);
    await look(Array.from({ length: 25 }, (_, i) => play(1, i + 1)));
    expect(asked().filter((line) => line.startsWith('list'))).toEqual(['list 1']);
  });

  test('the index is kept over a restart and read again when its cache time is over', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    asked();
    state = open();
    await look([play(1, 1)]);
    expect(asked()).not.toContain('series');
    clock.pass(6 * HOUR);
    await look([play(1, 1)]);
    expect(asked()).toEqual(['episodes', 'history', 'list 1', 'queue', 'series', 'tags']);
  });

  test('reading the index is told at debug level, with the time it took', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    expect(log.of('debug')).toEqual([expect.stringMatching(/^debug: Read 1 series of Sonarr in \d+ ms\.$/)]);
  });

  test('a cache time of nothing reads everything in every run, and once', async () => {
    has(1, 3);
    const first = ['episodes', 'history', 'list 1', 'queue', 'series', 'status', 'tags'];
    await look([play(1, 1)], { cacheTime: 0 });
    expect(asked()).toEqual(first);
    clock.pass(MINUTE);
    await look([play(1, 1)], { cacheTime: 0 });
    expect(asked()).toEqual(first.filter((line) => line !== 'status'));
  });

  test('an old Sonarr is told so once, and used', async () => {
    sonarr.sonarrVersion = '3.0.10.1567';
    has(1, 3);
    const lookup = await look([play(1, 1)]);
    expect(lookup.series).toHaveLength(1);
    expect(lookup.notes.join()).toContain('Sonarr 3.0.10.1567 is older than 4');
    expect((await look([play(1, 1)])).notes.join()).not.toContain('older');
  });

  test('1,000 series of 60 episodes leave turns to others', async () => {
    for (let id = 1; id <= 1000; id += 1) has(id, 60);
    const plays = Array.from({ length: 1000 }, (_, i) => play(i + 1, 20));
    await look(plays);
    let turns = 0;
    const count = () => {
      turns += 1;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    await look(plays);
    clearImmediate(turning);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('a show that is missing', () => {
  test('renews the index ten minutes after its last reading at the soonest', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    has(2, 3);
    asked();
    clock.pass(9 * MINUTE);
    expect((await look([play(2, 1)])).unmatched.map(({ code }) => code)).toEqual(['series-not-in-sonarr']);
    expect(asked()).not.toContain('series');
    clock.pass(MINUTE);
    expect(await look([play(2, 1)])).toMatchObject({ unmatched: [], series: [{ series: { id: 2 } }] });
  });

  test('and stays missing costs ever fewer readings', async () => {
    has(1, 3);
    let readings = 0;
    for (let run = 0; run < 24; run += 1) {
      await look([play(1, 1), play(9, 1)], { cacheTime: 100 });
      readings += asked().filter((line) => line === 'series').length;
      clock.pass(HOUR);
    }
    expect(readings).toBeLessThan(8);
  });

  test('and is on the list of shows to ignore is "ignored", and renews nothing', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    asked();
    clock.pass(HOUR);
    const { unmatched } = await look([play(9, 1)], { ignoreShows: ['show 9'] });
    expect(unmatched.map(({ code, text }) => [code, text])).toEqual([
      ['ignored', '"show 9" is on the list of shows to ignore.'],
    ]);
    expect(asked()).not.toContain('series');
  });

  test('B18: two of one title are ambiguous, and none is taken', async () => {
    has(1, 3, { title: 'Echo Bay', year: 2011, tvdbId: 1 });
    has(2, 3, { title: 'Echo Bay (2020)', year: 2020, tvdbId: 2 });
    const ids = { tvdb: null, tmdb: null, imdb: null };
    const unknown = { title: 'Echo Bay', year: null, key: 'k', ids, metadata: true };
    const { unmatched, series: found } = await look([play(1, 1, { show: unknown })]);
    expect(found).toEqual([]);
    expect(unmatched.map(({ code, candidates }) => [code, candidates])).toEqual([
      ['ambiguous-title', ['Echo Bay (2011)', 'Echo Bay (2020)']],
    ]);
  });
});

describe('remembered matches', () => {
  const withoutMetadata = (id: number) => {
    const { show } = play(id, 1);
    return {
      ...show,
      title: 'Another title',
      year: null,
      ids: { tvdb: null, tmdb: null, imdb: null },
      metadata: false,
    };
  };

  test('B18, case 41: by id they find a show that Plex no longer tells about', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    const { series: found } = await look([play(1, 2, { show: withoutMetadata(1) })]);
    expect(found.map(({ series: { id } }) => id)).toEqual([1]);
  });

  test('case 41: a match by title is not remembered', async () => {
    has(1, 3);
    const { show } = play(1, 1);
    await look([play(1, 1, { show: { ...show, ids: { tvdb: null, tmdb: null, imdb: null } } })]);
    expect(state.matches.size).toBe(0);
    await look([play(1, 1)]);
    expect(state.matches.all()).toEqual([{ showKey: 'k1', seriesId: 1, tvdbId: 1001, at: toInstant(clock.now) }]);
  });

  test('are dropped when the renewed index has that series under another id, or not at all', async () => {
    has(1, 3);
    has(2, 3);
    await look([play(1, 1), play(2, 1)]);
    sonarr.library.set(1, series(1, { tvdbId: 5555 }));
    sonarr.library.delete(2);
    clock.pass(7 * HOUR);
    await look([play(1, 1, { show: withoutMetadata(1) })]);
    expect(state.matches.size).toBe(0);
  });

  test('are not written again in every run', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    const { writes } = store;
    clock.pass(MINUTE);
    await look([play(1, 1)]);
    expect(store.writes).toBe(writes);
  });
});

describe('series that are left out', () => {
  test('case 43: by a tag, with its name; plays keep their places and nothing is read afresh', async () => {
    has(1, 5, { tags: [3] });
    sonarr.labels.push({ id: 3, label: 'kids' });
    const { series: found } = await look([play(1, 2)], { excludeTags: ['Kids'] });
    expect(found).toMatchObject([
      { excluded: { by: 'tag', name: 'kids' }, tagLabels: ['kids'], plays: [{ episodeId: 102 }] },
    ]);
    expect(sonarr.idsAsked).toEqual([]);
  });

  test('by the list of shows to ignore, by title or tvdb id', async () => {
    has(1, 5);
    has(2, 5);
    const { series: found } = await look([play(1, 2), play(2, 2)], { ignoreShows: ['Show 1 (2020)', 'tvdb:1002'] });
    expect(found.map(({ excluded }) => excluded?.name).toSorted()).toEqual(['Show 1 (2020)', 'tvdb:1002']);
  });

  test('their plays that no episode fits are ignored too', async () => {
    has(1, 5);
    const { unmatched } = await look([play(1, 99)], { ignoreShows: ['Show 1'] });
    expect(unmatched.map(({ code }) => code)).toEqual(['ignored']);
  });
});

describe('episode lists', () => {
  test('are renewed when a play is not in them, ten minutes after they were read at the soonest', async () => {
    has(1, 3);
    await look([play(1, 3)]);
    has(1, 4);
    asked();
    clock.pass(9 * MINUTE);
    expect((await look([play(1, 4)])).unmatched.map(({ code }) => code)).toEqual(['episode-not-in-series']);
    expect(asked()).not.toContain('list 1');
    clock.pass(MINUTE);
    expect((await look([play(1, 4)])).unmatched).toEqual([]);
    expect(asked()).toContain('list 1');
  });

  test('are renewed when a window reaches the end of a series that is still running', async () => {
    has(1, 3, { status: 'continuing' });
    await look([play(1, 3)]);
    has(1, 4);
    asked();
    clock.pass(HOUR);
    expect(facts(await look([play(1, 3)]), 104)).toMatchObject({ fresh: true });
    expect(asked()).toContain('list 1');
  });

  test('of a series that has ended, or that has an episode announced, are not', async () => {
    has(1, 3);
    has(2, 3, { status: 'continuing' });
    sonarr.episodes.set(204, episode(2, 4, { airDateUtc: toInstant(NOW + 5 * DAY) }));
    await look([play(1, 3), play(2, 3)]);
    asked();
    clock.pass(HOUR);
    await look([play(1, 3), play(2, 3)]);
    expect(asked().filter((line) => line.startsWith('list'))).toEqual([]);
  });

  test('that stay without the episode are read ever less often', async () => {
    has(1, 3, { status: 'continuing' });
    let readings = 0;
    for (let run = 0; run < 24; run += 1) {
      await look([play(1, 3)], { cacheTime: 100 });
      readings += asked().filter((line) => line === 'list 1').length;
      clock.pass(HOUR);
    }
    expect(readings).toBeLessThan(8);
  });

  test('an empty one renews the index: the series was deleted and added again', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    sonarr.library.delete(1);
    sonarr.episodes.clear();
    has(5, 3, { tvdbId: 1001 });
    clock.pass(7 * HOUR);
    await state.index.put({ series: [series(1)], tags: [], readAt: clock.now - HOUR });
    const { series: found, unmatched } = await look([play(1, 1)]);
    expect(found.map(({ series: { id } }) => id)).toEqual([5]);
    expect(unmatched).toEqual([]);
  });

  test('that cannot be read cost their own series only', async () => {
    has(1, 3);
    has(2, 3);
    sonarr.failures.set('list 1', failure('sonarr', 'server-error', 'read the episodes of series 1'));
    const lookup = await look([play(1, 1), play(2, 1), play(1, 1, { active: false })]);
    expect(lookup.series.map(({ series: { id } }) => id)).toEqual([2]);
    expect(lookup.unmatched.map(({ code, text }) => [code, text.includes('Show 1')])).toEqual([
      ['not-looked-up', true],
    ]);
    expect(lookup.errors.map(({ code, operation }) => [code, operation])).toEqual([
      ['server-error', 'read the episodes of Show 1'],
    ]);
    sonarr.failures.clear();
    expect((await look([play(1, 1)])).errors).toEqual([]);
  });

  test('an old list serves where the new one cannot be read', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    clock.pass(7 * HOUR);
    sonarr.failures.set('list 1', failure('sonarr', 'timeout'));
    const lookup = await look([play(1, 1)]);
    expect(lookup.series).toHaveLength(1);
    expect(lookup.errors).toHaveLength(1);
  });
});

describe('what changes by the hour', () => {
  test('file and monitoring are those of this run, in this look-up and in the list', async () => {
    has(1, 5);
    await look([play(1, 1)]);
    sonarr.episodes.set(102, episode(1, 2, { hasFile: true, fileId: 9, monitored: true }));
    expect(facts(await look([play(1, 1)]), 102)).toMatchObject({
      hasFile: true,
      fileId: 9,
      monitored: true,
      fresh: true,
    });
    await look([play(1, 3)]);
    expect(state.lists.get(1)?.episodes[1]).toMatchObject({ hasFile: true, fileId: 9 });
  });

  test('episodes of open wants are read afresh', async () => {
    has(1, 5);
    await state.wants.put(want(1, 4));
    await look([]);
    expect(sonarr.idsAsked).toEqual([[104]]);
  });

  test('an id that Sonarr does not know renews the lists concerned, once, and the reading is repeated', async () => {
    has(1, 4);
    has(2, 4);
    await look([play(1, 1), play(2, 1)]);
    asked();
    sonarr.episodes.delete(103);
    clock.pass(MINUTE);
    const lookup = await look([play(1, 1), play(2, 1)]);
    expect(asked()).toEqual(['episodes', 'episodes', 'history', 'list 1', 'list 2', 'queue']);
    expect(lookup.errors).toEqual([]);
    expect(lookup.series.map(({ episodes }) => episodes.map(({ id }) => id))).toEqual([
      [101, 102, 104],
      [201, 202, 203, 204],
    ]);
    expect(facts(lookup, 102)?.fresh).toBe(true);
  });

  test('a reading that keeps failing is recorded, and its episodes are not fresh', async () => {
    has(1, 4);
    sonarr.failures.set('episodes', failure('sonarr', 'unknown-episode'));
    const lookup = await look([play(1, 1)]);
    expect(lookup.errors.map(({ code }) => code)).toEqual(['unknown-episode']);
    expect(facts(lookup, 102)?.fresh).toBe(false);
    expect(asked().filter((line) => line === 'episodes')).toHaveLength(2);
  });
});

describe('a URL that was changed', () => {
  const moveTo = (url?: string) => (state = open(url));

  test('and does not answer costs nothing of what was remembered: corrected, it is all there', async () => {
    has(1, 4);
    await look([play(1, 1)]);
    await state.wants.put(want(1, 3));
    moveTo('http://mistyped');
    sonarr.failures.set('series', failure('sonarr', 'refused'));
    await expect(look([play(1, 1)])).rejects.toThrow();
    sonarr.failures.clear();
    moveTo();
    await look([play(1, 1)]);
    expect([state.wants.size, state.matches.size]).toEqual([1, 1]);
  });

  test('to a Sonarr that answers ends what was remembered of the other', async () => {
    has(1, 4);
    await look([play(1, 1)]);
    await state.wants.put(want(1, 3));
    moveTo('http://elsewhere');
    await look([play(1, 1)]);
    moveTo();
    await state.load();
    expect(state.wants.size).toBe(0);
  });
});

describe('a Sonarr that was rebuilt at the same URL', () => {
  /** Episode `number` of a series under the id of another one. */
  const renumber = (seriesId: number, number: number, id: number) =>
    sonarr.episodes.set(id, episode(seriesId, number, { id }));
  const planned = (lookup: Lookup) =>
    lookup.series.map(({ series: { title }, episodes }) => [title, episodes.filter(({ fresh }) => fresh)] as const);

  test('an id that is an episode of another series now is no episode of this one: its list is read anew, once', async () => {
    has(1, 3);
    has(2, 6);
    await look([play(1, 1)]);
    asked();
    sonarr.episodes.delete(103);
    renumber(2, 7, 103);
    renumber(1, 3, 900);
    clock.pass(MINUTE);
    const lookup = await look([play(1, 1)]);
    expect(lookup.errors).toEqual([]);
    expect(planned(lookup)).toMatchObject([['Show 1', [{ id: 102 }, { id: 900, seriesId: 1, episode: 3 }]]]);
    expect(asked().filter((line) => line === 'list 1')).toHaveLength(1);
  });

  test('an id that stays foreign is never planned', async () => {
    has(1, 3);
    await look([play(1, 1)]);
    asked();
    const foreign = episode(2, 7, { id: 103 });
    const { episodesByIds } = sonarr;
    sonarr.episodesByIds = async (ids) => {
      const { rows, unread } = await episodesByIds(ids);
      return { rows: rows.map((row) => (row.id === 103 ? foreign : row)), unread };
    };
    const lookup = await look([play(1, 1)]);
    expect(facts(lookup, 103)).toMatchObject({ seriesId: 1, fresh: false });
    expect(facts(lookup, 102)?.fresh).toBe(true);
    expect(asked().filter((line) => line === 'list 1').length).toBeLessThan(3);
  });

  test('an id that is another number of the same series now renews the list, and not the index', async () => {
    has(1, 4);
    await look([play(1, 1)]);
    asked();
    sonarr.episodes.set(103, episode(1, 4, { id: 103 }));
    sonarr.episodes.set(104, episode(1, 3, { id: 104 }));
    clock.pass(MINUTE);
    const lookup = await look([play(1, 1)]);
    expect(planned(lookup)).toMatchObject([
      [
        'Show 1',
        [
          { id: 102, episode: 2 },
          { id: 103, episode: 4 },
          { id: 104, episode: 3 },
        ],
      ],
    ]);
    expect(asked()).toEqual(['episodes', 'episodes', 'history', 'list 1', 'queue']);
  });

  /** Show 1 and show 2 have changed their ids, and all episodes theirs. */
  const rebuild = () => {
    sonarr.library.set(1, series(1, { title: 'Show 2', tvdbId: 1002 }));
    sonarr.library.set(2, series(2, { title: 'Show 1', tvdbId: 1001 }));
    for (const id of [1, 2])
      for (let number = 1; number <= 4; number += 1)
        sonarr.episodes.set(100 * id + number, episode(id, number, { tvdbId: 9000 - 10 * id + number }));
  };
  const remember = async () => {
    await state.wants.put(want(1, 3));
    const at = toInstant(clock.now - HOUR);
    await state.attempts.put({ episodeId: 103, at, outcome: 'nothing', failures: 0 });
    await state.monitored.put({ episodeId: 104, at });
  };
  const remembered = () => [state.wants.size, state.attempts.size, state.monitored.size];

  test('a series that got another tvdb id under the same title is the same series', async () => {
    has(1, 4);
    await look([play(1, 1)]);
    await remember();
    sonarr.library.set(1, series(1, { tvdbId: 7777 }));
    clock.pass(7 * HOUR);
    await look([play(1, 1)]);
    expect(remembered()).toEqual([1, 1, 1]);
  });

  test('a list of one or two episodes that were made anew is no sign of it', async () => {
    has(1, 2);
    await look([play(1, 1)]);
    await state.attempts.put({ episodeId: 999, at: toInstant(clock.now), outcome: 'nothing', failures: 0 });
    for (const number of [1, 2]) {
      sonarr.episodes.delete(100 + number);
      sonarr.episodes.set(800 + number, episode(1, number, { id: 800 + number }));
    }
    clock.pass(MINUTE);
    await look([play(1, 1)]);
    expect(state.attempts.size).toBe(1);
  });

  test('the series too are looked up anew when nothing of a list is left, before the index is due', async () => {
    has(1, 4);
    has(2, 4);
    for (const [id, one] of sonarr.episodes) sonarr.episodes.set(id, { ...one, tvdbId: 5000 + id });
    await look([play(1, 1)]);
    await remember();
    asked();
    rebuild();
    clock.pass(MINUTE);
    const lookup = await look([play(1, 1)]);
    expect(planned(lookup)).toMatchObject([['Show 1', [{ id: 202 }, { id: 203 }, { id: 204 }]]]);
    expect(asked().filter((line) => line === 'series')).toHaveLength(1);
    expect(remembered()).toEqual([0, 0, 0]);
    expect(log.of('info')).toEqual([
      'info: Sonarr has given its episodes other ids; what was remembered by the old ones is dropped.',
    ]);
  });

  test('what was remembered ends as well when the renewed index shows it', async () => {
    has(1, 4);
    has(2, 4);
    await look([play(1, 1)]);
    await remember();
    rebuild();
    clock.pass(7 * HOUR);
    expect((await look([play(1, 1)])).series.map(({ series: { id, title } }) => [id, title])).toEqual([[2, 'Show 1']]);
    expect(remembered()).toEqual([0, 0, 0]);
  });

  test('after a restart, when none of the plays fits the list, the index is read anew before it is due', async () => {
    has(1, 4);
    has(2, 4);
    await look([play(1, 1)]);
    state = open();
    rebuild();
    // Another show, that aired at another time.
    for (let number = 1; number <= 4; number += 1)
      sonarr.episodes.set(
        100 + number,
        episode(1, number, { airDate: '1999-01-01', airDateUtc: '1999-01-01T20:00:00Z' }),
      );
    asked();
    clock.pass(HOUR);
    const watched = play(1, 2, { airDate: episode(2, 2).airDate });
    const lookup = await look([watched]);
    expect(planned(lookup)).toMatchObject([['Show 1', [{ id: 203 }, { id: 204 }]]]);
    expect(lookup.unmatched).toEqual([]);
    expect(asked().filter((line) => line === 'series')).toHaveLength(1);
  });

  test('plays that fit nothing for good cost ever fewer readings of the index', async () => {
    has(1, 4);
    let readings = 0;
    for (let run = 0; run < 24; run += 1) {
      await look([play(1, 99)], { cacheTime: 100 });
      readings += asked().filter((line) => line === 'series').length;
      clock.pass(HOUR);
    }
    expect(readings).toBeLessThan(8);
  });

  test('a list that changes in part is only a change', async () => {
    has(1, 4);
    for (const [id, one] of sonarr.episodes) sonarr.episodes.set(id, { ...one, tvdbId: 5000 + id });
    await look([play(1, 1)]);
    await remember();
    sonarr.episodes.set(103, episode(1, 3, { tvdbId: 7777 }));
    clock.pass(MINUTE);
    expect(facts(await look([play(1, 1)]), 103)).toMatchObject({ fresh: true, tvdbId: 7777 });
    expect(remembered()).toEqual([1, 1, 1]);
    expect(asked().filter((line) => line === 'series')).toHaveLength(1);
  });
});

const want = (seriesId: number, number: number): OpenWant => ({
  seriesId,
  episodeId: 100 * seriesId + number,
  viewer: { id: '7', name: 'Ann' },
  playedAt: toInstant(NOW - 9 * DAY),
  openedAt: toInstant(NOW - 9 * DAY),
});

describe('what is remembered', () => {
  test('wants of episodes and series that Sonarr no longer has are dropped', async () => {
    has(1, 3);
    await state.wants.put(want(1, 2), want(1, 50), want(8, 1));
    expect((await look([])).remembered.wants).toEqual([want(1, 2)]);
    expect(state.wants.size).toBe(1);
  });

  test('a library without any series proves nothing: no want is dropped for that', async () => {
    has(1, 3);
    await state.wants.put(want(1, 2));
    const library = new Map(sonarr.library);
    sonarr.library.clear();
    expect((await look([])).remembered.wants).toEqual([want(1, 2)]);
    for (const [id, one] of library) sonarr.library.set(id, one);
    clock.pass(7 * HOUR);
    expect((await look([])).series.map(({ series: { id } }) => id)).toEqual([1]);
  });

  test('a want survives a list that is empty or cannot be read', async () => {
    has(1, 3);
    await state.wants.put(want(1, 2));
    sonarr.failures.set('list 1', failure('sonarr', 'timeout'));
    await look([]);
    sonarr.failures.clear();
    sonarr.episodes.clear();
    await look([]);
    expect(state.wants.size).toBe(1);
  });

  test('a cool-down ends at import', async () => {
    has(1, 3);
    const attempt = { at: toInstant(NOW - HOUR), outcome: 'nothing', failures: 0 } as const;
    await state.attempts.put({ ...attempt, episodeId: 102 }, { ...attempt, episodeId: 103 });
    sonarr.episodes.set(102, episode(1, 2, { hasFile: true, fileId: 1 }));
    expect((await look([play(1, 1)])).remembered.attempts.map(({ episodeId }) => episodeId)).toEqual([103]);
  });

  test('a store that cannot keep things costs a warning and no look-up', async () => {
    has(1, 3);
    await state.load();
    store.failure = new Error('disk full');
    expect((await look([play(1, 1)])).series).toHaveLength(1);
    expect(log.of('warn').join()).toContain('disk full');
  });
});

describe('what is under way', () => {
  test('comes from the queue, and from history where the queue is blind', async () => {
    has(1, 5);
    sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    sonarr.historyRows = [grabbed(103, 'SABnzbd_nzo_b', 3000)];
    const lookup = await look([play(1, 1)]);
    expect(facts(lookup, 102)?.download).toMatchObject({
      state: 'downloading',
      downloadId: 'SABnzbd_nzo_a',
      size: 2e9,
    });
    expect(facts(lookup, 103)?.download).toMatchObject({ state: 'grabbed', downloadId: 'SABnzbd_nzo_b' });
    expect(facts(lookup, 104)?.download).toBeNull();
  });

  test('without queue or history nothing is safe to plan: the look-up fails', async () => {
    has(1, 3);
    sonarr.failures.set('queue', failure('sonarr', 'server-error'));
    await expect(look([play(1, 1)])).rejects.toMatchObject({ code: 'server-error' });
  });

  test.each(['refused', 'key-refused'] as const)(
    'a Sonarr that cannot be used (%s) is the failure of the whole step',
    async (code) => {
      has(1, 3);
      await look([play(1, 1)]);
      sonarr.failures.set('episodes', failure('sonarr', code));
      await expect(look([play(1, 1)])).rejects.toMatchObject({ code });
    },
  );

  test('a grab without a trace for an hour is gone when a SABnzbd that answered knows nothing of it', async () => {
    has(1, 5);
    sabnzbd = new FakeSabnzbd();
    sabnzbd.jobs = ['SABnzbd_nzo_b'];
    sonarr.historyRows = [
      grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR),
      grabbed(103, 'SABnzbd_nzo_b', 3 * HOUR),
      grabbed(104, 'SABnzbd_nzo_c', 30 * MINUTE),
      grabbed(999, 'SABnzbd_nzo_d', 3 * HOUR),
    ];
    const lookup = await look([play(1, 1)]);
    expect(sabnzbd.asked).toEqual(['queue', 'history of SABnzbd_nzo_a']);
    expect(facts(lookup, 102)).toMatchObject({ download: null, grabFailedAt: toInstant(NOW - 2 * HOUR) });
    expect(facts(lookup, 103)?.download?.state).toBe('grabbed');
    expect(facts(lookup, 104)?.download?.state).toBe('grabbed');
    expect(lookup.sabnzbd?.name).toBe('SABnzbd');
  });

  test('what was gone once is not asked about again', async () => {
    has(1, 5);
    sabnzbd = new FakeSabnzbd();
    sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR)];
    await look([play(1, 1)]);
    expect(facts(await look([play(1, 1)]), 102)?.download).toBeNull();
    expect(sabnzbd.asked).toHaveLength(2);
  });

  test('each failed grab is one more failure of that search, counted once', async () => {
    has(1, 5);
    sabnzbd = new FakeSabnzbd();
    sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 9 * HOUR)];
    await look([play(1, 1)]);
    const again = await look([play(1, 1)]);
    expect(again.remembered.attempts).toEqual([
      { episodeId: 102, at: toInstant(NOW - 8 * HOUR), outcome: 'failed', failures: 1 },
    ]);
    sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 9 * HOUR), grabbed(102, 'SABnzbd_nzo_b', 5 * HOUR)];
    const { remembered } = await look([play(1, 1)]);
    expect(remembered.attempts).toEqual([
      { episodeId: 102, at: toInstant(NOW - 4 * HOUR), outcome: 'failed', failures: 2 },
    ]);
  });

  test('nothing counts as gone when SABnzbd did not answer, or is not known', async () => {
    has(1, 5);
    sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR)];
    expect(facts(await look([play(1, 1)]), 102)?.download?.state).toBe('grabbed');
    sabnzbd = new FakeSabnzbd();
    sabnzbd.failure = failure('sabnzbd', 'refused');
    const lookup = await look([play(1, 1)]);
    expect(facts(lookup, 102)?.download?.state).toBe('grabbed');
    expect(lookup.errors.map(({ service, code }) => [service, code])).toEqual([['sabnzbd', 'refused']]);
  });

  test('SABnzbd is asked nothing when every grab has a trace', async () => {
    has(1, 5);
    sabnzbd = new FakeSabnzbd();
    sonarr.queueRows = [queued(102, 'SABnzbd_nzo_a')];
    sonarr.historyRows = [grabbed(102, 'SABnzbd_nzo_a', 3 * HOUR)];
    await look([play(1, 1)]);
    expect(sabnzbd.asked).toEqual([]);
  });

  test('the episodes of a grab whose answer was just lost count as grabbed, until the search may settle it', async () => {
    has(1, 5);
    const intent = { episodeId: 102, seriesId: 1, guid: 'g', indexerId: 1, title: 'release', at: toInstant(NOW) };
    intents = [{ ...intent, episodeIds: [102, 103] }];
    const lookup = await look([play(1, 1)]);
    expect([102, 103, 104].map((id) => facts(lookup, id)?.download?.state)).toEqual(['grabbed', 'grabbed', undefined]);
    clock.pass(3 * MINUTE);
    expect(facts(await look([play(1, 1)]), 102)?.download).toBeNull();
  });
});
