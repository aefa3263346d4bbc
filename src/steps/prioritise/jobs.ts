import { isJobId } from '../../clients/sabnzbd/queue.js';
import type { Plan, PlanItem } from '../../core/contracts/index.js';
import { byNeed, type Need } from '../../core/queue-order/index.js';
import { SECOND, toInstant, toMs } from '../../core/time.js';
import type { WantedJob } from '../../state/entries.js';

/** A job that this plan wants, and the items that it brings; a pack is one job. */
export interface Job {
  readonly id: string;
  /** In the order of need; never empty. */
  readonly items: readonly [PlanItem, ...PlanItem[]];
  /** Grabbed in this run. */
  readonly isNew: boolean;
}

/** Something is on its way for it, or its job may be there by now. */
const hasJob = ({ action, reason, result, neededBy }: PlanItem): boolean =>
  neededBy !== null && (action === 'prioritise' || reason.code === 'grabbed' || result?.code === 'grabbed');

/** Torrents, NZBGet and the like; a second SABnzbd is only found out by asking, or by the name of ours. */
export const isOtherClient = (item: PlanItem): boolean => {
  const protocol = item.release?.protocol ?? item.download?.protocol;
  if (protocol === 'torrent' || (item.release === null && item.download?.otherClient === true)) return true;
  return item.downloadId !== null && !isJobId(item.downloadId);
};

/** The items that another download client brings. */
export const inOtherClients = (plan: Plan): readonly PlanItem[] =>
  plan.items.filter((item) => hasJob(item) && isOtherClient(item));

/** The jobs of a plan that may be in SABnzbd, in the order of need. */
export const jobsOf = (plan: Plan): readonly Job[] => {
  const jobs = new Map<string, Job>();
  for (const item of plan.items) {
    const id = item.downloadId;
    if (id === null || !hasJob(item) || isOtherClient(item)) continue;
    const known = jobs.get(id);
    const isNew = item.result?.code === 'grabbed';
    jobs.set(id, known === undefined ? { id, items: [item], isNew } : { ...known, items: [...known.items, item] });
  }
  return [...jobs.values()];
};

interface Named {
  readonly plan: Plan;
  readonly owner: string;
  readonly previousPriority: (id: string) => string | null;
}

/** What is remembered of the jobs of a plan. */
export const wantedJobs = (jobs: readonly Job[], { plan, owner, previousPriority }: Named): readonly WantedJob[] =>
  jobs.map(({ id, items: [first] }) => ({
    downloadId: id,
    neededBy: first.neededBy ?? plan.at,
    playedAt: first.playedAt,
    label: first.series.title,
    season: first.season,
    episode: first.episode,
    sonarr: plan.sonarr.url,
    previousPriority: previousPriority(id),
    at: plan.at,
    owner,
  }));

/**
 * How long after its plan a job is needed. Plans of several flows are made at different times, and a thread that is not
 * playing is always taken to resume half an hour later: only so do two flows agree on one order. Whole seconds, as
 * clocks are read at different moments of a run.
 */
const needOf = (job: WantedJob): Need => {
  const seconds = Math.round((toMs(job.neededBy) - toMs(job.at)) / SECOND);
  return { ...job, neededBy: toInstant(Math.max(0, seconds) * SECOND) };
};

/** Download ids over all plans, the one needed first in front. */
export const wantedOrder = (jobs: readonly WantedJob[]): readonly string[] => {
  const inOrder = jobs.map((job) => ({ id: job.downloadId, need: needOf(job) })).sort((a, b) => byNeed(a.need, b.need));
  return [...new Set(inOrder.map(({ id }) => id))];
};
