import { describe, expect, it } from 'vitest';
import { type RunView, lastView, planView } from '../../../src/core/up-next/index.js';
import { item, plan, thread } from '../words/builders.js';

const run = (facts: Partial<RunView> = {}): RunView => ({
  ...{ ids: ['run'], startedAt: '2026-11-22T18:00:00.000Z', ms: 40, running: false, dryRun: false },
  requests: { tautulli: 1, sonarr: 2, sabnzbd: 3 },
  steps: [],
  errors: [],
  ...facts,
});

describe('what is kept of what the sidebar shows', () => {
  it('is the plan and the run as they were shown', () => {
    const view = planView(plan({ items: [item(6), item(7)], notes: ['one'] }));
    expect(lastView('tab', view, run())).toEqual({ flow: 'tab', at: view.at, plan: view, run: run() });
  });

  it('is at work on nothing: what was under way when Node-RED ended has ended with it', () => {
    const step = {
      node: 'a',
      type: 'sonarr-search',
      name: '',
      state: 'working',
      text: 'searching 1/3',
      ms: 1,
    } as const;
    const kept = lastView('tab', { ...planView(plan()), partial: true }, run({ running: true, steps: [step] }));
    expect(kept.plan.partial).toBe(false);
    expect(kept.run).toMatchObject({ running: false, steps: [{ state: 'stopped' }] });
  });

  it('is bounded, whatever a household or a server says, and says how much it leaves out', () => {
    const long = 'x'.repeat(5000);
    const threads = Array.from({ length: 250 }, (_, i) =>
      thread({ viewer: { id: `${i % 50}`, name: long.slice(0, 50) } }),
    );
    const wanted = Array.from({ length: 150 }, (_, i) =>
      item(i + 10, { viewers: [{ id: 'x', name: 'X' }], reason: { code: 'search', text: long, until: null } }),
    );
    const view = planView(plan({ threads, items: wanted, notes: Array.from({ length: 500 }, () => long) }));
    const errors = Array.from({ length: 50 }, (_, i) => ({
      ...{ code: 'timeout', service: 'sonarr', retryable: true, message: `${i} ${long}` },
    })) as RunView['errors'];
    const kept = lastView('tab', view, run({ errors }));
    expect(kept.plan.viewers.flatMap((viewer) => viewer.threads)).toHaveLength(100);
    expect(kept.plan.openWants).toHaveLength(50);
    expect(kept.plan.leftOut).toBe(150 + 100);
    expect(JSON.stringify(kept).length).toBeLessThan(120_000);
  });

  it('names no episode that it leaves out, and is the same when it is kept again', () => {
    const viewers = Array.from({ length: 90 }, (_, i) => ({ id: `${i}`, name: `V${i}` }));
    const series = (i: number) => ({ ...thread().series, sonarrId: i });
    const threads = viewers.map((viewer, i) => thread({ viewer, series: series(i) }));
    const items = viewers.flatMap((viewer, i) =>
      [6, 7, 8].map((episode) => item(episode, { episodeId: i * 10 + episode, series: series(i), viewers: [viewer] })),
    );
    const { plan: kept } = lastView('tab', planView(plan({ threads, items })), null);
    const named = kept.viewers.flatMap((viewer) => viewer.threads.flatMap(({ next }) => next));
    expect(kept.episodes).toHaveLength(200);
    expect(named).toHaveLength(200);
    expect(kept.leftOut).toBe(70);
    expect(lastView('tab', kept, null).plan).toEqual(kept);
  });
});
