import { describe, expect, it } from 'vitest';
import type { GrabIntent, WantedJob } from '../../src/state/entries.js';
import { ManyStores, urlKey } from '../../src/state/many-stores.js';
import { openSabnzbdState, wantedKey } from '../../src/state/sabnzbd.js';
import { SEASON_ANSWER_KEPT, SeasonAnswers } from '../../src/state/season-answers.js';
import { LatelySearched, openSonarrShared } from '../../src/state/sonarr-shared.js';
import { FakeLog, FakeStore } from './fake-store.js';

const NOW = Date.parse('2026-11-22T18:00:00Z');
const DAY = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

const intent = (episodeId: number, at = NOW): GrabIntent => ({
  episodeId,
  episodeIds: [episodeId],
  seriesId: 1,
  guid: `g${episodeId}`,
  indexerId: 1,
  title: 'R',
  at: iso(at),
});

const open = (stores: FakeStore[], url = 'http://nas:8989', log = new FakeLog()) =>
  openSonarrShared({ url, stores, log, now: () => NOW });

describe('what is shared by the URL of a Sonarr', () => {
  it('intents are written to the stores of all config nodes, and read from any', async () => {
    const stores = [new FakeStore(), new FakeStore()];
    const shared = open(stores);
    await shared.intents.put(intent(1));
    for (const store of stores) {
      const alone = open([store]);
      await alone.load();
      expect(alone.intents.all()).toEqual([intent(1)]);
    }
  });

  it('what the stores hold is merged', async () => {
    const stores = [new FakeStore(), new FakeStore()] as const;
    await open([stores[0]]).intents.put(intent(1));
    await open([stores[1]]).intents.put(intent(2), { ...intent(1), lostAt: iso(NOW) });
    const both = open([...stores]);
    await both.load();
    expect(
      both.intents
        .all()
        .map((one) => one.episodeId)
        .sort(),
    ).toEqual([1, 2]);
  });

  it('a config node that joins later brings what it holds, and gets what is written from then on', async () => {
    const late = new FakeStore();
    await open([late]).intents.put(intent(2));
    const shared = open([new FakeStore()]);
    await shared.intents.put(intent(1));
    await Promise.all([shared.join(late), shared.join(late)]);
    expect(shared.intents.all().map((one) => one.episodeId)).toEqual([1, 2]);
    const reopened = open([late]);
    await reopened.load();
    expect(reopened.intents.size).toBe(2);
  });

  it('whoever joins while another is joining waits for what its store holds', async () => {
    const slow = new FakeStore();
    await open([slow]).intents.put(intent(2));
    const shared = open([]);
    await shared.load();
    const get = slow.get.bind(slow);
    let reads = 0;
    slow.get = async (key) => {
      reads += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return get(key);
    };
    void shared.join(slow);
    await shared.join(slow);
    expect([shared.intents.size, reads]).toEqual([1, 1]);
  });

  it('opened without a store, it waits for the first that joins', async () => {
    const store = new FakeStore();
    await open([store]).intents.put(intent(1));
    const shared = open([]);
    await shared.join(store);
    expect(shared.intents.size).toBe(1);
  });

  it('a config node whose store cannot be read may join again', async () => {
    const store = new FakeStore();
    await open([store]).intents.put(intent(2));
    store.failure = new Error('locked');
    const shared = open([]);
    await expect(shared.join(store)).rejects.toThrow('locked');
    store.failure = null;
    await shared.join(store);
    expect(shared.intents.size).toBe(1);
  });

  it('one that leaves gets nothing more', async () => {
    const [stays, leaves] = [new FakeStore(), new FakeStore()];
    const shared = open([stays, leaves]);
    await shared.intents.put(intent(1));
    shared.leave(leaves);
    await shared.intents.put(intent(2));
    expect([stays.writes, leaves.writes]).toEqual([2, 1]);
  });

  it('an intent counts as kept only when every store has it', async () => {
    const stores = [new FakeStore(), new FakeStore()] as const;
    const shared = open([...stores]);
    await shared.load();
    stores[1].failure = new Error('disk full');
    await expect(shared.intents.put(intent(1))).rejects.toThrow('disk full');
  });

  it('another URL in the same store is another Sonarr', async () => {
    const store = new FakeStore();
    await open([store]).intents.put(intent(1));
    const other = open([store], 'http://nas:8990');
    await other.load();
    expect(other.intents.all()).toEqual([]);
  });

  it('intents older than a week are dropped, damaged ones too and with a warning', async () => {
    const store = new FakeStore();
    const log = new FakeLog();
    const key = urlKey('plexJit.sonarr.intents', 'http://nas:8989');
    await store.set(key, { version: 1, entries: [intent(1), intent(2, NOW - 8 * DAY), { episodeId: 'x' }] });
    const shared = open([store], 'http://nas:8989', log);
    await shared.load();
    expect(shared.intents.all()).toEqual([intent(1)]);
    expect(log.of('warn')).toHaveLength(1);
  });
});

describe('a key for a URL', () => {
  it('is one name, and differs where URLs differ', () => {
    const urls = ['http://a.b:80', 'http://a-b:80', 'http://a.b:80/x', 'http://a.b.80', 'http://a_b:80'];
    const keys = urls.map((url) => urlKey('k', url));
    expect(new Set(keys).size).toBe(urls.length);
    for (const key of keys) expect(key).toMatch(/^k\.\w+$/);
  });
});

describe('many stores', () => {
  it('one with another version does not get in the way of the first', async () => {
    const [first, second] = [new FakeStore(), new FakeStore()];
    await first.set('k', { version: 2, entries: [1] });
    await second.set('k', { version: 1, entries: [2] });
    expect(await new ManyStores([first, second]).get('k')).toEqual({ version: 2, entries: [1] });
  });

  it('garbage in one does not hide what another holds', async () => {
    const [first, second] = [new FakeStore(), new FakeStore()];
    await first.set('k', 'garbage');
    await second.set('k', { version: 1, entries: [2] });
    expect(await new ManyStores([first, second]).get('k')).toEqual({ version: 1, entries: [2] });
    expect(await new ManyStores([first]).get('k')).toBe('garbage');
    expect(await new ManyStores().get('k')).toBeUndefined();
  });
});

describe('season answers', () => {
  const release = { guid: 'g' } as never;

  it('are kept for 25 min, empty ones not at all', () => {
    let now = NOW;
    const answers = new SeasonAnswers(() => now);
    answers.put(1, 1, [release]);
    answers.put(1, 2, []);
    now += SEASON_ANSWER_KEPT - 1;
    expect([answers.get(1, 1), answers.get(1, 2)]).toEqual([[release], undefined]);
    now += 1;
    expect(answers.get(1, 1)).toBeUndefined();
  });

  it('are no more than 50, the newest kept', () => {
    const answers = new SeasonAnswers(() => NOW);
    for (let season = 1; season <= 60; season += 1) answers.put(1, season, [release]);
    expect(Array.from({ length: 60 }, (_, i) => answers.get(1, i + 1)).filter(Boolean)).toHaveLength(50);
    expect(answers.get(1, 60)).toEqual([release]);
  });
});

describe('what is shared by the URL of a SABnzbd', () => {
  const wanted = (downloadId: string, facts: Partial<WantedJob> = {}): WantedJob => ({
    downloadId,
    neededBy: iso(NOW),
    playedAt: iso(NOW),
    label: 'Show',
    season: 1,
    episode: 2,
    sonarr: 'http://nas:8989',
    previousPriority: null,
    at: iso(NOW),
    ...facts,
  });

  it('one job may be wanted by several', () => {
    expect(wantedKey(wanted('a', { owner: 'x' }))).not.toBe(wantedKey(wanted('a', { owner: 'y' })));
  });

  it('the wanted order survives; entries older than 14 days do not', async () => {
    const store = new FakeStore();
    const options = { url: 'http://nas:8080', stores: [store], log: new FakeLog(), now: () => NOW };
    await openSabnzbdState(options).wanted.put(wanted('a', { owner: 'x' }), wanted('b'));
    const later = openSabnzbdState({ ...options, now: () => NOW + 13 * DAY });
    await later.load();
    expect(later.wanted.all()).toEqual([wanted('a', { owner: 'x' }), wanted('b')]);
    const muchLater = openSabnzbdState({ ...options, now: () => NOW + 15 * DAY });
    await muchLater.load();
    expect(muchLater.wanted.all()).toEqual([]);
  });

  it('remembers a bounded number of jobs of other clients', () => {
    const state = openSabnzbdState({ url: 'u', stores: [], log: new FakeLog(), now: () => NOW });
    for (let i = 0; i < 1500; i += 1) state.markElsewhere(`job${i}`);
    expect(state.elsewhere.size).toBe(1000);
    expect(state.elsewhere.has('job1499')).toBe(true);
  });
});

describe('what was lately searched', () => {
  it.each([
    ['59 min', 59, NOW],
    ['61 min', 61, undefined],
    ['a clock that was set back by 61 min', -61, undefined],
  ])('is known after %s', (_how, minutes, at) => {
    let now = NOW;
    const searched = new LatelySearched(() => now);
    searched.add(1);
    now += minutes * 60_000;
    expect(searched.get(1)).toBe(at);
  });
});
