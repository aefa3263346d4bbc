import type { RequestCounts, RunError, RunInfo } from '../../core/contracts/index.js';
import { cut } from '../../core/labels.js';
import type { ErrorView, PlanView, StepState } from '../../core/up-next/index.js';
import type { NodeError } from '../node-error.js';

/** What one node did in a run; a node that worked on several messages of it (partial plans) has one record. */
export interface StepRecord {
  readonly node: string;
  readonly type: string;
  readonly name: string;
  state: Exclude<StepState, 'waiting'>;
  /** Messages in the node's queue. */
  waiting: number;
  text: string;
  /** Milliseconds, of all its messages together. */
  ms: number;
  /** Messages worked on. */
  times: number;
}

export interface RunRecord {
  /** The run's id; of work that ended before it had a run, one of its own. */
  readonly id: string;
  readonly startedAt: number;
  /** When its latest step ended, or said what it is doing. */
  heardAt: number;
  dryRun: boolean;
  requests: RequestCounts;
  readonly steps: Map<string, StepRecord>;
  /** By message: the same failure is told by the plan and by the node. */
  readonly errors: Map<string, ErrorView>;
}

/** Whether a node works on a message of it, or has one in its queue. */
export const isRunning = ({ steps }: RunRecord): boolean =>
  [...steps.values()].some(({ state, waiting }) => state === 'working' || waiting > 0);

export interface FlowRecord {
  /** The tab, or the subflow's instance. */
  readonly id: string;
  /** By run id, in the order in which they were first heard of. */
  readonly runs: Map<string, RunRecord>;
  /** The latest plan of each Sonarr; beside it, the latest that only looks at what would be done. */
  readonly plans: Map<string, PlanRecord>;
}

export interface PlanRecord {
  readonly view: PlanView;
  /** All searches are done: a partial plan that comes later says less. */
  readonly searched: boolean;
}

/** A sentence of a server may hold a page of text. */
const LONGEST = 500;

export const errorOf = ({ code, service, retryable, message }: NodeError | RunError): ErrorView => ({
  code,
  service,
  retryable,
  message: cut(message, LONGEST),
});

export const newRunRecord = (id: string, now: number): RunRecord => ({
  id,
  startedAt: now,
  heardAt: now,
  dryRun: false,
  requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
  steps: new Map(),
  errors: new Map(),
});

/** What the run itself says of it. */
export const takeOver = (record: RunRecord, run: RunInfo): void => {
  record.dryRun = run.dryRun;
  record.requests = { ...run.requests };
};
