import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowView, UpNextView } from '../../../src/core/up-next/index.js';
import { exampleFlow, INJECT, startHousehold, type Household, withSettings } from '../../e2e/bench.js';
import { twoPeople } from '../../e2e/households.js';

const TAB = 'jit-example-tab';

/** Whoever is not logged in may read; the token is the owner's. */
const AUTH = `settings.adminAuth = {
  type: 'credentials',
  users: async (username) => ({ username, permissions: '*' }),
  authenticate: async () => null,
  tokens: async (token) => (token === 'owner' ? { username: 'owner', permissions: '*' } : null),
  default: async () => ({ anonymous: true, permissions: 'read' }),
};`;
const OWNER = { authorization: 'Bearer owner' };

const second = [
  { id: 'other', type: 'tab', label: 'Another source' },
  { id: 'other-next', type: 'plex-jit-next-episodes', z: 'other', name: '', x: 100, y: 100, wires: [[]] },
  { id: 'off', type: 'tab', label: 'Off', disabled: true },
  { id: 'off-next', type: 'plex-jit-next-episodes', z: 'off', name: '', x: 100, y: 100, wires: [[]] },
];

let home: Household;
beforeAll(async () => {
  const example = withSettings(await exampleFlow(), { 'jit-sonarr': { linkUrl: '${SONARR_LINKS}' } });
  home = await startHousehold(twoPeople, [...example, ...second], {
    settings: AUTH,
    headers: {},
    env: () => ({ SONARR_LINKS: 'https://Sonarr.example/base/' }),
  });
}, 120_000);
afterAll(async () => home[Symbol.asyncDispose]());

const read = async (): Promise<UpNextView> => (await home.red.ask('/plex-jit/up-next')).json() as Promise<UpNextView>;
const flow = async (id = TAB): Promise<FlowView | undefined> => (await read()).flows.find((one) => one.id === id);
const start = (body: object, headers: Readonly<Record<string, string>> = OWNER): Promise<Response> =>
  home.red.ask('/plex-jit/run', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Asks until a run that began after the earlier one is over. */
async function nextRun(earlier: string | undefined): Promise<FlowView> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const now = await flow();
    // Between two nodes no node is at work: over is a run when its last one has been.
    const isThrough = now?.lastRun?.steps.some(({ type }) => type === 'tautulli-notify') === true;
    if (now?.lastRun && now.lastRun.ids.at(-1) !== earlier && !now.lastRun.running && isThrough) {
      if (now.plans.some(({ runId }) => now.lastRun?.ids.includes(runId))) return now;
    }
    if (Date.now() > deadline) throw new Error('no run came to its end');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the routes of the sidebar, in a real Node-RED with a login', () => {
  it.each(['up-next', 'diagnostics', 'diagnostics?names=1'])('have no browser keep the answer of %s', async (route) => {
    const answer = await home.red.ask(`/plex-jit/${route}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    await answer.body?.cancel();
  });

  it('list the flows that use the nodes, with what can be started, and no disabled one', async () => {
    const { flows } = await read();
    expect(flows.map(({ label, run, planOnly }) => [label, run.missing, planOnly.missing])).toEqual([
      ['Plex Just-In-Time', null, null],
      ['Another source', 'no-inject', 'no-history'],
    ]);
  });

  it('refuse to start a run for a user who may only read', async () => {
    expect((await start({ flow: TAB }, {})).status).toBe(401);
    expect((await flow())?.lastRun?.dryRun ?? false).toBe(false);
    expect(home.changes()).toEqual([]);
  });

  it('start a dry run: the plan is there, and nothing was changed anywhere', async () => {
    const before = (await flow())?.lastRun?.ids.at(-1);
    expect((await start({ flow: TAB, dryRun: true })).status).toBe(200);
    const { lastRun, plans } = await nextRun(before);
    expect(lastRun?.dryRun).toBe(true);
    expect(plans.map(({ dryRun, viewers }) => [dryRun, viewers.length > 0])).toEqual([[true, true]]);
    expect(home.changes()).toEqual([]);
  });

  it('give the address for links in place of the URL', async () => {
    const { plans } = await nextRun(undefined);
    expect(plans[0]?.sonarr.url).toBe('https://sonarr.example/base');
    expect(plans[0]?.viewers[0]?.threads[0]?.slug).toBe('harbour-lights');
  });

  it('start a run through the inject of the flow, and tell who needs what and what came of it', async () => {
    const before = (await flow())?.lastRun?.ids.at(-1);
    expect((await start({ flow: TAB, dryRun: false })).status).toBe(200);
    const { lastRun, plans } = await nextRun(before);
    expect(lastRun?.dryRun).toBe(false);
    expect(lastRun?.errors).toEqual([]);
    expect(plans[0]?.counts.grabbed).toBe(home.grabbed().length);
    expect(home.grabbed().length).toBeGreaterThan(0);
    expect(plans[0]?.episodes.some(({ code }) => code === 'result-grabbed')).toBe(true);
  }, 60_000);

  it.each([
    [{}, 400],
    [{ flow: 7 }, 400],
    [{ flow: TAB, dryRun: 'yes' }, 400],
    [{ flow: 'nowhere' }, 404],
    [{ flow: 'off' }, 404],
    [{ flow: 'other' }, 409],
    [{ flow: 'other', dryRun: true }, 409],
  ])('answer %j with %i and a sentence', async (body, status) => {
    const answer = await start(body);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error: string }).error).toMatch(/^[A-Z].+\.$/);
  });

  it('start nothing for a page elsewhere, which can send no JSON', async () => {
    const answer = await home.red.ask('/plex-jit/run', {
      method: 'POST',
      headers: { ...OWNER, 'content-type': 'text/plain' },
      body: JSON.stringify({ flow: TAB }),
    });
    expect(answer.status).toBe(400);
  });

  it("show the run of the flow's own button too", async () => {
    const before = (await flow())?.lastRun?.ids.at(-1);
    await home.red.ask(`/inject/${INJECT}`, { method: 'POST', headers: OWNER });
    expect((await nextRun(before)).lastRun?.steps.map(({ type }) => type)).toContain('tautulli-history');
  }, 60_000);
});
