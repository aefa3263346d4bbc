import type { Plan, SabJob, SabPriority, SabQueue } from '../../core/contracts/index.js';
import { DAY, toMs } from '../../core/time.js';
import type { SabnzbdState } from '../../state/sabnzbd.js';
import type { Job } from './jobs.js';
import { withNewJob } from './model.js';

/** Sonarr gives one priority to episodes that aired since then and another to older ones. */
const RECENT = 14 * DAY;
type Age = 'recent' | 'older';

const ageOf = ({ items }: Job, plan: Plan): Age => {
  const from = Math.floor(toMs(plan.at) / DAY) * DAY - RECENT;
  return items.some(({ airDateUtc }) => airDateUtc !== null && toMs(airDateUtc) >= from) ? 'recent' : 'older';
};

/** What one run knows of SABnzbd's queue: read once, then carried on with what it did itself. */
export class PriorityRun {
  /** Null: to be read (again). */
  #jobs: readonly SabJob[] | null = null;
  #changes = -1;
  /** Each job's priority when this run first saw it, or as it must have come. */
  readonly #first = new Map<string, SabPriority>();
  /** Not in the queue when it was read, and not new: unpacked or imported by now, as a rule. */
  #left: ReadonlySet<string> = new Set();
  /** SABnzbd has shown them, or has found them. */
  readonly #seen = new Set<string>();
  readonly #moved = new Set<string>();
  readonly #arrivals = new Map<Age, SabPriority>();

  /** The queue with the new jobs of this plan; null when only a read can tell. */
  jobs(state: SabnzbdState, plan: Plan, wanted: readonly Job[]): readonly SabJob[] | null {
    // Another run has changed the queue meanwhile.
    if (this.#jobs === null || this.#changes !== state.changes) return null;
    for (const job of wanted) {
      if (this.#first.has(job.id) || this.#left.has(job.id)) continue;
      const arrival = this.#arrivals.get(ageOf(job, plan));
      if (!job.isNew || arrival === undefined) return null;
      this.#jobs = withNewJob(this.#jobs, job.id, arrival);
      this.#first.set(job.id, arrival);
    }
    return this.#jobs;
  }

  read(state: SabnzbdState, { queue, plan, wanted }: { queue: SabQueue; plan: Plan; wanted: readonly Job[] }): void {
    for (const job of queue.jobs) {
      if (this.#first.has(job.id)) continue;
      this.#first.set(job.id, job.priority);
      const own = wanted.find(({ id }) => id === job.id);
      // The next one may come paused too, and would be resumed unseen.
      if (own?.isNew === true && job.status !== 'Paused') this.#arrivals.set(ageOf(own, plan), job.priority);
    }
    const listed = new Set(queue.jobs.map(({ id }) => id));
    this.#left = new Set(wanted.flatMap(({ id, isNew }) => (isNew || listed.has(id) ? [] : id)));
    this.keep(state, queue.jobs);
  }

  /** The queue as it is now. */
  keep(state: SabnzbdState, jobs: readonly SabJob[]): void {
    this.#jobs = jobs;
    this.#changes = state.changes;
    for (const { id } of jobs) this.#seen.add(id);
  }

  /** The queue is not as it was thought to be; jobs that were only thought to be there may not be. */
  forget(): void {
    this.#jobs = null;
    for (const id of this.#first.keys()) if (!this.#seen.has(id)) this.#first.delete(id);
  }

  hasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** This run has sent a call for these jobs, and SABnzbd found them. */
  markMoved(ids: readonly string[]): void {
    for (const id of ids) this.#moved.add(id);
  }

  hasMoved(id: string): boolean {
    return this.#moved.has(id);
  }

  firstPriority(id: string): SabPriority | null {
    return this.#first.get(id) ?? null;
  }
}

/** As many are kept: one that was stopped never ends. */
const RUNS = 20;
const runs = new WeakMap<SabnzbdState, Map<string, PriorityRun>>();

/** What a run has read so far; its partial plans and the whole one share it. */
export const priorityRun = (state: SabnzbdState, runId: string): PriorityRun => {
  const known = runs.get(state) ?? new Map<string, PriorityRun>();
  runs.set(state, known);
  const run = known.get(runId) ?? new PriorityRun();
  known.delete(runId);
  known.set(runId, run);
  for (const id of known.keys()) {
    if (known.size <= RUNS) break;
    known.delete(id);
  }
  return run;
};

/** The run is over. */
export const endPriorityRun = (state: SabnzbdState, runId: string): void => {
  runs.get(state)?.delete(runId);
};
