import type { SabJob, SabPriority } from '../../core/contracts/index.js';
import { afterCall, type QueueCall, type Ranked, rankOf } from '../../core/queue-order/calls.js';

const PRIORITIES: readonly SabPriority[] = ['Repair', 'Force', 'High', 'Normal', 'Low'];

const priorityOf = (rank: number): SabPriority => PRIORITIES.find((priority) => rankOf(priority) === rank) ?? 'Normal';

/** The queue as it must be after these calls, so that it need not be read after each. */
export const afterCalls = (jobs: readonly SabJob[], calls: readonly QueueCall[]): readonly SabJob[] => {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const start: readonly Ranked[] = jobs.map(({ id, priority }) => ({ id, rank: rankOf(priority) }));
  return calls.reduce(afterCall, start).flatMap(({ id, rank }) => {
    const job = byId.get(id);
    return job === undefined ? [] : [{ ...job, priority: priorityOf(rank) }];
  });
};

/** The queue with a job that Sonarr has just added: at the end of its priority, a forced one in front. */
export const withNewJob = (jobs: readonly SabJob[], id: string, priority: SabPriority): readonly SabJob[] => {
  const job: SabJob = { id, name: '', priority, status: 'Queued', category: '', size: 0, sizeLeft: 0 };
  if (priority === 'Force') return [job, ...jobs];
  const lower = jobs.findIndex((other) => rankOf(other.priority) < rankOf(priority));
  return jobs.toSpliced(lower === -1 ? jobs.length : lower, 0, job);
};
