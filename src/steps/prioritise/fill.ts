import { ServiceError } from '../../clients/http/service-error.js';
import type { Plan, PlanItem, QueuePlace, RunError, SabJob, ServerRef } from '../../core/contracts/index.js';
import { reasonFor } from '../../core/planning/index.js';
import { placesOf } from '../../core/queue-order/index.js';
import { serverLabel } from '../failures.js';
import { isOtherClient, inOtherClients, type Job } from './jobs.js';
import type { Missing } from './missing.js';
import type { PriorityRun } from './priority-run.js';

export interface Found {
  readonly jobs: readonly Job[];
  /** What SABnzbd shows; null when it was not asked, or did not answer. */
  readonly queue: readonly SabJob[] | null;
  readonly missing: Missing;
  /** Why the wanted order did not come about. */
  readonly failure: ServiceError | 'not-in-order' | null;
  readonly run: PriorityRun;
  readonly server: ServerRef;
  /** Jobs that earlier runs found to be in another client. */
  readonly elsewhere: ReadonlySet<string>;
  /** Seconds. */
  readonly waitForJob: number;
}

/** The plan with what SABnzbd showed: places, and what is not ours to order. */
export const fillPlan = (plan: Plan, found: Found): Plan => {
  const { queue, missing } = found;
  const ids = new Set(found.jobs.map(({ id }) => id));
  const places = placesOf(queue ?? [], ids);
  const paused = new Set(
    queue?.filter((job) => job.status === 'Paused' && job.priority !== 'Force').map(({ id }) => id),
  );
  const others = new Set(inOtherClients(plan).map(({ episodeId }) => episodeId));
  // What went wrong is told once, however many episodes it is about.
  const lostJobs = found.jobs.filter(({ id }) => missing.lost.has(id));
  const lost = new Map(lostJobs.map((job) => [job.id, missingError(job, found)]));
  const notInOrder = found.failure === null ? null : orderError(found);

  const fill = (item: PlanItem): PlanItem => {
    const id = item.downloadId;
    if (others.has(item.episodeId)) return otherClient(item);
    if (id === null || item.neededBy === null || isOtherClient(item)) return item;
    const isElsewhere = missing.elsewhere.has(id) || (found.elsewhere.has(id) && item.action === 'prioritise');
    if (isElsewhere) return otherClient(item);
    if (!ids.has(id)) return item;
    const place = places.get(id);
    if (place === undefined) return { ...item, error: lost.get(id) ?? item.error };
    const placed = { ...item, queue: placeIn(place, id, found.run) };
    if (paused.has(id)) return { ...placed, action: 'none', reason: reasonFor('paused') };
    return { ...placed, error: notInOrder ?? item.error };
  };
  const errors = [...lost.values(), ...(notInOrder === null ? [] : [notInOrder])];
  return { ...plan, items: plan.items.map(fill), errors: [...plan.errors, ...errors] };
};

const otherClient = (item: PlanItem): PlanItem => ({
  ...item,
  action: 'none',
  reason: reasonFor('other-client', { download: item.download }),
});

const placeIn = (place: { position: number; priority: string }, id: string, run: PriorityRun): QueuePlace => {
  const previousPriority = run.firstPriority(id) ?? place.priority;
  const moved = run.hasMoved(id) && previousPriority === place.priority;
  return { ...place, previousPriority, ...(moved && { moved }) };
};

const orderError = ({ failure, server }: Found): RunError => {
  if (failure instanceof ServiceError) return failure.toRunError();
  const label = serverLabel(server, 'sabnzbd');
  return {
    code: 'not-in-order',
    server: label,
    service: 'sabnzbd',
    operation: 'order the queue',
    status: null,
    retryable: true,
    message: `${label} did not keep the desired queue order, twice. Is something else sorting it (auto_sort in its settings, another program)?`,
  };
};

const missingError = ({ id, items: [{ series }] }: Job, { server, waitForJob }: Found): RunError => {
  const label = serverLabel(server, 'sabnzbd');
  return {
    code: 'job-missing',
    server: label,
    service: 'sabnzbd',
    operation: `find the job of ${series.title}`,
    status: null,
    retryable: true,
    message: `${label} has no job ${id} for ${series.title} after ${waitForJob} s. It was deleted, or Sonarr handed it to another download client.`,
  };
};
