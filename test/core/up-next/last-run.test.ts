import { describe, expect, it } from 'vitest';
import { hiddenLook, inOrder, type RunView, lastRun, planView, plansFor } from '../../../src/core/up-next/index.js';
import { plan } from '../words/builders.js';

const SECOND = 1000;
const at = (second: number): string => new Date(Date.parse('2026-11-22T18:00:00.000Z') + second * SECOND).toISOString();

/** @param first the node that begins it; each run has done one step there */
const run = (id: string, first: string, facts: Partial<RunView> & { from: number; to: number | null }): RunView => {
  const { from, to, ...others } = facts;
  const state = to === null ? 'working' : 'ok';
  return {
    ...{ ids: [id], startedAt: at(from), ms: ((to ?? from) - from) * SECOND, running: to === null, dryRun: false },
    requests: { tautulli: 1, sonarr: 2, sabnzbd: 0 },
    steps: [{ node: first, type: 'tautulli-history', name: '', state, text: id, ms: 1 }],
    errors: [],
    ...others,
  };
};
const dry = { dryRun: true };
const idsOf = (...runs: readonly RunView[]): readonly string[] | undefined => lastRun(runs)?.ids;

const lookHidden = (...runs: readonly RunView[]): string | undefined => hiddenLook(runs, lastRun(runs))?.startedAt;

describe('the last run of a flow', () => {
  it('is none while none has done anything', () => {
    expect(lastRun([])).toBeNull();
    expect(lastRun([run('a', 'tv', { from: 0, to: 1, steps: [] })])).toBeNull();
  });

  it('is all that one press began: a run of each branch, as long as one of them is at work', () => {
    const failure = { code: 'refused', service: 'sonarr', retryable: true, message: 'Sonarr refused.' } as const;
    const both = lastRun([
      run('a', 'tv', { from: 0, to: null }),
      run('b', 'anime', { from: 0.1, to: 3, errors: [failure, { ...failure, message: 'Other.' }] }),
      run('c', 'films', { from: 0.2, to: 1, errors: [failure] }),
    ]);
    expect(both).toMatchObject({ ids: ['a', 'b', 'c'], startedAt: at(0), ms: 3 * SECOND, running: true });
    expect(both?.steps.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    expect(both?.errors.map(({ message }) => message)).toEqual(['Sonarr refused.', 'Other.']);
    expect(both?.requests).toEqual({ tautulli: 3, sonarr: 6, sabnzbd: 0 });
  });

  it('has the branch that failed at once, and the one that goes on long after the other', () => {
    expect(idsOf(run('a', 'tv', { from: 0, to: 0 }), run('b', 'anime', { from: 1, to: 600 }))).toEqual(['a', 'b']);
    expect(idsOf(run('a', 'tv', { from: 0, to: 600 }), run('b', 'anime', { from: 1, to: 2 }))).toEqual(['a', 'b']);
  });

  it('has of each branch the latest run only', () => {
    const before = [run('a', 'tv', { from: 0, to: 4 }), run('b', 'anime', { from: 0, to: 4 })];
    const after = [run('c', 'tv', { from: 6, to: 9 }), run('d', 'anime', { from: 6, to: 9 })];
    expect(idsOf(...before, ...after)).toEqual(['c', 'd']);
  });

  it('has nothing of a branch that does not run any more', () => {
    expect(idsOf(run('a', 'removed', { from: 0, to: 4 }), run('b', 'tv', { from: 60, to: 62 }))).toEqual(['b']);
  });

  it('has what is still at work of the run before, behind which it waits', () => {
    const running = run('a', 'tv', { from: 0, to: null });
    expect(idsOf(running, run('b', 'tv', { from: 3, to: null }))).toEqual(['a', 'b']);
    expect(idsOf(run('a', 'tv', { from: 0, to: 30 }), run('b', 'tv', { from: 3, to: 40 }))).toEqual(['b']);
  });

  it('is a real one that was still at work when a dry one began, which hides neither it nor what came of it', () => {
    const branch = run('b', 'anime', { from: 0, to: 1 });
    const look = run('c', 'tv', { from: 3, to: 4, ...dry });
    expect(idsOf(run('a', 'tv', { from: 0, to: null }), branch, look)).toEqual(['a', 'b']);
    expect(idsOf(run('a', 'tv', { from: 0, to: 20 }), branch, look)).toEqual(['a', 'b']);
    expect(idsOf(run('a', 'tv', { from: 0, to: 2 }), branch, look)).toEqual(['c']);
  });

  it('tells of the dry one that it hides, until a real one begins', () => {
    const look = run('c', 'tv', { from: 3, to: null, ...dry });
    const real = run('a', 'tv', { from: 0, to: null });
    expect(lookHidden()).toBeUndefined();
    expect(lookHidden(real)).toBeUndefined();
    expect(lookHidden(real, look)).toBe(at(3));
    expect(lookHidden(real, look, run('d', 'tv', { from: 4, to: 4, ...dry, steps: [] }))).toBe(at(3));
    expect(lookHidden(run('a', 'tv', { from: 0, to: 2 }), look)).toBeUndefined();
    expect(lookHidden(real, look, run('d', 'tv', { from: 9, to: null }))).toBeUndefined();
  });
});

describe('the plans that are shown with it', () => {
  const view = (id: string, minute: number, dryRun: boolean, sonarr = 'one') =>
    planView(
      plan({
        at: at(minute * 60),
        run: { ...plan().run, id, dryRun },
        sonarr: { id: sonarr, name: sonarr, url: 'http://nas:8989' },
      }),
    );
  const shown = (ids: readonly string[], ...plans: readonly ReturnType<typeof view>[]) =>
    plansFor(plans, { ...run('', 'tv', { from: 0, to: 1 }), ids }).map(({ runId }) => runId);

  it("are the run's own, of each Sonarr", () => {
    expect(shown(['a', 'b'], view('a', 1, false), view('x', 2, true), view('b', 1, false, 'two'))).toEqual(['a', 'b']);
  });

  it('are the latest of a Sonarr for which it made none', () => {
    expect(shown(['a'], view('old', 1, false), view('x', 2, true))).toEqual(['x']);
    expect(shown(['a'], view('old', 3, false), view('x', 2, true))).toEqual(['old']);
    expect(plansFor([view('old', 1, false)], null)).toHaveLength(1);
  });

  it('stand in the order of the names of their Sonarrs, whichever branch was the first', () => {
    const plans = ['two', 'one'].map((name, i) => view(name, i, false, name));
    expect(inOrder(plans).map(({ sonarr }) => sonarr.name)).toEqual(['one', 'two']);
    expect(inOrder(plans.toReversed()).map(({ sonarr }) => sonarr.name)).toEqual(['one', 'two']);
  });
});
