import { PRIORITY, type SabJob } from './job.js';

const NOT_FOUND = -1;

/**
 * Puts a job into the list where its priority belongs: Force before everything (other Force jobs too), Low last,
 * the rest behind its group. `rank` differs from the job's priority for numbers that SABnzbd does not know (99).
 */
export const insert = (jobs: SabJob[], job: SabJob, rank = job.priority): number => {
  const position = positionFor(jobs, rank);
  jobs.splice(position, 0, job);
  return position;
};

const positionFor = (jobs: readonly SabJob[], rank: number): number => {
  if (rank === PRIORITY.Force) return 0;
  if (rank === PRIORITY.Low) return jobs.length;
  const lower = jobs.findIndex((other) => other.priority < rank);
  return lower === NOT_FOUND ? jobs.length : lower;
};

/** `name=priority` for one job: its new position; -1 when it is not there. The value it has already is a no-op. */
export const setPriority = (jobs: SabJob[], id: string, value: number): number => {
  const at = jobs.findIndex((job) => job.id === id);
  const job = jobs[at];
  if (job === undefined || job.priority === value) return at;
  jobs.splice(at, 1);
  job.priority = STORED.has(value) ? value : PRIORITY.Normal;
  if (job.status === 'Paused') job.status = 'Queued';
  return insert(jobs, job, value);
};

const STORED: ReadonlySet<number> = new Set([
  PRIORITY.Repair,
  PRIORITY.Force,
  PRIORITY.High,
  PRIORITY.Low,
  PRIORITY.Paused,
  PRIORITY.Default,
]);

export interface Switched {
  readonly position: number;
  readonly priority: number;
}

/**
 * `mode=switch`: moves a job to the place of another (before it on the way up, behind it on the way down), given by id or index;
 * the job adopts the priority of its new neighbourhood. Anything that moves nothing answers -1.
 */
export const switchTo = (jobs: SabJob[], id: string, target: string): Switched => {
  const from = jobs.findIndex((job) => job.id === id);
  const to = placeOf(jobs, target);
  const moved = jobs[from];
  const there = jobs[to];
  if (moved === undefined || there === undefined || from === to) return { position: NOT_FOUND, priority: 0 };
  if (adopts(moved, there, isIndex(target) ? jobs[to + 1] : undefined)) moved.priority = there.priority;
  jobs.splice(from, 1);
  jobs.splice(to, 0, moved);
  return { position: to, priority: moved.priority };
};

const isIndex = (target: string): boolean => /^\s*[+-]?\d+\s*$/.test(target);

const placeOf = (jobs: readonly SabJob[], target: string): number => {
  if (!isIndex(target)) return jobs.findIndex((job) => job.id === target);
  const index = Number(target);
  return index < 0 ? jobs.length + index : index;
};

/** By id always the target's; by index unless the neighbours leave room for its own. */
const adopts = (moved: SabJob, there: SabJob, below: SabJob | undefined): boolean =>
  below === undefined ||
  there.priority > moved.priority ||
  (there.priority !== moved.priority && below.priority !== moved.priority);

/** A restart adds the saved jobs one by one: Force jobs come back in reverse order, the others as they were. */
export const restarted = (jobs: readonly SabJob[]): SabJob[] => {
  const again: SabJob[] = [];
  for (const job of jobs) insert(again, job);
  return again;
};
