import type { WorldSabnzbd } from '../world/format.js';
import {
  DownloadClientDown,
  type ClientJob,
  type DownloadClient,
  type NewJob,
  type SandboxClock,
} from '../world/types.js';
import { createJob, newId, PRIORITY, type FinishedJob, type SabJob, type SeedJob } from './job.js';
import { insert, restarted, setPriority, switchTo, type Switched } from './order.js';

const DEFAULT_RATE = 20;
const MB = 1_000_000;

/** SABnzbd's queue and history; time passes by the sandbox's clock whenever somebody looks. */
export class SabnzbdModel implements DownloadClient {
  readonly settings: WorldSabnzbd;
  /** The whole queue is paused. */
  paused: boolean;
  /** Newest first. */
  history: FinishedJob[] = [];
  /** Goes up with each change of the history. */
  historyVersion = 1;
  /** Set by the stand-in: nothing listens at the moment. */
  isDown: () => boolean = () => false;
  private jobs_: SabJob[] = [];
  private seen: number;

  constructor(
    world: WorldSabnzbd | undefined,
    readonly clock: SandboxClock,
  ) {
    this.settings = world ?? {};
    this.paused = world?.paused ?? false;
    this.seen = clock.now();
  }

  /** Bytes a second. */
  get rate(): number {
    return (this.settings.rate ?? DEFAULT_RATE) * MB;
  }

  /** The queue in its order, as of now. */
  jobsInOrder(): readonly SabJob[] {
    this.pass();
    return this.jobs_;
  }

  /** The job that downloads now. */
  active(): SabJob | undefined {
    this.pass();
    return this.rate > 0 ? this.jobs_.find((job) => this.runs(job)) : undefined;
  }

  add(job: NewJob): string {
    this.refuseWhenDown();
    return this.seed(job);
  }

  /** Adds a job whether or not anything listens; goes where its priority belongs. */
  seed(seed: SeedJob): string {
    this.pass();
    const job = createJob(seed, this.clock.now());
    insert(this.jobs_, job);
    this.wake();
    return job.id;
  }

  jobs(category: string): readonly ClientJob[] {
    this.refuseWhenDown();
    const queued = this.jobsInOrder().filter((job) => job.category === category);
    const finished = this.history.filter((job) => job.category === category);
    return [...queued.map((job) => this.asClientJob(job)), ...finished.map(asFinishedJob)];
  }

  /** Sonarr takes what it has imported out of the history. */
  imported(id: string): void {
    this.deleteFromHistory([id]);
  }

  /** In the order of the ids; the position of the last one. Stop ends a job as failed and answers null. */
  setPriority(ids: readonly string[], value: number): number | null {
    this.pass();
    const positions = ids.map((id) => (value === PRIORITY.Stop ? this.stop(id) : setPriority(this.jobs_, id, value)));
    this.wake();
    return positions.at(-1) ?? null;
  }

  switchTo(id: string, target: string): Switched {
    this.pass();
    this.wake();
    return switchTo(this.jobs_, id, target);
  }

  pauseAll(): void {
    this.pass();
    this.paused = true;
  }

  resumeAll(): void {
    this.pass();
    this.paused = false;
    this.wake();
  }

  /** A Force job cannot really be paused: the next read of the queue shows it as downloading. */
  pauseJob(id: string): void {
    this.pass();
    const job = this.jobs_.find((j) => j.id === id);
    if (job === undefined) return;
    job.status = 'Paused';
    job.halted = this.paused && forced(job) && this.jobs_.every((j) => j === job || !forced(j));
  }

  resumeJob(id: string): void {
    this.pass();
    const job = this.jobs_.find((j) => j.id === id);
    if (job?.status === 'Paused') job.status = 'Queued';
    this.wake();
  }

  /** Whether it was in the queue. */
  deleteJob(id: string): boolean {
    this.pass();
    const before = this.jobs_.length;
    this.jobs_ = this.jobs_.filter((job) => job.id !== id);
    this.wake();
    return this.jobs_.length < before;
  }

  deleteFromHistory(ids: readonly string[]): void {
    this.pass();
    this.history = this.history.filter((job) => !ids.includes(job.id));
    this.historyVersion += 1;
  }

  /** A failed job goes back into the queue under a new id; null when there is none. */
  retry(id: string): string | null {
    this.pass();
    const job = this.history.find((j) => j.id === id && j.status === 'Failed');
    if (job === undefined) return null;
    this.deleteFromHistory([id]);
    const { name, size, category, priority } = job;
    return this.seed({ name, size, category, priority, id: newId() });
  }

  /** Force jobs come back reversed; a pause of the whole queue does not outlive it. */
  restart(): void {
    this.pass();
    this.jobs_ = restarted(this.jobs_);
    this.paused = false;
    this.wake();
  }

  /** Reading the queue makes each Force job's status `Downloading`, and that stays (seen on 5.0.1). */
  markRead(): void {
    for (const job of this.jobs_)
      if (job.priority === PRIORITY.Force && job.status !== 'Propagating') job.status = 'Downloading';
  }

  private stop(id: string): number | null {
    const job = this.jobs_.find((j) => j.id === id);
    if (job === undefined) return -1;
    this.jobs_ = this.jobs_.filter((j) => j !== job);
    this.finish(job, this.clock.now(), 'Download failed - Not on your server(s) - https://sabnzbd.org/not-complete');
    return null;
  }

  /** Lets the time since the last look pass: one job after the other downloads, in queue order. */
  private pass(): void {
    const now = this.clock.now();
    while (this.seen < now) {
      const job = this.rate > 0 ? this.jobs_.find((j) => this.runs(j)) : undefined;
      this.seen = job === undefined ? now : this.download(job, now);
    }
  }

  /** Until the job is there or the time is up; the moment that came first. */
  private download(job: SabJob, now: number): number {
    job.began ??= this.seen;
    if (job.status !== 'Propagating') job.status = 'Downloading';
    const needed = ((job.size - job.done) / this.rate) * 1000;
    if (this.seen + needed > now) {
      job.done += ((now - this.seen) / 1000) * this.rate;
      return now;
    }
    this.jobs_ = this.jobs_.filter((j) => j !== job);
    const failure = 'Aborted, cannot be completed - https://sabnzbd.org/not-complete';
    this.finish(job, this.seen + needed, job.failsDownload ? failure : null);
    return this.seen + needed;
  }

  private finish(job: SabJob, at: number, failure: string | null): void {
    const { id, name, category, size, priority, added } = job;
    const took = job.began === null ? 0 : Math.round((at - job.began) / 1000);
    const status = failure === null ? 'Completed' : 'Failed';
    const common = { id, name, category, size, priority, added, completed: at, downloadTime: took };
    this.history.unshift({ ...common, status, failMessage: failure ?? '' });
    this.historyVersion += 1;
  }

  /** While the whole queue is paused only Force jobs run; a Force job runs even when it is paused itself. */
  private runs(job: SabJob): boolean {
    if (job.status === 'Checking' || job.status === 'Grabbing') return false;
    if (forced(job)) return !job.halted;
    return !this.paused && job.status !== 'Paused' && job.status !== 'Propagating';
  }

  private wake(): void {
    for (const job of this.jobs_) job.halted = false;
  }

  private refuseWhenDown(): void {
    if (this.isDown()) throw new DownloadClientDown('SABnzbd refuses connections');
  }

  private asClientJob(job: SabJob): ClientJob {
    const paused = job.status === 'Paused' || (this.paused && !forced(job));
    const { id, name, category, size } = job;
    return { id, name, category, size, sizeLeft: size - job.done, state: paused ? 'paused' : 'downloading' };
  }
}

const forced = (job: SabJob): boolean => job.priority === PRIORITY.Force;

const asFinishedJob = ({ id, name, category, size, status }: FinishedJob): ClientJob => ({
  id,
  name,
  category,
  size,
  sizeLeft: 0,
  state: status === 'Completed' ? 'completed' : 'failed',
});
