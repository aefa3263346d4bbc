import type { Plan } from '../../src/core/contracts/index.js';
import { groupsOf } from '../../src/core/groups.js';
import { changesText, planTable } from '../../src/core/words/index.js';
import type { FlowOutcome } from './run-flow.js';

/** A run failed when a server or an item failed; plays without a match and empty searches are no failures. */
export const exitCode = ({ plan, failures }: FlowOutcome): 0 | 1 =>
  failures.length > 0 || plan === null || plan.errors.length > 0 ? 1 : 0;

/** Each failure once, in a line. */
export function failureLines({ plan, failures }: FlowOutcome): readonly string[] {
  const messages = new Set([...(plan?.errors ?? []), ...failures].map(({ message }) => message));
  // A whole server that failed is told with the episode that it failed at.
  const lines = [...messages].filter(
    (message) => ![...messages].some((other) => other !== message && other.endsWith(`: ${message}`)),
  );
  return plan === null && lines.length === 0 ? ['The flow ended without a plan.'] : lines;
}

/** The table, and what changed; null when no plan was made. */
export const planText = ({ plan, planned }: FlowOutcome, width: number): string | null =>
  plan && `${planTable(plan, width)}\n\n${changesText(plan, planned ?? plan)}\n`;

/** The one object of `--json`. */
export function jsonReport({ plan, failures, requests, ms }: FlowOutcome): object {
  const items: Plan['items'] = plan?.items ?? [];
  const errors = [...groupsOf([...(plan?.errors ?? []), ...failures], ({ message }) => message).values()];
  return {
    plan: items,
    threads: plan?.threads ?? [],
    unmatched: plan?.unmatched ?? [],
    errors: errors.map(([first]) => first),
    requests,
    ms,
  };
}
