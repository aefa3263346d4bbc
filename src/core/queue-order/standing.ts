import type { PrioritySettings, SabJob } from '../contracts/index.js';
import { rankOf, type Ranked } from './calls.js';

export interface WantedOrder {
  /** The whole queue, in its order. */
  readonly jobs: readonly SabJob[];
  /** Download ids of our jobs, the one needed first in front. */
  readonly wanted: readonly string[];
  readonly raise: PrioritySettings['raise'];
}

export interface LeftAlone {
  readonly id: string;
  /** `paused`: by its owner; any change would resume it · `force`, `repair`: never lowered. */
  readonly why: 'paused' | 'force' | 'repair' | 'not-in-queue';
}

/** A wanted order against a queue: what may be moved, and to which level. */
export interface Standing {
  readonly queue: readonly Ranked[];
  /** Rank of the priority that our jobs get. */
  readonly level: number;
  /** Our jobs that may be moved, in the wanted order. */
  readonly movable: readonly string[];
  readonly leftAlone: readonly LeftAlone[];
  /** Jobs that never stand in the way: those above our level, and ours that are left alone. */
  readonly aside: (job: Ranked) => boolean;
}

function whyLeftAlone(job: SabJob | undefined, level: number): LeftAlone['why'] | null {
  if (!job) return 'not-in-queue';
  if (job.priority === 'Repair') return 'repair';
  if (rankOf(job.priority) > level) return 'force';
  return job.status === 'Paused' ? 'paused' : null;
}

export function standing({ jobs, wanted, raise }: WantedOrder): Standing {
  const level = rankOf(raise === 'force' ? 'Force' : 'High');
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const movable: string[] = [];
  const leftAlone: LeftAlone[] = [];
  for (const id of new Set(wanted)) {
    const why = whyLeftAlone(byId.get(id), level);
    if (why) leftAlone.push({ id, why });
    else movable.push(id);
  }
  const untouched = new Set(leftAlone.map(({ id }) => id));
  return {
    queue: jobs.map(({ id, priority }) => ({ id, rank: rankOf(priority) })),
    level,
    movable,
    leftAlone,
    aside: ({ id, rank }) => rank > level || untouched.has(id),
  };
}

/** Our jobs stand together, in order and at their level, before everybody else's that are not above that level. */
export function holds({ movable, level, aside }: Standing, queue: readonly Ranked[]): boolean {
  const top = queue.filter((job) => !aside(job)).slice(0, movable.length);
  return movable.every((id, i) => top[i]?.id === id && top[i].rank === level);
}

/** Where jobs stand in the whole queue, counted from 0; those that are not there are left out. */
export function placesOf(
  jobs: readonly SabJob[],
  ids: Iterable<string>,
): ReadonlyMap<string, { readonly position: number; readonly priority: string }> {
  const wanted = new Set(ids);
  return new Map(
    jobs.flatMap(({ id, priority }, position) => (wanted.has(id) ? [[id, { position, priority }] as const] : [])),
  );
}
