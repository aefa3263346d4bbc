import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/contracts/index.js';
import type { WorldFile } from '../sandbox/index.js';
import { item, plan, run } from '../runtime/builders.js';
import { WORLD, bench } from './bench.js';

const node = { type: 'tautulli-notify', notifier: '3' };
const HOUSE: WorldFile = { ...WORLD, tautulli: { notifiers: [{ id: 3, agent: 'discord' }] } };

const grabbed = (of: Partial<Plan> = {}): Plan =>
  plan({
    at: new Date().toISOString(),
    items: [
      item({
        action: 'search',
        reason: { code: 'search', text: 'missing', until: null },
        result: { code: 'grabbed', text: 'grabbed' },
        release: { title: 'Harbour.Lights.S01E02', size: 2e9, indexer: 'Idx', protocol: 'usenet', episodeIds: [12] },
        downloadId: 'SABnzbd_nzo_1',
      }),
    ],
    ...of,
  });

describe('tautulli notify', () => {
  it('tells a grab once and sends the plan on each time', async () => {
    await using b = await bench(HOUSE, node);
    b.send({ payload: grabbed() });
    await b.statusIs('told');
    b.send({ payload: grabbed() });
    await b.statusIs('nothing new');
    expect(b.out.all).toHaveLength(2);
    expect(b.sandbox.world.notifications()).toHaveLength(1);
    expect(b.sandbox.world.notifications()[0]).toMatchObject({
      body: expect.stringContaining('Harbour Lights') as string,
    });
  });

  it('sends the plan on when there is nothing to tell, asking nothing of Tautulli', async () => {
    await using b = await bench(HOUSE, node);
    b.send({ payload: plan() });
    await b.out.first;
    expect(b.requests('tautulli')).toEqual([]);
    await b.statusIs('nothing new');
  });

  it('tells nothing without a notifier, nor in a dry run', async () => {
    await using b = await bench(HOUSE, { ...node, notifier: '' });
    b.send({ payload: grabbed() });
    await b.statusIs('no notifier');
    b.send({ payload: grabbed({ run: run({ dryRun: true }) }), plexJit: { notifier: 3 } });
    await b.out.nth(1);
    expect(b.sandbox.world.notifications()).toEqual([]);
  });

  it('notes a notifier that fails in the plan, which goes on, and tells it in the next run', async () => {
    await using b = await bench(HOUSE, node);
    b.sandbox.servers.tautulli.addFault({ kind: 'status', status: 500, route: 'notify', times: 1 });
    b.send({ payload: grabbed() });
    expect(((await b.out.first).payload as Plan).errors).toHaveLength(1);
    await b.statusIs('could not notify');
    expect(b.caught.all).toEqual([]);
    b.send({ payload: plan() });
    await b.statusIs('told');
    expect(b.sandbox.world.notifications()).toHaveLength(1);
  });

  it('sends the plan on when Tautulli is down, and tells in the next run', async () => {
    await using b = await bench(HOUSE, node);
    b.sandbox.servers.tautulli.addFault({ kind: 'refused' });
    b.send({ topic: 'mine', payload: grabbed() });
    const msg = await b.out.first;
    expect(msg.topic).toBe('mine');
    expect((msg.payload as Plan).errors).toMatchObject([{ code: 'refused', service: 'tautulli' }]);
    await b.statusIs('could not notify');
    b.sandbox.servers.tautulli.clearFaults();
    b.send({ payload: plan() });
    await b.statusIs('told');
    expect(b.sandbox.world.notifications()).toHaveLength(1);
  });

  it('tells of plans one after the other, each thing once', async () => {
    await using b = await bench(HOUSE, node);
    for (const topic of ['1', '2', '3']) b.send({ topic, payload: grabbed() });
    await b.completed.nth(2);
    expect(b.out.all.map(({ topic }) => topic)).toEqual(['1', '2', '3']);
    expect(b.sandbox.world.notifications()).toHaveLength(1);
  });

  it('sends the plan on with a template that cannot be read, and gives Catch the sentence', async () => {
    await using b = await bench(HOUSE, { ...node, subject: '{{#open}}' });
    b.send({ topic: 'mine', payload: grabbed() });
    const msg = await b.out.first;
    expect(msg.topic).toBe('mine');
    expect((msg.payload as Plan).errors).toMatchObject([{ code: 'bad-template', retryable: false }]);
    expect((await b.caught.first).error).toMatchObject({
      code: 'bad-template',
      message: expect.stringMatching(/subject is invalid: Unclosed section "open" at line 1, column 1/) as string,
    });
    await b.statusIs('invalid template');
    expect(b.sandbox.world.notifications()).toEqual([]);
    b.send({ payload: plan(), plexJit: { subject: 'Corrected' } });
    await b.statusIs('told');
    expect(b.sandbox.world.notifications()).toMatchObject([{ subject: 'Corrected' }]);
  });

  it('says at the node which notifier no longer exists, and keeps what it was to tell', async () => {
    await using b = await bench(HOUSE, { ...node, notifier: '4', notifierName: 'Family chat' });
    b.send({ topic: 'mine', payload: grabbed() });
    const msg = await b.out.first;
    expect(msg.topic).toBe('mine');
    expect((msg.payload as Plan).errors).toMatchObject([{ code: 'notifier-gone', retryable: false }]);
    expect((await b.caught.first).error).toMatchObject({
      code: 'notifier-gone',
      message: expect.stringMatching(
        /^The notifier "Family chat" \(4\) no longer exists in Tautulli at .+; choose another in the tautulli notify node/,
      ) as string,
    });
    await b.statusIs('the notifier is gone');
    expect(b.sandbox.world.notifications()).toEqual([]);
  });

  it('calls a notifier of the message by its number, not by the name of the one in the form', async () => {
    await using b = await bench(HOUSE, { ...node, notifierName: 'Family chat' });
    b.send({ payload: grabbed(), plexJit: { notifier: 9 } });
    const { message } = (await b.caught.first).error ?? { message: '' };
    expect(message).toContain('The notifier 9 no longer exists');
  });

  it('refuses what is no plan', async () => {
    await using b = await bench(HOUSE, node);
    b.send({ payload: 5 });
    expect((await b.caught.first).error).toMatchObject({ code: 'wrong-input' });
    expect(b.out.all).toEqual([]);
  });

  it('is silent when it is closed while Tautulli waits for the receiver', async () => {
    await using b = await bench(HOUSE, node);
    b.sandbox.servers.tautulli.addFault({ kind: 'hang', route: 'notify' });
    b.send({ payload: grabbed() });
    await b.until(() => b.statusTexts.includes('telling'), 'the work to begin');
    const before = Date.now();
    await b.unload();
    expect(Date.now() - before).toBeLessThan(1500);
    expect([...b.out.all, ...b.caught.all]).toEqual([]);
  });
});
