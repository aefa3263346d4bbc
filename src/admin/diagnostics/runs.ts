import { type FlowRecord, isRunning, type RunRecord } from '../../runtime/journal/records.js';
import { shortType } from '../up-next/deployed.js';
import { runView } from '../up-next/runs.js';
import { byCode } from './plain.js';

function runReport(run: RunRecord, names: boolean): object {
  if (names) return runView(run);
  return {
    startedAt: new Date(run.startedAt).toISOString(),
    ms: run.heardAt - run.startedAt,
    running: isRunning(run),
    dryRun: run.dryRun,
    requests: run.requests,
    steps: [...run.steps.values()].map(({ type, state, ms, times }) => ({ type: shortType(type), state, ms, times })),
    errors: byCode([...run.errors.values()]),
  };
}

/** The last runs of a flow; without names no more than times, counts and codes. */
export const runsReport = ({ runs, plans }: FlowRecord, names: boolean): object => ({
  runs: [...runs.values()].map((run) => runReport(run, names)),
  plans: [...plans.values()].map(({ view }) =>
    names
      ? view
      : {
          at: view.at,
          dryRun: view.dryRun,
          partial: view.partial,
          counts: view.counts,
          viewers: view.viewers.length,
          threads: view.viewers.reduce((sum, { threads }) => sum + threads.length, 0),
          openWants: view.openWants.length,
          notes: view.notes.length,
          states: byCode(view.episodes),
        },
  ),
});
