import type { DownloadState, QueueRow } from '../contracts/index.js';

const FAILED = new Set(['failed', 'failedPending']);
const BLOCKED = new Set(['importBlocked', 'importFailed']);
const ENDED = new Set(['imported', 'ignored']);
const IMPORTING = new Set(['importPending', 'importing']);

/** A whole-queue pause makes every row `paused`: only SABnzbd knows which job its owner paused. */
const QUEUED = new Set(['queued', 'paused']);

/** A completed job whose import waits with a warning, e.g. "No files found are eligible for import in …". */
const cannotImport = ({ trackedState, trackedStatus, messages }: QueueRow): boolean =>
  IMPORTING.has(trackedState ?? '') && (trackedStatus ?? 'ok') !== 'ok' && messages.length > 0;

/** What a row of Sonarr's queue says about its episode; null when it is done with. */
export function queueState(row: QueueRow): DownloadState | null {
  const { status, trackedState } = row;
  if (ENDED.has(trackedState ?? '')) return null;
  if (status === 'failed' || FAILED.has(trackedState ?? '')) return 'failed';
  if (BLOCKED.has(trackedState ?? '') || cannotImport(row)) return 'blocked';
  // Held back by a delay profile or for want of a download client: nothing was sent yet.
  if (row.downloadId === null) return 'waiting';
  return QUEUED.has(status) ? 'queued' : 'downloading';
}

/** Of several rows of one episode the one that is furthest; an old failure never hides a download that runs. */
const RANK: Record<DownloadState, number> = {
  downloading: 0,
  queued: 1,
  grabbed: 2,
  waiting: 3,
  blocked: 4,
  failed: 5,
};

/** Sorts what is furthest first. */
export const byState = (a: DownloadState, b: DownloadState): number => RANK[a] - RANK[b];

/** It will bring the episode if nothing goes wrong. */
export const isOnItsWay = (state: DownloadState): boolean => state !== 'failed' && state !== 'blocked';
