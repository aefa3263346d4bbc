import { describe, expect, it } from 'vitest';
import type { Lookup } from '../../src/core/contracts/index.js';
import { play, run } from '../runtime/builders.js';
import { WORLD, bench } from './bench.js';

const node = { type: 'sonarr-lookup' };
const recently = () => ({
  startedAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  stoppedAt: new Date(Date.now() - 2 * 3_600_000).toISOString(),
});
// Its air date in Plex is not known: a wrong one would match another episode.
const plays = () => [play({ ...recently(), airDate: null })];

describe('sonarr lookup', () => {
  it('sends what Sonarr has of the plays, on the same message', async () => {
    await using b = await bench(WORLD, node);
    const own = run({ requests: { tautulli: 3, sonarr: 0, sabnzbd: 0 } });
    b.send({ topic: 'mine', payload: plays(), plexJit: { run: own, notes: ['a note'], unitsRead: 10 } });
    const msg = await b.out.first;
    const lookup = msg.payload as Lookup;
    expect(lookup.series.map(({ series }) => series.title)).toEqual(['Harbour Lights']);
    expect(lookup.series[0]?.episodes.map(({ hasFile }) => hasFile)).toEqual([true, false, false, false]);
    expect(lookup).toMatchObject({ unitsRead: 10, searchCache: 48, notes: ['a note'], sonarr: { id: b.ids.sonarr } });
    expect(lookup.sabnzbd).toMatchObject({ id: b.ids.sabnzbd });
    expect(lookup.run.id).toBe(own.id);
    expect(lookup.run.requests).toMatchObject({ tautulli: 3, sonarr: b.requests('sonarr').length });
    expect(msg.topic).toBe('mine');
    await b.statusIs('1 series');
  });

  it('takes the plays of any other source and begins a run for them', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: plays(), plexJit: { dryRun: true } });
    const lookup = (await b.out.first).payload as Lookup;
    expect(lookup.run).toMatchObject({ dryRun: true, requests: { tautulli: 0 } });
    expect(lookup.filtered).toEqual({ viewers: 0, libraries: 0, progress: 0 });
  });

  it('sends a look-up without series when nothing was played', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: [] });
    expect((await b.out.first).payload).toMatchObject({ series: [], unmatched: [] });
    await b.completed.first;
    await b.statusIs('0 series');
  });

  it('refuses what is no list of plays, and works on the next message', async () => {
    await using b = await bench(WORLD, node);
    b.send({ payload: 'hello' });
    b.send({ payload: plays() });
    expect((await b.caught.first).error).toMatchObject({
      code: 'wrong-input',
      message:
        'sonarr lookup expects the message of a tautulli history node (msg.payload is a list of plays), got a string.',
    });
    await b.out.first;
    await b.statusIs('1 series');
  });

  it('works on every message in order', async () => {
    await using b = await bench(WORLD, node);
    for (const topic of ['1', '2', '3']) b.send({ topic, payload: plays() });
    await b.completed.nth(2);
    expect(b.out.all.map(({ topic }) => topic)).toEqual(['1', '2', '3']);
  });

  it('says that Sonarr is down, then recovers', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.sonarr.addFault({ kind: 'refused' });
    b.send({ payload: plays() });
    const { error } = await b.caught.first;
    expect(error).toMatchObject({ code: 'refused', cause: { service: 'sonarr', retryable: true } });
    expect(b.out.all).toEqual([]);
    await b.statusIs('Sonarr refused the connection (3 tries)');
    b.sandbox.servers.sonarr.clearFaults();
    b.send({ payload: plays() });
    await b.out.first;
    await b.statusIs('1 series');
  });

  it('ends at once when it is closed while Sonarr hangs', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.sonarr.addFault({ kind: 'hang' });
    b.send({ payload: plays() });
    await b.statusIs('looking up');
    const before = Date.now();
    await b.unload();
    expect(Date.now() - before).toBeLessThan(1500);
    expect([...b.out.all, ...b.caught.all]).toEqual([]);
  });
});
