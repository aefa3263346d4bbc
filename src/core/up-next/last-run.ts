import { compareText } from '../compare.js';
import { groupsOf } from '../groups.js';
import { toMs } from '../time.js';
import type { PlanView, RunView } from './types.js';

/** Milliseconds: what one press begins, begins within these, on a busy machine too. */
const TOGETHER = 5000;

const beganAt = ({ startedAt }: RunView): number => toMs(startedAt);
const heardAt = (run: RunView): number => beganAt(run) + run.ms;
const endedAt = (run: RunView): number => (run.running ? Infinity : heardAt(run));

const ranTogether = (a: RunView, b: RunView): boolean =>
  beganAt(a) <= endedAt(b) + TOGETHER && beganAt(b) <= endedAt(a) + TOGETHER;

/** The node that begins it: each branch of a flow has its own. */
const branchOf = ({ steps }: RunView): string | undefined => steps[0]?.node;

/** A look at what would be done hides no run that was still at work when it began, nor what came of that. */
function leading(runs: readonly RunView[]): RunView | undefined {
  const latest = runs.at(-1);
  if (latest?.dryRun !== true) return latest;
  return runs.filter((run) => !run.dryRun && endedAt(run) > beganAt(latest)).at(-1) ?? latest;
}

const sumOf = (runs: readonly RunView[]): RunView['requests'] => {
  const sum = (of: keyof RunView['requests']): number => runs.reduce((all, { requests }) => all + requests[of], 0);
  return { tautulli: sum('tautulli'), sonarr: sum('sonarr'), sabnzbd: sum('sabnzbd') };
};

/** Several told as one. @param runs in the order in which they began */
const asOne = (first: RunView, runs: readonly RunView[]): RunView => ({
  ids: runs.flatMap(({ ids }) => ids),
  startedAt: first.startedAt,
  ms: Math.max(...runs.map(heardAt)) - beganAt(first),
  running: runs.some(({ running }) => running),
  dryRun: first.dryRun,
  requests: sumOf(runs),
  steps: runs.flatMap(({ steps }) => steps),
  // What all branches need fails in each.
  errors: [
    ...groupsOf(
      runs.flatMap(({ errors }) => errors),
      ({ message }) => message,
    ).values(),
  ].map(([one]) => one),
});

/**
 * The last run of a flow as people see it, null when there is none: one press begins a run in each branch, and these are
 * told as one. To the latest belong what is still at work and, of each other branch, the latest that ran at the same time.
 * @param all of one flow, in the order in which they began
 */
export function lastRun(all: readonly RunView[]): RunView | null {
  const begun = all.filter(({ steps }) => steps.length > 0);
  const leader = leading(begun);
  if (leader === undefined) return null;
  const alike = begun.filter(({ dryRun }) => dryRun === leader.dryRun);
  const latest = new Map(alike.map((run) => [branchOf(run), run]));
  const together = alike.filter(
    (run) => run === leader || run.running || (latest.get(branchOf(run)) === run && ranTogether(run, leader)),
  );
  return asOne(together[0] ?? leader, together);
}

/**
 * The latest look at what would be done, where it is not shown, as a real run was still at work when it began; else null.
 * @param all of one flow, in the order in which they began
 * @param shown what `lastRun` makes of them
 */
export function hiddenLook(all: readonly RunView[], shown: RunView | null): Pick<RunView, 'startedAt'> | null {
  const latest = all.findLast(({ steps }) => steps.length > 0);
  return latest?.dryRun === true && shown?.dryRun === false ? { startedAt: latest.startedAt } : null;
}

/** Of each Sonarr the plan that the run made; the latest where it made none. */
export const plansFor = <P extends PlanView>(plans: readonly P[], run: RunView | null): readonly P[] =>
  [...groupsOf(plans, ({ sonarr }) => sonarr.id).values()].map(
    ([first, ...others]) =>
      [first, ...others].find(({ runId }) => run?.ids.includes(runId)) ??
      others.reduce((latest, one) => (one.at > latest.at ? one : latest), first),
  );

/** By the names of their Sonarrs: in the order in which the branches got there they would change places from run to run. */
export const inOrder = <P extends Pick<PlanView, 'sonarr'>>(plans: readonly P[]): readonly P[] =>
  plans.toSorted(({ sonarr: a }, { sonarr: b }) => compareText(a.name, b.name) || compareText(a.id, b.id));
