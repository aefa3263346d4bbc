import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Deployed } from '../../../src/admin/up-next/deployed.js';
import { upNextView } from '../../../src/admin/up-next/flows.js';
import { Keeper } from '../../../src/admin/up-next/kept.js';
import { Journal } from '../../../src/runtime/journal/journal.js';
import type { Node, NodeAPI } from '../../../src/runtime/node-types.js';
import { openLastViews } from '../../../src/state/last-views.js';
import { plan, run } from '../../runtime/builders.js';
import { FakeLog, FakeStore } from '../../state/fake-store.js';

const SONARR = { id: 'sonarr', name: 'Sonarr', url: 'http://nas:8989' };
const lookup = (id: string, z: string): Deployed => ({ id, z, type: 'plex-jit-sonarr-lookup', server: 'sonarr' });
const FLOWS: readonly Deployed[] = [
  { id: 'tab', type: 'tab', label: 'One' },
  { id: 'other', type: 'tab', label: 'Two' },
  { id: 'sonarr', type: 'plex-jit-sonarr' },
  lookup('a', 'tab'),
  lookup('b', 'other'),
];

/** A Node-RED that was started with that store: what it has deployed, and its log. */
class Started {
  readonly warned: string[] = [];
  readonly #events = new EventEmitter();
  readonly #server = new EventEmitter();
  readonly journal = new Journal(Date.now);
  readonly RED: NodeAPI;

  constructor(store: FakeStore, deployed: readonly Deployed[] = FLOWS, settings: object = {}) {
    const options = { store, server: SONARR, log: new FakeLog(), now: Date.now };
    const lastViews = openLastViews(options);
    const node = this.#server;
    const server = { node, isSetUp: true, ref: SONARR, linkUrl: SONARR.url, storeName: undefined, lastViews };
    this.RED = {
      nodes: {
        eachNode: (each: (node: Deployed) => void) => deployed.forEach(each),
        getNode: (id: string) =>
          deployed.some((node) => node.id === id) ? { type: 'plex-jit-sonarr', plexJitServer: server } : null,
      },
      events: this.#events,
      log: { warn: (line: string) => this.warned.push(line) },
      settings,
    } as unknown as NodeAPI;
    const keeper = new Keeper(this.RED, this.journal);
    this.journal.onChange(() => keeper.changed());
  }

  node(z: string, name = 'next'): Node {
    return { id: `${z} ${name}`, type: 'plex-jit-next-episodes', z, name: '' } as unknown as Node;
  }

  run(z: string, facts: { dryRun?: boolean; isOver?: boolean; note?: string; branch?: string } = {}): () => void {
    const { dryRun = false, isOver = true, note = 'kept', branch = 'next' } = facts;
    const info = run({ dryRun });
    const step = this.journal.begin(this.node(z, branch), info);
    step.sends(plan({ run: info, sonarr: SONARR, notes: [note], at: new Date().toISOString() }));
    const end = (): void => step.end({ state: 'ok', text: '' });
    if (isOver) end();
    return end;
  }

  /** As Node-RED stops, or a deploy begins that closes the server's node: that is over once its listeners are done. */
  async stop(): Promise<void> {
    this.#events.emit('flows:stopping');
    const closing = this.#server
      .listeners('close')
      .map((listener) => new Promise<void>((done) => void listener.call(this.#server, false, done)));
    await Promise.all(closing);
  }

  async shows(): Promise<readonly (readonly [string, readonly string[], boolean | null])[]> {
    const { flows } = await upNextView(this.RED, this.journal, Date.now());
    return flows.map(({ id, plans, lastRun }) => [
      id,
      plans.map(({ notes, recalled }) => `${notes.join()}${recalled ? ' (recalled)' : ''}`),
      lastRun?.recalled ?? null,
    ]);
  }
}

const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(2500);

let store: FakeStore;
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T18:00:00.000Z') });
  store = new FakeStore();
});
afterEach(() => vi.useRealTimers());

describe('what the sidebar shows', () => {
  it('comes back after a restart, and is told as of before it, until the next run', async () => {
    const before = new Started(store);
    before.run('tab');
    await rest();
    const after = new Started(store);
    expect(await after.shows()).toEqual([
      ['tab', ['kept (recalled)'], true],
      ['other', [], null],
    ]);
    after.run('tab', { note: 'new' });
    expect((await after.shows())[0]).toEqual(['tab', ['new'], false]);
  });

  it('is written once for many changes, after them, and not again while nothing changes', async () => {
    const red = new Started(store);
    for (let i = 0; i < 10; i += 1) red.run('tab', { note: `${i}` });
    expect(store.writes).toBe(0);
    await rest();
    expect(store.writes).toBe(1);
    red.journal.changed();
    await rest();
    expect(store.writes).toBe(1);
  });

  it('is not written while the flow is at work, and then as it ended', async () => {
    const red = new Started(store);
    const end = red.run('tab', { isOver: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.writes).toBe(0);
    end();
    await rest();
    expect(store.writes).toBe(1);
    expect(await new Started(store).shows()).toContainEqual(['tab', ['kept (recalled)'], true]);
  });

  it('of a dry run is not kept: it leaves nothing behind, and what was kept before stays', async () => {
    const red = new Started(store);
    red.run('tab', { note: 'real' });
    await rest();
    red.run('tab', { dryRun: true, note: 'dry' });
    red.run('other', { dryRun: true });
    await rest();
    expect(store.writes).toBe(1);
    expect(await new Started(store).shows()).toEqual([
      ['tab', ['real (recalled)'], true],
      ['other', [], null],
    ]);
  });

  it('is of a real run that ended while a dry one was waiting behind it: that is kept, and shown', async () => {
    const red = new Started(store);
    const end = red.run('tab', { note: 'real', isOver: false });
    await vi.advanceTimersByTimeAsync(3000);
    const { flows: before } = await upNextView(red.RED, red.journal, Date.now());
    expect(before[0]?.hiddenLook).toBeNull();
    red.run('tab', { dryRun: true, note: 'dry' });
    const { flows } = await upNextView(red.RED, red.journal, Date.now());
    expect(flows[0]?.hiddenLook).toEqual({ startedAt: new Date().toISOString() });
    const dry = red.journal.wait(red.node('tab', 'search'), run({ dryRun: true }));
    expect((await red.shows())[0]).toEqual(['tab', ['real'], false]);
    await vi.advanceTimersByTimeAsync(3000);
    end();
    await rest();
    expect(store.writes).toBe(0);
    dry.begins();
    dry.end({ state: 'ok', text: '' });
    await rest();
    expect((await red.shows())[0]).toEqual(['tab', ['real'], false]);
    expect((await new Started(store).shows())[0]).toEqual(['tab', ['real (recalled)'], true]);
  });

  it('has the runs of all branches that one press began', async () => {
    const red = new Started(store);
    const ends = ['tv', 'anime'].map((branch) => red.run('tab', { branch, note: branch, isOver: false }));
    await vi.advanceTimersByTimeAsync(20_000);
    ends[1]?.();
    const { flows } = await upNextView(red.RED, red.journal, Date.now());
    expect(flows[0]?.lastRun?.running).toBe(true);
    expect(flows[0]?.lastRun?.steps.map(({ node, state }) => [node, state])).toEqual([
      ['tab tv', 'working'],
      ['tab anime', 'ok'],
    ]);
    expect(flows[0]?.lastRun?.ids).toHaveLength(2);
    ends[0]?.();
    await rest();
    const after = new Started(store);
    const kept = await upNextView(after.RED, after.journal, Date.now());
    expect(kept.flows[0]?.lastRun?.ids).toEqual(flows[0]?.lastRun?.ids);
  });

  it('of a run that failed tells its error, with the plan of before', async () => {
    new Started(store).run('tab');
    await rest();
    const second = new Started(store);
    second.journal.begin(second.node('tab'), null).end({ state: 'failed', text: 'Sonarr is away' });
    await rest();
    const { flows } = await upNextView(new Started(store).RED, new Journal(Date.now), Date.now());
    expect(flows[0]?.lastRun?.steps.map(({ state, text }) => [state, text])).toEqual([['failed', 'Sonarr is away']]);
    expect(flows[0]?.plans).toHaveLength(1);
  });

  it('of a flow that was removed does not come back, and is dropped from the store with the next run', async () => {
    const red = new Started(store);
    red.run('tab', { note: 'removed' });
    red.run('other');
    await rest();
    const without = new Started(
      store,
      FLOWS.filter(({ id, z }) => id !== 'tab' && z !== 'tab'),
    );
    expect(await without.shows()).toEqual([['other', ['kept (recalled)'], true]]);
    without.run('other', { note: 'again' });
    await rest();
    expect([...store.values.values()].join()).not.toContain('removed');
  });

  it('of a Sonarr that the flow asks no more does not come back, nor stays', async () => {
    const red = new Started(store);
    red.run('tab');
    await rest();
    const other = FLOWS.map((node) => (node.id === 'a' ? { ...node, server: 'another' } : node));
    expect((await new Started(store, other).shows())[0]).toEqual(['tab', [], null]);
    const live = new Started(new FakeStore(), other);
    live.run('tab');
    expect((await live.shows())[0]?.[1]).toEqual([]);
  });

  it('is not lost to a store that fails: the run goes on, the log is told once, and the next run writes', async () => {
    store.failure = new Error('disk full');
    const red = new Started(store);
    red.run('tab');
    await rest();
    red.run('tab', { note: 'second' });
    await rest();
    expect(red.warned).toEqual([
      expect.stringMatching(/could not be saved for after a restart: disk full \[memory-failed\]$/),
    ]);
    expect((await red.shows())[0]).toEqual(['tab', ['second'], false]);
    store.failure = null;
    red.run('tab', { note: 'third' });
    await rest();
    expect((await new Started(store).shows())[0]?.[1]).toEqual(['third (recalled)']);
  });

  it('is not lost when Node-RED stops, or its server is deployed anew, right after a run', async () => {
    const red = new Started(store);
    red.run('tab');
    await red.stop();
    expect((await new Started(store).shows())[0]).toEqual(['tab', ['kept (recalled)'], true]);
    await rest();
    expect(store.writes).toBe(1);
  });

  it('does not hold up closing when there is nothing to keep', async () => {
    const red = new Started(store);
    await red.stop();
    red.run('tab');
    await rest();
    await red.stop();
    expect(store.writes).toBe(1);
  });

  it('holds up closing for no more than a second, by a store that hangs', async () => {
    const red = new Started(store);
    red.run('tab');
    vi.spyOn(store, 'set').mockReturnValue(new Promise(() => undefined));
    const began = Date.now();
    const stopped = red.stop().then(() => Date.now() - began);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await stopped).toBe(1000);
  });

  it('waits no more than a second for a store that does not answer, and comes back with one that does', async () => {
    const before = new Started(store);
    before.run('tab');
    await rest();
    const hanging = vi.spyOn(store, 'get').mockReturnValue(new Promise(() => undefined));
    const after = new Started(store);
    const shown = after.shows();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await shown).toEqual([
      ['tab', [], null],
      ['other', [], null],
    ]);
    hanging.mockRestore();
    expect((await new Started(store).shows())[0]).toEqual(['tab', ['kept (recalled)'], true]);
  });

  it('is told in the log where a store fails while Node-RED stops, which goes on', async () => {
    store.failure = new Error('disk full');
    const red = new Started(store);
    red.run('tab');
    await red.stop();
    expect(red.warned).toEqual([expect.stringMatching(/disk full/)]);
  });

  it.each([
    [{}, true],
    [{ contextStorage: { default: 'ram', ram: { module: 'memory' }, disk: { module: 'localfilesystem' } } }, true],
    [{ contextStorage: { default: 'disk', ram: { module: 'memory' }, disk: { module: 'localfilesystem' } } }, false],
    [{ contextStorage: { disk: { module: 'localfilesystem' }, ram: { module: 'memory' } } }, false],
    [{ contextStorage: { default: { module: () => undefined } } }, false],
  ])('is told to be lost with a restart where it is: %j', async (settings, forgets) => {
    const red = new Started(store, FLOWS, settings);
    const { flows } = await upNextView(red.RED, red.journal, Date.now());
    expect(flows.map((flow) => flow.forgets)).toEqual([forgets, forgets]);
  });
});
