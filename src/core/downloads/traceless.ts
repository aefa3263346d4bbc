import type { Instant } from '../contracts/index.js';
import { toMs } from '../time.js';
import { byEpisode, newestGrab } from './grabs.js';
import { isElsewhere, TRACELESS, type Observed } from './observed.js';

/** A grab without a trace in Sonarr's queue, to be looked for in SABnzbd's queue and history. */
export interface GrabToCheck {
  readonly downloadId: string;
  /** All that the release holds. */
  readonly episodeIds: readonly number[];
  readonly grabbedAt: Instant;
  /** Name of the download client in Sonarr. */
  readonly client: string | null;
}

/** SABnzbd's ids; jobs of other usenet clients are not its to know. */
const isSabnzbdId = (id: string): boolean => id.startsWith('SABnzbd_nzo_');

/**
 * Usenet grabs of at least an hour ago that history says are in flight and that Sonarr's queue does not hold: the job
 * may have been deleted in SABnzbd, which alone can tell.
 */
export function grabsToCheck({ queue, history, now, ownNames }: Observed): readonly GrabToCheck[] {
  const queued = new Set(queue.map((row) => row.downloadId));
  const checks = new Map<string, GrabToCheck>();
  for (const records of byEpisode(history).values()) {
    const newest = newestGrab(records);
    if (!newest || newest.end || newest.grab.protocol !== 'usenet') continue;
    const { downloadId, date, client } = newest.grab;
    if (downloadId === null || !isSabnzbdId(downloadId) || queued.has(downloadId)) continue;
    if (toMs(date) + TRACELESS > now || isElsewhere(client, ownNames)) continue;
    const episodeIds = [...(checks.get(downloadId)?.episodeIds ?? []), newest.episodeId];
    checks.set(downloadId, { downloadId, episodeIds, grabbedAt: date, client });
  }
  return [...checks.values()];
}
