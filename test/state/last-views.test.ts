import { beforeEach, describe, expect, test } from 'vitest';
import { REASONS, RESULTS } from '../../src/core/contracts/index.js';
import { type EpisodeCode, type LastView, lastView, planView } from '../../src/core/up-next/index.js';
import { openLastViews } from '../../src/state/last-views.js';
import type { Memory } from '../../src/state/memory.js';
import { grabbed, item, plan } from '../core/words/builders.js';
import { play } from '../runtime/builders.js';
import { FakeLog, FakeStore, server } from './fake-store.js';

const DAY = 86_400_000;
const KEY = 'plexJit.sonarr.upNext';
let store: FakeStore;
let log: FakeLog;
let now: number;

const open = (url = 'http://nas:8989'): Memory<LastView> =>
  openLastViews({ store, log, now: () => now, server: { ...server('Sonarr'), url } });
const loaded = async (url?: string): Promise<readonly LastView[]> => {
  const memory = open(url);
  await memory.load();
  return memory.all();
};

const unmatched = [{ play: play(), code: 'ambiguous-title', text: 'Two fit.', candidates: [] }] as const;
const whole = planView(plan({ items: [item(6), grabbed(7)], unmatched, notes: ['one'] }));
const run: NonNullable<LastView['run']> = {
  ...{ ids: ['run'], startedAt: whole.at, ms: 40, running: false, dryRun: false },
  requests: { tautulli: 1, sonarr: 2, sabnzbd: 3 },
  steps: [{ node: 'a', type: 'sonarr-search', name: '', state: 'ok', text: '1 of 2', ms: 3 }],
  errors: [{ code: 'timeout', service: null, retryable: true, message: 'Slow.' }],
};
const view = lastView('tab', whole, run);

beforeEach(() => {
  store = new FakeStore();
  log = new FakeLog();
  now = Date.parse(whole.at) + DAY;
});

describe('the last views of a Sonarr', () => {
  test('are there after a restart as they were', async () => {
    await open().replace([view, lastView('other', whole, null)]);
    expect(await loaded()).toEqual([view, lastView('other', whole, null)]);
  });

  test('hold every state that an episode can be in', async () => {
    const codes: EpisodeCode[] = [...REASONS, ...RESULTS.map((result) => `result-${result}` as const), 'searching'];
    const [episode] = whole.episodes;
    const episodes = codes.map((code, id) => ({ ...episode, id, code })) as LastView['plan']['episodes'];
    await open().replace([{ ...view, plan: { ...whole, episodes } }]);
    expect((await loaded())[0]?.plan.episodes.map(({ code }) => code)).toEqual(codes);
    expect(log.lines).toEqual([]);
  });

  test.each([
    ['no list', { version: 1, entries: 7 }],
    ['another version', { version: 2, entries: [view] }],
    ['garbage', { version: 1, entries: [null, 'x', { ...view, plan: { ...whole, episodes: [{}] } }, { flow: 'tab' }] }],
  ])('that cannot be read are none, and the log says so: %s', async (_, kept) => {
    await store.set(KEY, kept);
    expect(await loaded()).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });

  test('one that is damaged takes no other along', async () => {
    await store.set(KEY, { version: 1, entries: [{ ...view, at: 'never' }, view] });
    expect(await loaded()).toEqual([view]);
  });

  test('of another Sonarr at the same node are not shown', async () => {
    await open().replace([view]);
    expect(await loaded('http://other:8989')).toEqual([]);
  });

  test('older than 30 days are dropped, and of more than 20 flows the first', async () => {
    const many = Array.from({ length: 25 }, (_, i) => lastView(`tab ${i}`, whole, null));
    await open().replace(many);
    expect((await loaded()).map(({ flow }) => flow)).toEqual(many.slice(5).map(({ flow }) => flow));
    now += 30 * DAY;
    expect(await loaded()).toEqual([]);
  });
});
