import type { Plan } from '../../src/core/contracts/index.js';
import type { FlowOutcome } from './run-flow.js';

/** A run failed when a server or an item failed; plays without a match and empty searches are no failures. */
export const exitCode = ({ plan, failures }: FlowOutcome): 0 | 1 =>
  failures.length > 0 || plan === null || plan.errors.length > 0 ? 1 : 0;

/** Each failure once, in a line. */
export function failureLines({ plan, failures }: FlowOutcome): readonly string[] {
  const lines = [...failures.map(({ message }) => message), ...(plan?.errors ?? []).map(({ message }) => message)];
  if (plan === null && lines.length === 0) lines.push('The flow ended without a plan.');
  return [...new Set(lines)];
}

/** The one object of `--json`. */
export function jsonReport({ plan, failures, ms }: FlowOutcome): object {
  const known = new Set((plan?.errors ?? []).map(({ message }) => message));
  return {
    plan: (plan?.items ?? []) satisfies Plan['items'],
    threads: plan?.threads ?? [],
    unmatched: plan?.unmatched ?? [],
    errors: [...(plan?.errors ?? []), ...failures.filter(({ message }) => !known.has(message))],
    requests: plan?.run.requests ?? { tautulli: 0, sonarr: 0, sabnzbd: 0 },
    ms,
  };
}
