import { expect, it } from 'vitest';
import type { PlanningSettings } from '../../../../src/core/contracts/index.js';
import type { PlanAndWants } from '../../../../src/core/planning/index.js';
import { others, plan, played, searched, show, type Remembering, type Show } from '../household.js';

/** A numbered case of docs/planning.md. */
export interface Case {
  readonly n: number;
  readonly rule: string;
  readonly shows: () => readonly Show[];
  readonly settings?: Partial<PlanningSettings>;
  readonly remembered?: (shows: readonly Show[]) => Remembering;
  /** What is searched, in this order. */
  readonly searched: string;
  /** What else is in the plan, with the reason. */
  readonly others?: string;
  readonly also?: (result: PlanAndWants, shows: readonly Show[]) => void;
}

/** A test for each, named by its number. */
export const testEach = (cases: readonly Case[]): void =>
  it.each(cases)('$n: $rule', ({ shows, settings, remembered, searched: searches, others: rest, also }) => {
    const all = shows();
    const result = plan(all, settings, remembered?.(all));
    expect(searched(result)).toBe(searches);
    if (rest !== undefined) expect(others(result)).toBe(rest);
    also?.(result, all);
  });

/** Show A, of which Ann played one episode. */
export const ann = (text: string, label: string, at = '-1h'): Show => played(show('A', text), 'Ann', label, at);

/** Its plays are only remembered. */
export const inactive = (of: Show): Show => ({
  ...of,
  plays: of.plays.map((matched) => ({ ...matched, play: { ...matched.play, active: false } })),
});
