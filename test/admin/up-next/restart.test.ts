import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowView, UpNextView } from '../../../src/core/up-next/index.js';
import { exampleFlow, INJECT, startHousehold, textsBelow, type Household } from '../../e2e/bench.js';
import { twoPeople } from '../../e2e/households.js';

const shown = async ({ red }: Household): Promise<FlowView | undefined> =>
  ((await (await red.ask('/plex-jit/up-next')).json()) as UpNextView).flows[0];

/** Until what a run left is in the store. */
async function kept({ userDir }: Household): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const texts = await textsBelow(join(userDir, 'context')).catch(() => new Map<string, string>());
    if ([...texts.values()].some((text) => text.includes('plexJit_sonarr_upNext'))) return;
    if (Date.now() > deadline) throw new Error('nothing was kept');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the sidebar after a restart of a real Node-RED', () => {
  let home: Household;
  beforeAll(async () => {
    home = await startHousehold(twoPeople, await exampleFlow());
    await home.red.run(INJECT);
  }, 120_000);
  afterAll(async () => home[Symbol.asyncDispose]());

  it('shows what it showed before, as of then, although it was stopped at the end of the run', async () => {
    const before = await shown(home);
    await home.red.stop();
    await home.red.start();
    const after = await shown(home);
    expect(after?.plans).toEqual(before?.plans.map((plan) => ({ ...plan, recalled: true })));
    expect(after?.plans[0]?.episodes.length).toBeGreaterThan(0);
    expect(after?.lastRun).toMatchObject({ ids: before?.lastRun?.ids, recalled: true, running: false });
    expect(after?.forgets).toBe(false);
  }, 60_000);

  it('shows the next run as ever', async () => {
    await home.red.run(INJECT);
    const after = await shown(home);
    expect([after?.lastRun?.recalled, ...(after?.plans.map(({ recalled }) => recalled) ?? [])]).toEqual([false, false]);
  }, 60_000);

  it('keeps no key', async () => {
    await kept(home);
    for (const [file, text] of await textsBelow(join(home.userDir, 'context')))
      for (const key of Object.values(home.sandbox.keys)) expect(text, file).not.toContain(key);
  });
});

describe('the sidebar after a restart with a context that is kept in memory', () => {
  it('is empty, and knows why', async () => {
    await using home = await startHousehold(twoPeople, await exampleFlow(), {
      settings: 'delete settings.contextStorage;',
    });
    await home.red.run(INJECT);
    expect((await shown(home))?.plans).toHaveLength(1);
    await home.red.stop();
    await home.red.start();
    expect(await shown(home)).toMatchObject({ plans: [], lastRun: null, forgets: true });
  }, 120_000);
});
