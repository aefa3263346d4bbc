import { randomUUID } from 'node:crypto';
import type { RequestTrace } from '../clients/http/types.js';
import type { RequestCounts, RunInfo, ServiceName } from '../core/contracts/index.js';
import { toInstant } from '../core/time.js';
import type { Clock } from '../state/types.js';
import type { JitMessage } from './node-types.js';
import { shared } from './registry.js';
import { asksForDryRun, carried } from './settings/read.js';

const SERVICES = ['tautulli', 'sonarr', 'sabnzbd'] as const satisfies readonly ServiceName[];

/** Runs whose requests are still counted; a message can be held up on its way for a while. */
const RUNS_COUNTED = 100;

/** One count per run for the whole process: a partial plan and the plan it was taken from count together. */
const counts = (): Map<string, RequestCounts> => shared('request-counts', () => new Map<string, RequestCounts>());

const countsOf = (run: RunInfo): RequestCounts => {
  const all = counts();
  const known = all.get(run.id) ?? { ...run.requests };
  all.delete(run.id);
  all.set(run.id, known);
  for (const id of all.keys()) {
    if (all.size <= RUNS_COUNTED) break;
    all.delete(id);
  }
  return known;
};

export const countRequest = (run: RunInfo, trace: RequestTrace): void => {
  countsOf(run)[trace.service] += 1;
};

/** Writes what has been counted so far into the run that a message carries. */
export const tally = (run: RunInfo): void => {
  Object.assign(run.requests, countsOf(run));
};

/** What the latest run has sent so far, also when it ended without a plan; null when none has begun. */
export const latestRequests = (): RequestCounts | null => {
  const latest = [...counts().values()].at(-1);
  return latest === undefined ? null : { ...latest };
};

export const newRun = (msg: JitMessage, now: Clock): RunInfo => ({
  id: randomUUID(),
  startedAt: toInstant(now()),
  dryRun: asksForDryRun(msg),
  requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
});

const isCounts = (counted: unknown): boolean =>
  typeof counted === 'object' &&
  counted !== null &&
  SERVICES.every((service) => typeof (counted as Partial<RequestCounts>)[service] === 'number');

const isRun = (value: unknown): value is RunInfo => {
  const run = value as Partial<RunInfo> | null | undefined;
  return (
    typeof run === 'object' &&
    run !== null &&
    typeof run.id === 'string' &&
    typeof run.startedAt === 'string' &&
    typeof run.dryRun === 'boolean' &&
    isCounts(run.requests)
  );
};

/** The run that a message carries, in its payload or beside it; null when there is none. */
export const runIn = ({ payload, plexJit }: JitMessage): RunInfo | null => {
  const runs = [payload, plexJit].map((part) => (part as { readonly run?: unknown } | null | undefined)?.run);
  return runs.find(isRun) ?? null;
};

/** The run that came with `Play[]` in `msg.plexJit.run`; a new one for plays of another source. A dry run asked for later counts. */
export const runOf = (msg: JitMessage, now: Clock): RunInfo => {
  const run = carried(msg).run;
  return isRun(run) ? continued(run, msg) : newRun(msg, now);
};

/** The run that a payload carries, as a dry run when this message asks for one: once dry, a run stays so. */
export const continued = (run: RunInfo, msg: JitMessage): RunInfo =>
  run.dryRun || !asksForDryRun(msg) ? run : { ...run, dryRun: true };
