import { SECOND, toMs } from '../../core/time.js';
import { ServerLost, serviceError } from '../failures.js';
import type { Job } from './jobs.js';
import type { PriorityRun } from './priority-run.js';
import type { PrioritiseDeps } from './run.js';

/** What became of jobs that the queue does not hold. */
export interface Missing {
  /** In SABnzbd's history, or on its way there. */
  readonly finished: ReadonlySet<string>;
  /** Sonarr has it in a download client that is not this one. */
  readonly elsewhere: ReadonlySet<string>;
  /** Just grabbed, and nobody has it. */
  readonly lost: ReadonlySet<string>;
}

const grabbedAt = ({ items }: Job): number => toMs(items[0].download?.grabbedAt ?? '') || -Infinity;

/** Grabbed so lately that SABnzbd may not list it yet; what was in the queue before has left it. */
export const isAwaited = (
  job: Job,
  run: PriorityRun,
  { now }: Pick<PrioritiseDeps, 'now'>,
  waitForJob: number,
): boolean => {
  if (run.hasSeen(job.id)) return false;
  return job.isNew || now() - grabbedAt(job) < waitForJob * SECOND;
};

/** Sonarr's queue says that there is something left to download: it must be in some client's queue. */
const mustBeQueued = ({ items }: Job): boolean => {
  const { download } = items[0];
  return (download?.state === 'downloading' || download?.state === 'queued') && download.sizeLeft !== 0;
};

/** Asks SABnzbd's history, once, about jobs that ought to be in its queue. */
export const findMissing = async (absent: readonly Job[], deps: PrioritiseDeps, run: PriorityRun): Promise<Missing> => {
  const asked = absent.filter((job) => !run.hasSeen(job.id) && (job.isNew || mustBeQueued(job)));
  const ids = asked.map(({ id }) => id);
  const finished = new Set(ids.length === 0 ? [] : await inHistory(ids, deps));
  const nowhere = asked.filter(({ id }) => !finished.has(id));
  const elsewhere = new Set(nowhere.filter((job) => !job.isNew).map(({ id }) => id));
  for (const id of elsewhere) deps.state.markElsewhere(id);
  return { finished, elsewhere, lost: new Set(nowhere.filter((job) => job.isNew).map(({ id }) => id)) };
};

const inHistory = async (ids: readonly string[], { client, signal }: PrioritiseDeps): Promise<readonly string[]> => {
  try {
    return await client.knownToHistory(ids);
  } catch (error) {
    throw new ServerLost(serviceError(error, signal));
  }
};
