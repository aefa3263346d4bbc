import { describe, expect, it } from 'vitest';
import type { Plan, PlanItem } from '../../src/core/contracts/index.js';
import { item, plan } from '../runtime/builders.js';
import { WORLD, type Bench, bench } from './bench.js';

const node = { type: 'sonarr-search', keepFree: '0' };

/** An item to search for; the world's series are numbered as they stand in it. */
const wanted = (b: Bench, episode: number, series = 'Harbour Lights'): PlanItem =>
  item({
    series: { ...item().series, title: series, sonarrId: series === 'Harbour Lights' ? 1 : 2 },
    episode,
    episodeId: b.sandbox.world.episode(series, 1, episode).id,
    action: 'search',
    reason: { code: 'search', text: 'missing', until: null },
  });

const planOf = (b: Bench, episodes: readonly number[], of: Partial<Plan> = {}): Plan =>
  plan({
    at: new Date().toISOString(),
    sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr },
    items: episodes.map((episode) => wanted(b, episode)),
    ...of,
  });

const grabs = (b: Bench) => b.requests('sonarr').filter((r) => r === 'POST /api/v3/release');

describe('sonarr search', () => {
  it('sends the whole plan once on output 1, and after each grab a copy of the plan so far on output 2', async () => {
    await using b = await bench(WORLD, node);
    b.send({ topic: 'mine', others: { deep: 1 }, payload: planOf(b, [2, 3]) });
    const whole = (await b.out.first).payload as Plan;
    const requests = (b.early.all[0]?.payload as Plan).run.requests.sonarr;
    expect(requests).toBeGreaterThan(0);
    expect(requests).toBeLessThan(whole.run.requests.sonarr);
    expect(whole.partial).toBe(false);
    expect(whole.items.map(({ result }) => result?.code)).toEqual(['grabbed', 'grabbed']);
    expect(whole.items.every(({ downloadId }) => downloadId !== null)).toBe(true);
    const early = b.early.all.map((msg) => msg.payload as Plan);
    expect(early.map(({ partial }) => partial)).toEqual([true, true]);
    expect(early[0]?.items.map(({ result }) => result?.code)).toEqual(['grabbed', undefined]);
    expect(b.early.all[0]).toMatchObject({ topic: 'mine', others: { deep: 1 } });
    expect(b.early.all[0]?.others).not.toBe(b.out.all[0]?.others);
    expect(b.sandbox.world.sabJobs()).toHaveLength(2);
    await b.statusIs('2 of 2 grabbed');
    expect(b.shown).toEqual(expect.arrayContaining(['searching', 'searching 2/2 · Harbour Lights S01E03']));
  });

  it('sends the plan on when there is nothing to search, without a search or a grab', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: planOf(b, []) });
    expect(((await b.out.first).payload as Plan).items).toEqual([]);
    expect(b.requests('sonarr').filter((r) => r.endsWith('/release'))).toEqual([]);
    await b.statusIs('nothing to search for');
  });

  it.each([
    ['its own setting', { dryRun: true }, {}, {}],
    ['the message', {}, { dryRun: true }, {}],
    ['the run', {}, {}, { dryRun: true }],
  ])('changes nothing in a dry run asked for by %s', async (_by, setting, plexJit, ofRun) => {
    await using b = await bench(WORLD, { ...node, ...setting });
    const sent = planOf(b, [2]);
    b.send({ payload: { ...sent, run: { ...sent.run, ...ofRun } }, plexJit });
    expect(((await b.out.first).payload as Plan).items[0]?.result?.code).toBe('would-search');
    expect(b.requests('sonarr').filter((r) => !r.startsWith('GET '))).toEqual([]);
    expect(b.requests('sonarr').filter((r) => r.endsWith('/release'))).toEqual([]);
    await b.statusIs('dry run · would fetch 1');
  });

  it('refuses the plan of another Sonarr', async () => {
    await using b = await bench(WORLD, node);
    const other = { id: 'x', name: 'Other', url: 'http://nas:8990' };
    b.send({ payload: planOf(b, [2], { sonarr: other }) });
    expect((await b.caught.first).error?.message).toMatch(/^This plan is for Other at http:\/\/nas:8990, but this/);
    expect(b.requests('sonarr')).toEqual([]);
  });

  it('refuses a partial plan: it would be searched twice', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: planOf(b, [2], { partial: true }) });
    expect((await b.caught.first).error?.code).toBe('wrong-input');
    expect(b.requests('sonarr')).toEqual([]);
  });

  it('refuses what is no plan', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: [1, 2] });
    expect((await b.caught.first).error?.message).toMatch(/^sonarr search expects a plan, .* got a list of 2\.$/);
  });

  it('works on plans one after the other, and searches the same episode once', async () => {
    await using b = await bench(WORLD, node);
    b.send({ topic: '1', payload: planOf(b, [2]) });
    b.send({ topic: '2', payload: planOf(b, [2]) });
    await b.completed.nth(1);
    expect(b.out.all.map(({ topic }) => topic)).toEqual(['1', '2']);
    expect(grabs(b)).toHaveLength(1);
    await b.statusIs('1 skipped');
  });

  it('fails with the server and keeps quiet about it on output 1 when nothing had been done', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.sonarr.addFault({ kind: 'wrong-key' });
    b.send({ payload: planOf(b, [2]) });
    expect((await b.caught.first).error).toMatchObject({
      code: 'key-refused',
      cause: { service: 'sonarr', status: 401 },
    });
    expect(b.out.all).toEqual([]);
    expect(b.completed.all).toEqual([]);
    await b.statusIs('Sonarr refused the key');
    b.sandbox.servers.sonarr.clearFaults();
    b.send({ payload: planOf(b, [2]) });
    expect(((await b.out.first).payload as Plan).items[0]?.result?.code).toBe('grabbed');
    await b.statusIs('1 of 1 grabbed');
  });

  it('sends what was grabbed before the server was lost, and then fails', async () => {
    const two = {
      ...WORLD,
      series: [...WORLD.series, ...WORLD.series.map((s) => ({ ...s, title: 'Tide', tvdb: 4712 }))],
    };
    await using b = await bench(two, node);
    const sent = planOf(b, [2]);
    b.early.first.then(
      () => b.sandbox.servers.sonarr.addFault({ kind: 'wrong-key' }),
      () => undefined,
    );
    b.send({ payload: { ...sent, items: [...sent.items, wanted(b, 2, 'Tide')] } });
    const { items } = (await b.out.first).payload as Plan;
    expect(items[0]?.result?.code).toBe('grabbed');
    expect(items[1]?.result?.code).not.toBe('grabbed');
    expect((await b.caught.first).error?.code).toBe('key-refused');
    expect(b.completed.all).toEqual([]);
  });

  it('sends on that nothing was found before the server was lost, and then fails', async () => {
    const [show] = WORLD.series ?? [];
    // A pack is listed, so the indexers do answer: an empty list would have to be vouched for.
    const bare = {
      ...show,
      title: 'Tide',
      tvdb: 4712,
      seasons: [{ number: 1, episodes: 4, releases: '4', pack: true }],
    };
    await using b = await bench({ ...WORLD, series: [...(WORLD.series ?? []), bare] }, node);
    b.sandbox.servers.sonarr.addFault({ kind: 'wrong-key', route: 'GET /api/v3/release', after: 1 });
    b.send({ payload: { ...planOf(b, []), items: [wanted(b, 2, 'Tide'), wanted(b, 2)] } });
    const { items } = (await b.out.first).payload as Plan;
    expect(items.map(({ result }) => result?.code)).toEqual(['nothing-found', 'failed']);
    expect((await b.caught.first).error?.code).toBe('key-refused');
    expect(b.out.all).toHaveLength(1);
  });

  it('aborts a search at once when it is closed', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.sonarr.addFault({ kind: 'hang', route: 'GET /release' });
    b.send({ payload: planOf(b, [2]) });
    await b.until(() => b.requests('sonarr').length > 0, 'the first request');
    const before = Date.now();
    await b.unload();
    expect(Date.now() - before).toBeLessThan(1500);
    expect([...b.out.all, ...b.caught.all]).toEqual([]);
  });
});
