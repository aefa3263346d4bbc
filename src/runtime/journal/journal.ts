import type { Plan, RunInfo } from '../../core/contracts/index.js';
import { planView } from '../../core/up-next/index.js';
import type { Clock } from '../../state/types.js';
import type { NodeError } from '../node-error.js';
import type { Node } from '../node-types.js';
import { shared } from '../registry.js';
import {
  type FlowRecord,
  type RunRecord,
  type StepRecord,
  errorOf,
  isRunning,
  newRunRecord,
  takeOver,
} from './records.js';

const FLOWS = 20;
/** Of a flow: of each Sonarr, one of what was done and one of what would be done. */
const PLANS = 40;
const RUNS = 20;
const STEPS = 50;
const ERRORS = 50;

/** How work on a message ended: `stopped` by closing the node. */
export interface StepEnd {
  readonly state: 'ok' | 'failed' | 'stopped';
  /** The node's status. */
  readonly text: string;
  readonly error?: NodeError;
}

/** Drops the oldest beyond the bound. */
const bound = (map: Map<string, unknown>, most: number): void => {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
};

/** Drops the oldest run that has ended, beyond the bound; one at work only where all others are, too. */
const boundRuns = (runs: Map<string, RunRecord>): void => {
  if (runs.size <= RUNS) return;
  const [oldest] = [...runs.values()].slice(0, RUNS).filter((run) => !isRunning(run));
  if (oldest !== undefined) runs.delete(oldest.id);
  bound(runs, RUNS);
};

/** What ran in each flow lately, and the latest plans: for people to see, so nothing depends on it. Holds no keys. */
export class Journal {
  readonly #now: Clock;
  readonly #flows = new Map<string, FlowRecord>();
  #revision = 0;
  #listener: (() => void) | null = null;

  constructor(now: Clock) {
    this.#now = now;
  }

  /** Grows with each change. */
  get revision(): number {
    return this.#revision;
  }

  get flows(): readonly FlowRecord[] {
    return [...this.#flows.values()];
  }

  /** Is told of each change; there is one listener, the latest. */
  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  /**
   * A message comes to a node, and waits there until `begins`.
   * @param run null while there is none
   * @param dryRun whether the run is to be a dry one, should the work end before there is one
   */
  wait(node: Node, run: RunInfo | null, dryRun = false): Step {
    const step = new Step(this, this.#now, node, dryRun);
    if (run !== null) step.waits(run);
    return step;
  }

  /** A message comes to a node that begins its work at once. */
  begin(node: Node, run: RunInfo | null, dryRun = false): Step {
    const step = this.wait(node, run, dryRun);
    step.begins();
    return step;
  }

  /** The record of a run, made when it is first heard of. */
  run(flow: string, id: string): RunRecord {
    const { runs } = this.#flow(flow);
    const known = runs.get(id);
    if (known !== undefined) return known;
    const record = newRunRecord(id, this.#now());
    runs.set(id, record);
    boundRuns(runs);
    return record;
  }

  /** Takes the plan for the latest of its kind and Sonarr. */
  plan(flow: string, plan: Plan, searched: boolean): void {
    const { plans } = this.#flow(flow);
    const key = `${plan.sonarr.id} ${plan.run.dryRun ? 'would be' : 'was'}`;
    const known = plans.get(key);
    const isOfSameRun = known?.view.runId === plan.run.id;
    if (isOfSameRun && known.searched && plan.partial) return;
    // Runs can overlap.
    if (!isOfSameRun && known !== undefined && known.view.at > plan.at) return;
    plans.set(key, { view: planView(plan), searched: searched || (isOfSameRun && known.searched) });
    bound(plans, PLANS);
  }

  changed(): void {
    this.#revision += 1;
    this.#listener?.();
  }

  #flow(id: string): FlowRecord {
    const known = this.#flows.get(id) ?? { id, runs: new Map<string, RunRecord>(), plans: new Map() };
    this.#flows.delete(id);
    this.#flows.set(id, known);
    bound(this.#flows, FLOWS);
    return known;
  }
}

const isPlan = (payload: unknown): payload is Plan =>
  typeof payload === 'object' && payload !== null && 'threads' in payload && 'items' in payload && 'run' in payload;

let unnamed = 0;

/** One node's work on one message, from its arrival to the end of the work. */
export class Step {
  readonly #journal: Journal;
  readonly #now: Clock;
  readonly #node: Node;
  readonly #dryRun: boolean;
  #startedAt = 0;
  #runId: string | null = null;
  #isWaiting = false;
  #text = '';

  constructor(journal: Journal, now: Clock, node: Node, dryRun: boolean) {
    this.#journal = journal;
    this.#now = now;
    this.#node = node;
    this.#dryRun = dryRun;
  }

  /** The message is in the node's queue: its run is not over. */
  waits(run: RunInfo): void {
    this.#runId = run.id;
    takeOver(this.#record(run.id), run);
    this.#isWaiting = true;
    this.#heard(run.id).waiting += 1;
  }

  begins(): void {
    this.#startedAt = this.#now();
    this.#leaveQueue();
    if (this.#runId !== null) this.#set(this.#runId, 'working');
  }

  /** Another message came in its place, or the node was closed. */
  dropped(): void {
    this.#leaveQueue();
  }

  #leaveQueue(): void {
    if (this.#isWaiting && this.#runId !== null) this.#heard(this.#runId).waiting -= 1;
    this.#isWaiting = false;
  }

  /** Called as soon as the run is known, and again when it knows more. */
  belongsTo(run: RunInfo): void {
    // The message came with an earlier run, and begins one.
    if (this.#runId !== null && this.#runId !== run.id) this.#record(this.#runId).steps.delete(this.#node.id);
    this.#runId = run.id;
    takeOver(this.#record(run.id), run);
    this.#set(run.id, 'working');
  }

  progress(text: string): void {
    this.#text = text;
    if (this.#runId !== null) this.#set(this.#runId, 'working');
  }

  /** What it sends. A plan is taken in at once: whoever gets the message may change it. */
  sends(payload: unknown): void {
    if (!isPlan(payload)) return;
    const isSearched = this.#node.type === 'plex-jit-sonarr-search' && !payload.partial;
    this.#journal.plan(this.#flow, payload, isSearched);
    for (const error of payload.errors) this.#failure(payload.run.id, error);
    this.#journal.changed();
  }

  end({ state, text, error }: StepEnd): void {
    this.#text = text;
    unnamed += 1;
    // Stopped before it began, or not set up: a run of its own, so that it is seen.
    if (this.#runId === null) {
      this.#runId = `unnamed-${unnamed}`;
      this.#record(this.#runId).dryRun = this.#dryRun;
    }
    const run = this.#runId;
    if (error !== undefined) this.#failure(run, error);
    const step = this.#set(run, state);
    step.ms += this.#now() - this.#startedAt;
    step.times += 1;
  }

  get #flow(): string {
    return this.#node.z ?? '';
  }

  #record(run: string): RunRecord {
    return this.#journal.run(this.#flow, run);
  }

  #failure(run: string, error: Parameters<typeof errorOf>[0]): void {
    const { errors } = this.#record(run);
    const told = errorOf(error);
    if (errors.size < ERRORS) errors.set(told.message, told);
  }

  #set(run: string, state: StepRecord['state']): StepRecord {
    const step = this.#heard(run);
    step.state = state;
    step.text = this.#text;
    return step;
  }

  /** The node's step of a run, of which there is news; one without any work is as one that was stopped. */
  #heard(run: string): StepRecord {
    const { id, type, name = '' } = this.#node;
    const record = this.#record(run);
    const unknown: StepRecord = { node: id, type, name, state: 'stopped', waiting: 0, text: '', ms: 0, times: 0 };
    const step = record.steps.get(id) ?? unknown;
    if (record.steps.size < STEPS) record.steps.set(id, step);
    record.heardAt = this.#now();
    this.#journal.changed();
    return step;
  }
}

/** The journal of this Node-RED. */
export const journal = (): Journal => shared('journal', () => new Journal(Date.now));
