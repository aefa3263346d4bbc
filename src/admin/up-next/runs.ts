import { toInstant } from '../../core/time.js';
import type { RunView } from '../../core/up-next/index.js';
import type { RunRecord } from '../../runtime/journal/records.js';
import { shortType } from './deployed.js';

export const isRunning = ({ steps }: RunRecord): boolean =>
  [...steps.values()].some(({ state }) => state === 'working');

export const runView = (run: RunRecord): RunView => ({
  id: run.id,
  startedAt: toInstant(run.startedAt),
  ms: run.heardAt - run.startedAt,
  running: isRunning(run),
  dryRun: run.dryRun,
  requests: { ...run.requests },
  steps: [...run.steps.values()].map(({ node, type, name, state, text, ms }) => ({
    node,
    type: shortType(type),
    name,
    state,
    text,
    ms,
  })),
  errors: [...run.errors.values()],
});
