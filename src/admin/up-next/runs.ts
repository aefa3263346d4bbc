import { toInstant } from '../../core/time.js';
import type { RunView, StepState } from '../../core/up-next/index.js';
import { isRunning, type RunRecord, type StepRecord } from '../../runtime/journal/records.js';
import { shortType } from './deployed.js';

/** A node works on several messages of a run, one after the other. */
const stateOf = ({ state, waiting }: StepRecord): StepState => (state !== 'working' && waiting > 0 ? 'waiting' : state);

/** One run, as it is shown. */
export const runView = (run: RunRecord): RunView => ({
  ids: [run.id],
  startedAt: toInstant(run.startedAt),
  ms: run.heardAt - run.startedAt,
  running: isRunning(run),
  dryRun: run.dryRun,
  requests: { ...run.requests },
  steps: [...run.steps.values()].map((step) => ({
    node: step.node,
    type: shortType(step.type),
    name: step.name,
    state: stateOf(step),
    text: step.text,
    ms: step.ms,
  })),
  errors: [...run.errors.values()],
});
