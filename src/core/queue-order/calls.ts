import type { SabPriority } from '../contracts/index.js';

/** A priority that we set; a Repair job is SABnzbd's own. */
export type SetPriority = 'Force' | 'High' | 'Normal';

/** One request to SABnzbd. */
export type QueueCall =
  | { readonly kind: 'priority'; readonly ids: readonly string[]; readonly priority: SetPriority }
  /** Moves a job to the place of the job `target`: before it when coming from below, after it when coming from above. */
  | { readonly kind: 'switch'; readonly id: string; readonly target: string };

const RANKS: Record<SabPriority, number> = { Repair: 3, Force: 2, High: 1, Normal: 0, Low: -1 };

export const rankOf = (priority: SabPriority): number => RANKS[priority];

/** A job's place in a queue that is thought through: its id and the rank of its priority. */
export interface Ranked {
  readonly id: string;
  readonly rank: number;
}

export const indexOf = (queue: readonly Ranked[], id: string): number => queue.findIndex((job) => job.id === id);

const rankIn = (queue: readonly Ranked[], id: string): number | undefined => queue.find((job) => job.id === id)?.rank;

/** Force goes to the very top; others before the first job of a lower priority. The same priority again moves nothing. */
function prioritised(queue: readonly Ranked[], id: string, rank: number): readonly Ranked[] {
  const before = rankIn(queue, id);
  if (before === undefined || before === rank) return queue;
  const others = queue.filter((job) => job.id !== id);
  const lower = rank === RANKS.Force ? 0 : others.findIndex((job) => job.rank < rank);
  return others.toSpliced(lower === -1 ? others.length : lower, 0, { id, rank });
}

/** The job takes the index that the target had, and the target's priority. */
function switched(queue: readonly Ranked[], id: string, target: string): readonly Ranked[] {
  const rank = rankIn(queue, target);
  if (rank === undefined || rankIn(queue, id) === undefined || id === target) return queue;
  const others = queue.filter((job) => job.id !== id);
  return others.toSpliced(indexOf(queue, target), 0, { id, rank });
}

/** The queue as SABnzbd has it after a call (seen on 5.0.1 and 4.5.5). A list is worked off in its order. */
export const afterCall = (queue: readonly Ranked[], call: QueueCall): readonly Ranked[] =>
  call.kind === 'switch'
    ? switched(queue, call.id, call.target)
    : call.ids.reduce((before, id) => prioritised(before, id, RANKS[call.priority]), queue);
