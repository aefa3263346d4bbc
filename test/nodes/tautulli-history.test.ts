import { describe, expect, it } from 'vitest';
import type { Play, RunInfo } from '../../src/core/contracts/index.js';
import { WORLD, bench } from './bench.js';

const node = { type: 'tautulli-history' };

describe('tautulli history', () => {
  it('sends what was played, on the same message, with the run', async () => {
    await using b = await bench(WORLD, node);
    b.send({ topic: 'mine', payload: 'anything' });
    const msg = await b.out.first;
    const plays = msg.payload as Play[];
    expect(plays).toHaveLength(1);
    expect(plays[0]).toMatchObject({ season: 1, episode: 1, active: true, viewer: { name: 'Ann' } });
    expect(msg.topic).toBe('mine');
    const { run } = msg.plexJit as { run: RunInfo };
    expect(run).toMatchObject({ dryRun: false });
    expect(run.requests.tautulli).toBe(b.requests('tautulli').length);
    await b.completed.first;
    await b.statusIs('1 play · 1 show');
    expect(b.caught.all).toEqual([]);
  });

  it('leaves the settings in the message for the nodes that follow', async () => {
    await using b = await bench(WORLD, node);
    b.send({ plexJit: { dryRun: true, keepFree: 7 } });
    expect((await b.out.first).plexJit).toMatchObject({ dryRun: true, keepFree: 7, run: { dryRun: true } });
  });

  it('sends an empty list when nobody has watched anything', async () => {
    await using b = await bench({ ...WORLD, households: [] }, node);
    b.send({});
    expect((await b.out.first).payload).toEqual([]);
    await b.statusIs('no plays');
  });

  it('asks for nothing when a setting of the message is wrong', async () => {
    await using b = await bench(WORLD, node);
    b.send({ plexJit: { episodesToCheck: 'five' } });
    const { error } = await b.caught.first;
    expect(error).toMatchObject({
      code: 'wrong-setting',
      message: 'msg.plexJit.episodesToCheck must be a whole number from 1 to 50, but is "five".',
    });
    expect(b.requests('tautulli')).toEqual([]);
    expect(b.completed.all).toEqual([]);
    await b.statusIs('wrong setting');
  });

  it('works on the latest of several triggers while it is busy; the replaced ones are done and send nothing', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.tautulli.addFault({ kind: 'slow', seconds: 0.2, route: 'get_history', times: 1 });
    for (const topic of ['1', '2', '3', '4']) b.send({ topic });
    await b.completed.nth(3);
    expect(b.out.all.map(({ topic }) => topic)).toEqual(['1', '4']);
    expect(b.completed.all.map(({ topic }) => topic)).toEqual(['2', '3', '1', '4']);
    expect(b.statusTexts).toContain('reading plays · 1 waiting');
    expect(b.statusTexts.at(-1)).toBe('1 play · 1 show');
  });

  it('says what to do when the key is refused, and recovers', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.tautulli.addFault({ kind: 'wrong-key' });
    b.send({ topic: 'first' });
    const { error } = await b.caught.first;
    expect(error?.message).toMatch(/^Tautulli at http:\/\/127\.0\.0\.1:\d+ refused the API key/);
    expect(error).toMatchObject({ code: 'key-refused', cause: { service: 'tautulli', retryable: false } });
    expect(JSON.stringify(b.caught.all)).not.toContain(b.sandbox.keys.tautulli);
    await b.statusIs('Tautulli refused the key');
    expect(b.out.all).toEqual([]);
    b.sandbox.servers.tautulli.clearFaults();
    b.send({ topic: 'second' });
    expect((await b.out.first).topic).toBe('second');
    await b.statusIs('1 play · 1 show');
  });

  it('is silent when it is closed while a request hangs: done, no error, status cleared', async () => {
    await using b = await bench(WORLD, node);
    b.sandbox.servers.tautulli.addFault({ kind: 'hang' });
    b.send({ topic: 'under way' });
    b.send({ topic: 'waiting' });
    await b.until(() => b.statusTexts.includes('reading plays · 1 waiting'), 'the work to begin');
    const before = Date.now();
    await b.unload();
    expect(Date.now() - before).toBeLessThan(1500);
    expect(b.out.all).toEqual([]);
    expect(b.caught.all).toEqual([]);
    expect(b.shown.at(-1)).toBe('');
  });
});

describe('a server that is not set up', () => {
  it('is said before anything is sent, and no request goes out', async () => {
    await using b = await bench(WORLD, node, { servers: { tautulli: { url: '${PLEX_JIT_NOT_SET}' } } });
    expect(b.shown).toEqual(['not set up']);
    b.send({});
    const { error } = await b.caught.first;
    expect(error).toMatchObject({
      code: 'not-set-up',
      message:
        'Not set up: the URL of Tautulli comes from the environment variable PLEX_JIT_NOT_SET, which is not set. Set it where Node-RED runs and restart Node-RED, or enter a value.',
    });
    expect(b.requests('tautulli')).toEqual([]);
    await b.statusIs('not set up');
  });

  it('is one that was never chosen', async () => {
    await using b = await bench(WORLD, { ...node, server: '' });
    b.send({});
    expect((await b.caught.first).error?.message).toBe('Not set up: choose a Tautulli server.');
  });
});
