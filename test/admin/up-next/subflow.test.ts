import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployed, deployedFlows } from '../../../src/admin/up-next/deployed.js';
import { runningNodes } from '../../../src/admin/up-next/running.js';
import { triggersOf } from '../../../src/admin/up-next/triggers.js';
import type { FlowView, UpNextView } from '../../../src/core/up-next/index.js';
import { exampleFlow, startHousehold, type Household } from '../../e2e/bench.js';
import { twoPeople } from '../../e2e/households.js';

const TAB = 'jit-example-tab';
const inject = (id: string, z: string, to: string): object => ({
  ...{ id, type: 'inject', z, name: '', props: [], repeat: '', crontab: '', once: false, topic: '', x: 80, y: 80 },
  wires: [[to]],
});

/** The example as a subflow: once with an inject on the tab, once in another subflow, where its inject is. */
const boxed = async (): Promise<readonly object[]> => {
  const example = (await exampleFlow()).filter(({ type, id }) => type !== 'inject' && id !== TAB);
  return [
    { id: 'home', type: 'tab', label: 'Home' },
    ...example.map((node) => (node.z === TAB ? { ...node, z: 'sub' } : node)),
    { id: 'sub', type: 'subflow', name: 'Household', in: [{ x: 0, y: 0, wires: [{ id: 'jit-history' }] }], out: [] },
    { id: 'shell', type: 'subflow', name: 'Shell', in: [], out: [] },
    { id: 'core', type: 'subflow:sub', z: 'shell', name: '', x: 200, y: 80, wires: [] },
    inject('tick', 'shell', 'core'),
    { id: 'box', type: 'subflow:shell', z: 'home', name: 'Boxed', x: 200, y: 80, wires: [] },
    { id: 'fed', type: 'subflow:sub', z: 'home', name: 'Fed', x: 200, y: 160, wires: [] },
    inject('kick', 'home', 'fed'),
  ];
};

let home: Household;
beforeAll(async () => {
  home = await startHousehold(twoPeople, await boxed());
}, 120_000);
afterAll(async () => home[Symbol.asyncDispose]());

const flow = async (id: string): Promise<FlowView | undefined> => {
  const { flows } = (await (await home.red.ask('/plex-jit/up-next')).json()) as UpNextView;
  return flows.find((one) => one.id === id);
};
const start = (body: object): Promise<Response> =>
  home.red.ask('/plex-jit/run', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function planOf(id: string, isDry: boolean): Promise<FlowView> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const now = await flow(id);
    // Between two nodes no node is at work: over is a run when its last one has been.
    const isThrough = now?.lastRun?.steps.some(({ type }) => type === 'tautulli-notify') === true;
    const isOver = isThrough && now.lastRun?.running === false;
    if (isOver && now.lastRun.dryRun === isDry && now.plans[0]?.dryRun === isDry) return now;
    if (Date.now() > deadline) throw new Error('no run came to its end');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('flows inside subflows, in a real Node-RED', () => {
  it('can be started, each instance for itself', async () => {
    const { flows } = (await (await home.red.ask('/plex-jit/up-next')).json()) as UpNextView;
    expect(
      flows.map(({ id, home: at, label, run, planOnly }) => [id, at, label, run.missing, planOnly.missing]),
    ).toEqual([
      ['box-core', 'sub', 'Household', null, null],
      ['fed', 'sub', 'Fed', null, null],
    ]);
  });

  it.each(['fed', 'box-core'])('plan only: %s', async (id) => {
    expect((await start({ flow: id, dryRun: true })).status).toBe(200);
    expect((await planOf(id, true)).plans[0]?.viewers.map(({ name }) => name)).toEqual(['Ann', 'Bob']);
    expect(home.changes()).toEqual([]);
  });

  it.each(['box-core', 'fed'])('run now, by the inject that leads into it: %s', async (id) => {
    expect((await start({ flow: id, dryRun: false })).status).toBe(200);
    expect((await planOf(id, false)).lastRun?.errors).toEqual([]);
    expect(home.grabbed().length).toBeGreaterThan(0);
  });
});

const running = (...nodes: readonly Partial<Deployed>[]): ReadonlyMap<string, Deployed> =>
  runningNodes(new Map((nodes as readonly Deployed[]).map((node) => [node.id, node])));

describe('the nodes of subflows as they run', () => {
  const next = { id: 'next', type: 'plex-jit-next-episodes', z: 'sub', wires: [[]] };
  const sub = {
    id: 'sub',
    type: 'subflow',
    in: [{ wires: [{ id: 'next' }] }],
    out: [{ wires: [{ id: 'next', port: 0 }] }],
  };
  const tab = { id: 'tab', type: 'tab', label: 'Tab' };

  it('lead on to what their instance is wired to', () => {
    const all = running(tab, sub, next, { id: 'one', type: 'subflow:sub', z: 'tab', wires: [['after']] });
    expect(all.get('one')?.wires).toEqual([['one-next']]);
    expect(all.get('one-next')?.wires).toEqual([['after']]);
    expect(all.has('next')).toBe(false);
  });

  it('are reached through a subflow that only passes on', () => {
    const pass = {
      id: 'pass',
      type: 'subflow',
      in: [{ wires: [{ id: 'pass' }] }],
      out: [{ wires: [{ id: 'pass', port: 0 }] }],
    };
    const all = running(
      ...[tab, sub, next, pass, { id: 'one', type: 'subflow:sub', z: 'tab', wires: [[]] }],
      { id: 'first', type: 'subflow:pass', z: 'tab', wires: [['one']] },
      { id: 'start', type: 'inject', z: 'tab', wires: [['first']] },
    );
    const [flowOne] = deployedFlows(all);
    expect(flowOne && triggersOf(flowOne, all).inject?.id).toBe('start');
  });

  it('are not there where the instance or its tab is disabled', () => {
    const off = { id: 'off', type: 'tab', disabled: true };
    const all = running(...[tab, off, sub, next, { id: 'one', type: 'subflow:sub', z: 'tab', d: true }], {
      id: 'two',
      type: 'subflow:sub',
      z: 'off',
    });
    expect(deployedFlows(all)).toEqual([]);
  });
});
