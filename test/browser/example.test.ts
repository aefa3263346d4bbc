import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { twoPeople } from '../e2e/households.js';
import { EXAMPLES, readExample } from '../examples/flows.js';
import type { Editor } from './editor.js';
import { held, SHOW_HELD, type Held } from './held.js';
import { onEachLine } from './on-each-line.js';

const REDEPLOYS = 10;

onEachLine('the example is imported from the menu', { world: twoPeople, settings: SHOW_HELD }, (stage) => {
  let editor: Editor;
  let inject = '';
  let search = '';

  beforeAll(async () => {
    editor = await stage().open({ width: 1900 });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('imports and deploys; nothing runs by itself', async () => {
    await editor.importExample('01 - Plex Just-In-Time');
    await editor.showFlow('Plex Just-In-Time');
    await stage().home.red.restarted(() => editor.deploy());
    inject = await editor.find('inject', { repeat: '3600' });
    search = await editor.find('plex-jit-sonarr-search');
    expect(stage().home.red.output).not.toMatch(/\[error\]/i);
    expect(stage().home.sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it('serves the household when its button is pressed', async () => {
    await editor.pressInject(inject);
    const [message] = await editor.debugMessages(1);
    expect(message).toContain('2 series');
    await editor.reads(search, /^10 of 10 grabbed$/);
    expect(new Set(stage().home.grabbed()).size).toBe(10);
  });

  it(`holds no more listeners, timers and connections after ${REDEPLOYS} deployments, each in the middle of a run`, async () => {
    const { home } = stage();
    await editor.invoke('core:set-deploy-type-to-full');
    const redeploy = async (): Promise<void> => {
      home.sandbox.servers.sonarr.addFault({ kind: 'hang', times: 1 });
      await editor.pressInject(inject);
      await vi.waitUntil(async () => (await held(stage())).connections > 0, 10_000);
      await editor.touch();
      await stage().home.red.restarted(() => editor.deploy());
      home.sandbox.servers.sonarr.clearFaults();
    };
    const settled = async (isSo: (now: Held) => boolean): Promise<Held> => {
      let now = await held(stage());
      await vi
        .waitUntil(async () => isSo((now = await held(stage()))), { timeout: 10_000, interval: 50 })
        .catch(() => now);
      return now;
    };
    await redeploy();
    const first = await settled(({ connections }) => connections === 0);
    for (let i = 1; i < REDEPLOYS; i += 1) await redeploy();
    const last = await settled(({ timers, connections }) => connections === 0 && timers <= first.timers);
    expect(last.listeners).toEqual(first.listeners);
    expect(last.timers).toBeLessThanOrEqual(first.timers);
    expect(last.connections).toBe(0);
  }, 60_000);

  it('still works after that', async () => {
    stage().home.clear();
    await stage().home.red.run(inject);
    expect(stage().home.changes()).toEqual([]);
  });

  it.each(EXAMPLES.slice(1))('imports %s beside it, and every node of it is complete', async (name) => {
    const flow = readExample(name);
    const typesOf = (nodes: readonly { readonly type: string }[]) => nodes.map(({ type }) => type).sort();
    await editor.importExample(name);
    const nodes = await editor.nodesOf(String(flow.find(({ type }) => type === 'tab')?.label));
    expect(typesOf(nodes)).toEqual(typesOf(flow.filter(({ x }) => x !== undefined)));
    expect(nodes.filter(({ valid }) => !valid)).toEqual([]);
  });

  it('deploys them all; nothing runs by itself', async () => {
    stage().home.clear();
    const { length } = stage().home.red.output;
    await stage().home.red.restarted(() => editor.deploy());
    expect(stage().home.red.output.slice(length)).not.toMatch(/\[error\]|missing types/i);
    expect(stage().home.sandbox.servers.tautulli.exchanges).toEqual([]);
  });

  it('prints no error and no warning in the browser', () => {
    expect(editor.complaints).toEqual([]);
  });
});
