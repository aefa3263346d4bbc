import type { ServiceError } from '../../clients/http/service-error.js';
import { versionNotice } from '../../clients/http/versions.js';
import type { SabnzbdClient } from '../../clients/sabnzbd/types.js';
import type { Plan, PrioritySettings, SabJob, ServerRef } from '../../core/contracts/index.js';
import { type QueueCall, queueMoves } from '../../core/queue-order/index.js';
import { MINUTE, SECOND, toMs } from '../../core/time.js';
import type { WantedJob } from '../../state/entries.js';
import type { SabnzbdState } from '../../state/sabnzbd.js';
import { alone } from '../alone.js';
import { itemError, ServerLost, serviceError } from '../failures.js';
import type { StepScope } from '../scope.js';
import { findMissing, isAwaited, type Missing } from './missing.js';
import { type Job, jobsOf, wantedJobs, wantedOrder } from './jobs.js';
import { afterCalls } from './model.js';
import { endPriorityRun, type PriorityRun, priorityRun } from './priority-run.js';
import { fillPlan } from './fill.js';

export interface PrioritiseDeps extends StepScope {
  readonly client: SabnzbdClient;
  readonly server: ServerRef;
  readonly state: SabnzbdState;
  /** Whose plans replace each other's jobs in the wanted order: the id of the ordering node. @default the Sonarr's id */
  readonly owner?: string;
  /** Whether a newer plan of the same run waits: waiting for a job of a partial plan ends then. @default no waiting there */
  readonly newerWaits?: () => boolean;
}

export interface PrioritiseOutcome {
  /** With places in the queue, also when the run ended early. */
  readonly plan: Plan;
  /** SABnzbd could not be used. Never set for a partial plan: the whole one tells. */
  readonly fatal: ServiceError | null;
}

/** Rounds of calls before an order that does not come about is told. */
const ROUNDS = 2;
/** A job that has left the queue is still wanted for so long: it may not be listed yet, or come back for repair. */
const LEFT = 10 * MINUTE;
const POLL = { first: SECOND / 2, longest: 2 * SECOND } as const;

/**
 * Brings the jobs of a plan to the top of SABnzbd's queue, by need and over all plans that share this SABnzbd.
 * A partial plan is only acted on; the whole one is verified, and its items filled. Rejects when aborted.
 */
export const prioritise = async (
  plan: Plan,
  settings: PrioritySettings,
  deps: PrioritiseDeps,
): Promise<PrioritiseOutcome> => {
  await deps.state.load();
  const ordering = new Ordering(plan, settings, deps);
  try {
    await (plan.partial ? ordering.early() : ordering.whole());
    return { plan: ordering.filled(), fatal: null };
  } catch (error) {
    if (!(error instanceof ServerLost)) throw error;
    const lost = ordering.filled();
    if (plan.partial) return { plan: lost, fatal: null };
    return { plan: { ...lost, errors: [...lost.errors, error.error.toRunError()] }, fatal: error.error };
  } finally {
    if (!plan.partial) endPriorityRun(deps.state, plan.run.id);
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One plan against one SABnzbd. */
class Ordering {
  readonly #plan: Plan;
  readonly #settings: PrioritySettings;
  readonly #deps: PrioritiseDeps;
  readonly #run: PriorityRun;
  readonly #jobs: readonly Job[];
  /** What SABnzbd last showed. */
  #queue: readonly SabJob[] | null = null;
  #missing: Missing = { finished: new Set(), elsewhere: new Set(), lost: new Set() };
  #failure: ServiceError | 'not-in-order' | null = null;
  #notice: string | null = null;

  constructor(plan: Plan, settings: PrioritySettings, deps: PrioritiseDeps) {
    this.#plan = plan;
    this.#settings = settings;
    this.#deps = deps;
    this.#run = priorityRun(deps.state, plan.run.id);
    this.#jobs = jobsOf(plan).filter(({ id }) => !deps.state.elsewhere.has(id));
  }

  get #dryRun(): boolean {
    return this.#settings.dryRun || this.#plan.run.dryRun;
  }

  filled(): Plan {
    const plan = this.#notice === null ? this.#plan : { ...this.#plan, notes: [...this.#plan.notes, this.#notice] };
    return fillPlan(plan, {
      jobs: this.#jobs,
      queue: this.#queue,
      missing: this.#missing,
      failure: this.#failure,
      run: this.#run,
      server: this.#deps.server,
      elsewhere: this.#deps.state.elsewhere,
      waitForJob: this.#settings.waitForJob,
    });
  }

  /** After a grab: one call, by what is known of the queue. */
  async early(): Promise<void> {
    if (this.#dryRun || this.#jobs.length === 0) return;
    const { newerWaits } = this.#deps;
    await this.#alone(() => this.#orderByModel());
    if (newerWaits === undefined) return;
    await this.#waitForJobs(() => this.#alone(() => this.#orderByModel()), newerWaits);
  }

  /** After the run: what SABnzbd shows counts. */
  async whole(): Promise<void> {
    // Behind whoever is at work: they would bring back what they took as wanted before.
    if (this.#wanted().length === 0) return this.#alone(() => this.#remember(this.#wanted()));
    await this.#alone(() => this.#orderAndVerify());
    if (this.#dryRun) return;
    await this.#waitForJobs(() => this.#alone(() => this.#orderAndVerify()));
    this.#missing = await findMissing(this.#absent(), this.#deps, this.#run);
  }

  #alone(work: () => Promise<void>): Promise<void> {
    return alone(this.#deps.state.lock, this.#deps.signal, work);
  }

  async #orderByModel(): Promise<void> {
    const known = this.#run.jobs(this.#deps.state, this.#plan, this.#jobs);
    const wanted = this.#wanted();
    const done = await this.#send(known ?? (await this.#read()), wanted);
    // Something was not where it should be: once more by what SABnzbd shows.
    if (!done) await this.#send(await this.#read(), wanted);
    await this.#remember(wanted);
  }

  async #orderAndVerify(): Promise<void> {
    let queue = await this.#read();
    const wanted = this.#stillWanted(this.#wanted(), queue);
    for (let round = 0; !this.#dryRun && !this.#isInOrder(queue, wanted); round += 1) {
      if (round === ROUNDS) {
        this.#failure ??= 'not-in-order';
        return this.#remember(wanted);
      }
      await this.#send(queue, wanted);
      queue = await this.#read();
    }
    this.#failure = null;
    await this.#remember(wanted);
  }

  async #remember(wanted: readonly WantedJob[]): Promise<void> {
    if (this.#dryRun) return;
    try {
      await this.#deps.state.wanted.replace(wanted);
    } catch (error) {
      this.#deps.log.error(
        'memory-failed',
        `The desired order of SABnzbd's queue could not be saved: ${messageOf(error)}`,
      );
    }
  }

  /** Reads again and again until the awaited jobs are there, or the time is up. The lock is free meanwhile. */
  async #waitForJobs(order: () => Promise<void>, ended: () => boolean = () => false): Promise<void> {
    const { now, sleep } = this.#deps;
    const deadline = now() + this.#settings.waitForJob * SECOND;
    let pause: number = POLL.first;
    for (;;) {
      const left = deadline - now();
      const awaited = this.#absent().filter((job) => isAwaited(job, this.#run, this.#deps, this.#settings.waitForJob));
      if (awaited.length === 0 || left <= 0 || ended()) return;
      await sleep(Math.min(pause, left));
      pause = Math.min(pause * 2, POLL.longest);
      this.#run.forget();
      await order();
    }
  }

  #absent(): readonly Job[] {
    const there = new Set(this.#queue?.map(({ id }) => id));
    return this.#jobs.filter(({ id }) => !there.has(id));
  }

  /** Over all plans; what this owner's last plan named is replaced. */
  #wanted(): readonly WantedJob[] {
    const { state, owner = this.#plan.sonarr.id } = this.#deps;
    const me = `${owner} ${this.#plan.sonarr.url}`;
    const before = new Map(state.wanted.all().map((job) => [job.downloadId, job.previousPriority]));
    const previousPriority = (id: string): string | null => before.get(id) ?? this.#run.firstPriority(id);
    const mine = wantedJobs(this.#jobs, { plan: this.#plan, owner: me, previousPriority });
    return [...state.wanted.all().filter((job) => job.owner !== me), ...mine];
  }

  #stillWanted(wanted: readonly WantedJob[], queue: readonly SabJob[]): readonly WantedJob[] {
    const there = new Set(queue.map(({ id }) => id));
    return wanted.filter((job) => there.has(job.downloadId) || Math.abs(this.#deps.now() - toMs(job.at)) < LEFT);
  }

  #isInOrder(jobs: readonly SabJob[], wanted: readonly WantedJob[]): boolean {
    return this.#moves(jobs, wanted).length === 0;
  }

  #moves(jobs: readonly SabJob[], wanted: readonly WantedJob[]): readonly QueueCall[] {
    return queueMoves({ jobs, wanted: wantedOrder(wanted), raise: this.#settings.raise }).calls;
  }

  async #read(): Promise<readonly SabJob[]> {
    const { client, state, signal } = this.#deps;
    try {
      const queue = await client.queue();
      this.#run.read(state, { queue, plan: this.#plan, wanted: this.#jobs });
      this.#queue = queue.jobs;
      this.#checkVersion(queue.version);
      return queue.jobs;
    } catch (error) {
      throw new ServerLost(serviceError(error, signal));
    }
  }

  /** Once per process; by a whole plan, since a partial one is not sent on. */
  #checkVersion(version: string): void {
    const { state, log } = this.#deps;
    if (state.versionChecked || this.#plan.partial) return;
    state.versionChecked = true;
    this.#notice = versionNotice('sabnzbd', version);
    if (this.#notice !== null) log.warn('old-version', this.#notice);
  }

  /** Whether every call found its job. A call that failed is judged by the next read. */
  async #send(jobs: readonly SabJob[], wanted: readonly WantedJob[]): Promise<boolean> {
    const { client, state, signal } = this.#deps;
    const calls = this.#moves(jobs, wanted);
    let found = true;
    try {
      for (const call of calls) {
        state.changes += 1;
        const position =
          call.kind === 'switch'
            ? await client.switchTo(call.id, call.target)
            : await client.setPriority(call.ids, call.priority);
        found &&= position >= 0;
        if (position >= 0) this.#run.markMoved(call.kind === 'switch' ? [call.id] : call.ids);
      }
    } catch (error) {
      this.#failure = itemError(error, signal);
      found = false;
    }
    if (!found) {
      this.#run.forget();
      return false;
    }
    this.#queue = afterCalls(jobs, calls);
    this.#run.keep(state, this.#queue);
    return true;
  }
}
