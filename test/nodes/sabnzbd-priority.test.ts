import { describe, expect, it } from 'vitest';
import type { Plan, PlanItem, RunInfo } from '../../src/core/contracts/index.js';
import type { WorldFile } from '../sandbox/index.js';
import { item, plan, run } from '../runtime/builders.js';
import { WORLD, type Bench, bench } from './bench.js';

const node = { type: 'sabnzbd-priority', waitForJob: '0' };

/** Two jobs of ours behind somebody else's. */
const BUSY: WorldFile = {
  ...WORLD,
  sabnzbd: { rate: 0 },
  downloads: [
    { name: 'Somebody.Elses.Film', category: 'movies' },
    { series: 'Harbour Lights', season: 1, episodes: '3', grabbed: '-1h' },
    { series: 'Harbour Lights', season: 1, episodes: '2', grabbed: '-1h' },
  ],
};

/** SABnzbd's own numbers. */
const WORDS: Readonly<Record<number, string>> = { 0: 'Normal', 1: 'High', 2: 'Force' };
const names = (b: Bench) =>
  b.sandbox.world.sabJobs().map(({ name, priority }) => `${WORDS[priority] ?? priority} ${name}`);

/** A plan whose items are the jobs of the world, needed in that order of episodes. */
const planOf = (b: Bench, episodes: readonly number[], of: Partial<Plan> = {}): Plan => {
  const jobs = b.sandbox.world.sabJobs();
  return plan({
    at: new Date().toISOString(),
    items: episodes.map((episode, i): PlanItem => {
      const job = jobs.find(({ name }) => name.includes(`E0${episode}`));
      return item({
        episode,
        episodeId: 10 + episode,
        action: 'prioritise',
        reason: { code: 'queued', text: 'queued', until: null },
        neededBy: new Date(Date.now() + (i + 1) * 60_000).toISOString(),
        downloadId: job?.id ?? null,
        download: {
          state: 'queued',
          downloadId: job?.id ?? null,
          protocol: 'usenet',
          client: 'SABnzbd',
          indexer: null,
          title: job?.name ?? '',
          size: 2e9,
          sizeLeft: 2e9,
          timeLeft: null,
          grabbedAt: new Date(Date.now() - 3_600_000).toISOString(),
          messages: [],
        },
      });
    }),
    ...of,
  });
};

const send = (b: Bench, episodes: readonly number[], of: Partial<Plan> = {}) => {
  b.send({ payload: planOf(b, episodes, of) });
};

describe('sabnzbd priority', () => {
  it('puts the jobs on top in the order of need and sends the plan with their places', async () => {
    await using b = await bench(BUSY, node);
    send(b, [2, 3]);
    const done = (await b.out.first).payload as Plan;
    expect(done.items.map(({ queue }) => queue)).toEqual([
      { position: 0, priority: 'High', previousPriority: 'Normal' },
      { position: 1, priority: 'High', previousPriority: 'Normal' },
    ]);
    expect(names(b)).toEqual([
      expect.stringMatching(/^High .*E02/) as string,
      expect.stringMatching(/^High .*E03/) as string,
      'Normal Somebody.Elses.Film',
    ]);
    expect(done.run.requests.sabnzbd).toBe(b.requests('sabnzbd').length);
    await b.statusIs('2 jobs on top');
  });

  it('acts on a partial plan and does not send it on, yet is done with it', async () => {
    await using b = await bench(BUSY, node);
    send(b, [2], { partial: true });
    await b.completed.first;
    expect(names(b)[0]).toMatch(/^High .*E02/);
    expect(b.out.all).toEqual([]);
  });

  const unset = { servers: { sabnzbd: { url: '${PLEX_JIT_NOT_SET}' } } };
  const grabbed = item({ result: { code: 'grabbed', text: 'grabbed' }, downloadId: 'SABnzbd_nzo_grabbed1' });

  it('that is not set up tells it once, with the whole plan, and sends what was grabbed on', async () => {
    await using b = await bench(BUSY, node, unset);
    for (const partial of [true, true, false]) b.send({ payload: plan({ items: [grabbed], partial }) });
    expect((await b.caught.first).error?.code).toBe('not-set-up');
    expect(b.out.all.map(({ payload }) => (payload as Plan).items[0]?.downloadId)).toEqual(['SABnzbd_nzo_grabbed1']);
    expect(b.caught.all).toHaveLength(1);
    expect(b.requests('sabnzbd')).toEqual([]);
    await b.statusIs('not set up');
  });

  it('that is not set up sends no plan on in which nothing was done', async () => {
    await using b = await bench(BUSY, node, unset);
    b.send({ payload: plan({ items: [] }) });
    expect((await b.caught.first).error?.code).toBe('not-set-up');
    expect(b.out.all).toEqual([]);
  });

  it('sends a plan without jobs on', async () => {
    await using b = await bench(BUSY, node);
    send(b, []);
    expect(((await b.out.first).payload as Plan).items).toEqual([]);
    await b.statusIs('no jobs');
  });

  it('moves nothing in a dry run', async () => {
    await using b = await bench(BUSY, node);
    const before = names(b);
    send(b, [2, 3], { run: run({ dryRun: true }) });
    await b.out.first;
    expect(names(b)).toEqual(before);
    await b.statusIs(/^dry run/);
  });

  it('lets a newer plan of the same run replace a partial one that waits, and drops no other', async () => {
    await using b = await bench(BUSY, node);
    b.sandbox.servers.sabnzbd.addFault({ kind: 'slow', seconds: 0.2, times: 1 });
    const one: RunInfo = run();
    const other: RunInfo = run();
    const topic = (name: string, of: Partial<Plan>) => {
      b.send({ topic: name, payload: planOf(b, [2], of) });
    };
    topic('at work', { run: one, partial: true });
    topic('replaced', { run: one, partial: true });
    topic('another run', { run: other, partial: true });
    topic('whole', { run: one });
    topic('whole of the other', { run: other });
    await b.until(() => b.completed.all.length === 5, 'all to be done');
    expect(b.completed.all.slice(0, 2).map((msg) => msg.topic)).toEqual(['replaced', 'another run']);
    expect(b.out.all.map((msg) => msg.topic)).toEqual(['whole', 'whole of the other']);
  });

  it('waits no longer for the job of a partial plan once a newer one of the run is there', async () => {
    await using b = await bench(BUSY, { ...node, waitForJob: '60' });
    const one = run();
    const [item] = planOf(b, [2]).items;
    if (!item?.download) throw new Error('no item');
    const grabbedAt = new Date().toISOString();
    const coming = { ...item.download, state: 'grabbed' as const, downloadId: 'SABnzbd_nzo_coming', grabbedAt };
    const items = [{ ...item, downloadId: coming.downloadId, download: coming }];
    b.send({ payload: planOf(b, [], { run: one, partial: true, items }) });
    await b.until(() => b.requests('sabnzbd').length > 0, 'the queue to be read');
    b.send({ payload: planOf(b, [2], { run: one }) });
    expect((await b.out.first).payload).toMatchObject({ partial: false, items: [{ queue: { position: 0 } }] });
  });

  it('says that SABnzbd is down, sends on what had been grabbed, and recovers', async () => {
    await using b = await bench(BUSY, node);
    b.sandbox.servers.sabnzbd.addFault({ kind: 'refused' });
    const sent = planOf(b, [2]);
    b.send({ topic: 'idle', payload: sent });
    expect((await b.caught.first).error).toMatchObject({ code: 'refused', cause: { service: 'sabnzbd' } });
    expect(b.out.all).toEqual([]);
    const grabbed = sent.items.map((one) => ({ ...one, result: { code: 'grabbed', text: 'grabbed' } }));
    b.send({ topic: 'grabbed', payload: { ...sent, items: grabbed } });
    expect((await b.out.first).topic).toBe('grabbed');
    await b.caught.nth(1);
    await b.statusIs('SABnzbd refused the connection (3 tries)');
    b.sandbox.servers.sabnzbd.clearFaults();
    send(b, [2]);
    await b.out.nth(1);
    await b.statusIs('1 job on top');
  });

  it('refuses what is no plan', async () => {
    await using b = await bench(BUSY, node);
    b.send({ payload: { items: 'none' } });
    expect((await b.caught.first).error).toMatchObject({ code: 'wrong-input' });
    expect(b.requests('sabnzbd')).toEqual([]);
  });

  it('is silent when it is closed while SABnzbd hangs', async () => {
    await using b = await bench(BUSY, node);
    b.sandbox.servers.sabnzbd.addFault({ kind: 'hang' });
    send(b, [2]);
    send(b, [2]);
    await b.statusIs('ordering the queue · 1 waiting');
    const before = Date.now();
    await b.unload();
    expect(Date.now() - before).toBeLessThan(1500);
    expect([...b.out.all, ...b.caught.all]).toEqual([]);
  });
});
