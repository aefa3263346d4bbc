import { describe, expect, it } from 'vitest';
import type { PlanningSettings } from '../../../src/core/contracts/index.js';
import { planText, withText } from '../../../src/core/words/plan-text.js';
import { lookup } from '../../runtime/builders.js';
import { planEpisodes } from '../planning/household.js';
import { item, plan } from './builders.js';

const planning: PlanningSettings = {
  episodesToCheck: 5,
  checkOverflow: 3,
  execFrequency: 60,
  skipSpecials: true,
  rules: [],
  sharedViewers: [],
  searchesPerRun: 10,
  searchesPerDay: 50,
};

describe('the text of a plan', () => {
  it('begins with the summary and tells what happens next, in the order of need, with who and why', () => {
    const items = [
      item(6),
      item(7, { neededBy: '2026-11-22T17:00:00.000Z', result: { code: 'nothing-found', text: 'No release.' } }),
      item(8, { action: 'none', reason: { code: 'on-disk', text: 'On disk', until: null } }),
    ];
    expect(planText(plan({ items })).split('\n')).toEqual([
      '1 series · 1 thread · 2 of 3 episodes to fetch in 1 search · 1 not found',
      'Harbour Lights S02E06 for Ann, in 30 min: search (missing)',
      'Harbour Lights S02E07 for Ann, now: nothing found (missing; no release)',
    ]);
  });

  it('says that a dry run is one', () => {
    const dry = plan({ run: { ...plan().run, dryRun: true } });
    expect(planText(dry)).toMatch(/^Dry run · /);
  });

  it('tells of what is stuck although nothing is to be done', () => {
    const blocked = item(6, { action: 'none', reason: { code: 'blocked', text: 'Blocked', until: null } });
    expect(planText(plan({ items: [blocked] }))).toContain('S02E06 for Ann, in 30 min: its import is blocked');
  });

  it('is at most eleven lines of at most 200 letters, however much there is', () => {
    const long = 'x'.repeat(500);
    const error = {
      code: 'timeout',
      server: 'Sonarr',
      service: 'sonarr',
      operation: 'search',
      status: null,
      retryable: true,
      message: long,
    } as const;
    const items = Array.from({ length: 300 }, (_, i) => item(i + 1, { series: { ...item(1).series, title: long } }));
    const lines = planText(plan({ items, errors: [error, error] })).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-2)).toBe('… and 292 more');
    expect(Math.max(...lines.slice(1).map((line) => line.length))).toBe(200);
  });

  it('is the first property of what the planner makes, so that the debug view shows it first', () => {
    const { plan: made } = planEpisodes(lookup(), planning, Date.parse('2026-11-22T18:00:00.000Z'));
    expect(Object.keys(made)[0]).toBe('text');
    expect(made.text).toBe(planText(made));
    expect(Object.keys(withText(made))[0]).toBe('text');
  });
});
