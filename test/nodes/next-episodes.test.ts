import { describe, expect, it } from 'vitest';
import type { Lookup, OpenWant, Plan } from '../../src/core/contracts/index.js';
import { WORLD, type Bench, bench } from './bench.js';
import { lookedUp } from './looked-up.js';

const node = { type: 'next-episodes' };

/** Open wants as the next look-up of that Sonarr would see them, read from where they are kept. */
const planned = async (b: Bench, payload: Lookup, plexJit?: object) => {
  const before = b.out.all.length;
  b.send({ payload, plexJit });
  return (await b.out.nth(before)).payload as Plan;
};

describe('next episodes', () => {
  it('sends a plan, and asks no server', async () => {
    await using b = await bench(WORLD, node);
    const plan = await planned(b, lookedUp(b));
    expect(plan.items.map((item) => [item.episode, item.action, item.reason.code])).toEqual([
      [2, 'search', 'search'],
      [3, 'none', 'not-aired'],
    ]);
    await b.statusIs('1 to fetch of 2');
    expect([...b.requests('sonarr'), ...b.requests('tautulli'), ...b.requests('sabnzbd')]).toEqual([]);
  });

  it('sends a plan without items for a look-up without series', async () => {
    await using b = await bench(WORLD, node);
    const plan = await planned(b, lookedUp(b, { series: [] }));
    expect(plan.items).toEqual([]);
    await b.statusIs('nothing to fetch');
  });

  it('takes settings of the message, and refuses wrong ones without planning', async () => {
    await using b = await bench(WORLD, { ...node, episodesToCheck: '4', log: 'off' });
    expect((await planned(b, lookedUp(b))).settings.episodesToCheck).toBe(4);
    expect((await planned(b, lookedUp(b), { episodesToCheck: 1 })).settings.episodesToCheck).toBe(1);
    b.send({ payload: lookedUp(b), plexJit: { searchesPerRun: -1 } });
    expect((await b.caught.first).error?.message).toMatch(/^msg\.plexJit\.searchesPerRun must be a whole number/);
    expect(b.out.all).toHaveLength(2);
  });

  it('refuses a message that is no look-up', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: 'hello' });
    expect((await b.caught.first).error).toMatchObject({
      code: 'wrong-input',
      message: 'next episodes expects the message of a sonarr lookup node (msg.payload.series …), got a string.',
    });
  });

  it('needs the Sonarr of the look-up for what it remembers', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: lookedUp(b, { sonarr: { id: 'gone', name: 'Sonarr', url: 'http://gone' } }) });
    expect((await b.caught.first).error?.message).toBe(
      'Not set up: the chosen Sonarr server does not exist; it may have been deleted or disabled. Choose another in this node.',
    );
  });

  it('goes on when the context store cannot be written, says so, and knows what is open until Node-RED stops', async () => {
    await using b = await bench(WORLD, node);
    const sonarr = b.server('sonarr');
    const context = sonarr.context();
    sonarr.context = () => ({
      get: context.get.bind(context),
      set: (_key, _value, _store, callback) => callback(new Error('ENOSPC: no space left on device')),
    });
    const plan = await planned(b, lookedUp(b));
    expect(plan.items.map((item) => item.action)).toEqual(['search', 'none']);
    expect(plan.errors).toMatchObject([
      { code: 'memory-failed', service: 'sonarr', operation: 'remember open wants', retryable: true },
    ]);
    expect(plan.errors[0]?.message).toMatch(/which episodes are still wanted.*ENOSPC.*Check the store/);
    expect(plan.text).toContain('which episodes are still wanted');
    await b.statusIs('1 to fetch of 2');
    expect(b.caught.all).toEqual([]);
  });

  it('becomes a dry run when a message asks for it', async () => {
    await using b = await bench(WORLD, node);
    expect((await planned(b, lookedUp(b), { dryRun: true })).run.dryRun).toBe(true);
  });

  it('remembers what is missing or has not aired, until it is there; a dry run changes nothing of it', async () => {
    await using b = await bench(WORLD, node);
    await planned(b, lookedUp(b), { dryRun: true });
    expect(await b.remembered('sonarr', 'wants')).toEqual([]);
    await planned(b, lookedUp(b));
    const wants = await b.remembered('sonarr', 'wants');
    expect(wants).toMatchObject([{ episodeId: 12, viewer: { name: 'Ann' } }, { episodeId: 13 }]);

    const [series] = lookedUp(b).series.map((one) => ({
      ...one,
      episodes: one.episodes.map((each) => ({ ...each, airDateUtc: '2024-01-01T20:00:00.000Z', hasFile: true })),
    }));
    const there = { series: series ? [series] : [], remembered: { attempts: [], wants, searchesToday: 0 } };
    await planned(b, lookedUp(b, there as Partial<Lookup>), { dryRun: true });
    expect(await b.remembered('sonarr', 'wants')).toEqual(wants);
    await planned(b, lookedUp(b, there as Partial<Lookup>));
    expect(await b.remembered('sonarr', 'wants')).toEqual([]);
  });

  it('forgets no want that is only left out by its own settings: another flow may want it', async () => {
    await using b = await bench(WORLD, node);
    await planned(b, lookedUp(b));
    const wants = await b.remembered('sonarr', 'wants');
    expect(wants).toHaveLength(2);
    const remembered = { attempts: [], wants, searchesToday: 0 } as Lookup['remembered'];
    const rules = [{ for: 'viewer', name: 'Ann', episodesToCheck: 0 }];
    const plan = await planned(b, lookedUp(b, { remembered }), { rules });
    expect(plan.items.map(({ episode, reason }) => [episode, reason.code])).toEqual([[2, 'excluded']]);
    expect(await b.remembered('sonarr', 'wants')).toEqual(wants);
  });

  it('leaves alone what another flow has wanted anew since the look-up', async () => {
    await using b = await bench(WORLD, node);
    await planned(b, lookedUp(b));
    const wants = await b.remembered('sonarr', 'wants');
    const old = (wants as OpenWant[]).map((want) => ({ ...want, playedAt: '2020-01-01T00:00:00.000Z' }));
    const remembered = { attempts: [], wants: old, searchesToday: 0 };
    await planned(b, lookedUp(b, { series: [], remembered }));
    expect(await b.remembered('sonarr', 'wants')).toEqual(wants);
  });

  it('remembers nothing of a Sonarr that its server node no longer means', async () => {
    await using b = await bench(WORLD, node);
    const plan = await planned(
      b,
      lookedUp(b, { sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: 'http://before:8989' } }),
    );
    expect(plan.items).toHaveLength(2);
    expect(await b.remembered('sonarr', 'wants')).toEqual([]);
  });

  it.each([
    ['nothing', 'off', []],
    ['a summary', 'summary', [expect.stringMatching(/^1 series · .* of 2 episodes[^\n]*$/)]],
    ['every decision', 'decisions', [expect.stringMatching(/^1 series · [^]*\n[^]*Harbour Lights[^]*S01E02/)]],
  ])('logs %s when told so', async (_what, log, expected: readonly unknown[]) => {
    await using b = await bench(WORLD, { ...node, log });
    await planned(b, lookedUp(b));
    expect(b.logged).toEqual(expected);
  });

  it('plans every message in order', async () => {
    await using b = await bench(WORLD, node);
    for (const topic of ['1', '2', '3']) b.send({ topic, payload: lookedUp(b) });
    await b.completed.nth(2);
    expect(b.out.all.map(({ topic }) => topic)).toEqual(['1', '2', '3']);
    await b.statusIs('1 to fetch of 2');
  });

  it('is silent when it is closed with messages waiting', async () => {
    await using b = await bench(WORLD, node);
    for (const topic of ['1', '2', '3']) b.send({ topic, payload: lookedUp(b) });
    await b.unload();
    expect(b.caught.all).toEqual([]);
    expect(b.out.all.length).toBeLessThan(3);
  });

  it('is red for a setting that cannot be', async () => {
    await using b = await bench(WORLD, { ...node, episodesToCheck: '0' });
    b.send({ payload: lookedUp(b) });
    expect((await b.caught.first).error?.message).toBe(
      'The setting "Look ahead (episodes)" (episodesToCheck) must be a whole number from 1 to 50, but is 0.',
    );
    await b.statusIs('wrong setting');
  });
});
