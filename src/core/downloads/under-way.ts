import type { EpisodeDownload, GrabRecord, Instant, QueueRow } from '../contracts/index.js';
import { toInstant, toMs } from '../time.js';
import { byEpisode, endOf, newestGrab, type NewestGrab } from './grabs.js';
import { isElsewhere, TRACELESS, type Observed } from './observed.js';
import { byState, isOnItsWay, queueState } from './queue-state.js';

export interface UnderWay {
  readonly download: EpisodeDownload | null;
  /** When its newest grab failed, was ignored by its owner, or was gone; null when anything came since. */
  readonly grabFailedAt: Instant | null;
}

const fromRow = (row: QueueRow, state: EpisodeDownload['state'], grab: GrabRecord | null): EpisodeDownload => ({
  state,
  downloadId: row.downloadId,
  protocol: row.protocol === 'unknown' ? (grab?.protocol ?? 'unknown') : row.protocol,
  client: row.client ?? grab?.client ?? null,
  indexer: row.indexer ?? grab?.indexer ?? null,
  title: row.title,
  size: row.size ?? grab?.size ?? null,
  sizeLeft: row.sizeLeft,
  timeLeft: row.timeLeft,
  grabbedAt: grab?.date ?? null,
  messages: row.messages,
});

const fromGrab = (grab: GrabRecord): EpisodeDownload => ({
  state: 'grabbed',
  downloadId: grab.downloadId,
  protocol: grab.protocol,
  client: grab.client,
  indexer: grab.indexer,
  title: grab.sourceTitle,
  size: grab.size,
  sizeLeft: null,
  timeLeft: null,
  grabbedAt: grab.date,
  messages: [],
});

/** The rows of each episode: those that Sonarr mapped to it, and those of jobs that were grabbed for it. */
function rowsByEpisode({ queue, history }: Observed): ReadonlyMap<number, readonly QueueRow[]> {
  const rows = new Map<number, QueueRow[]>();
  const jobs = new Map<string, QueueRow[]>();
  for (const row of queue) {
    if (row.downloadId !== null) jobs.set(row.downloadId, [...(jobs.get(row.downloadId) ?? []), row]);
    if (row.episodeId !== null) rows.set(row.episodeId, [...(rows.get(row.episodeId) ?? []), row]);
  }
  for (const { event, downloadId, episodeId } of history) {
    const job = event === 'grabbed' && downloadId !== null ? jobs.get(downloadId) : undefined;
    const own = rows.get(episodeId) ?? [];
    if (job && !own.some((row) => row.downloadId === downloadId)) rows.set(episodeId, [...own, ...job]);
  }
  return rows;
}

/** What a row says, unless history knows that its job has ended: Sonarr's queue is renewed later than its history. */
function readRow(row: QueueRow, records: readonly GrabRecord[]): EpisodeDownload | null {
  const state = queueState(row);
  if (!state) return null;
  const grabs = records.filter(
    (r) => r.event === 'grabbed' && r.downloadId !== null && r.downloadId === row.downloadId,
  );
  const grab = newestGrab(grabs)?.grab ?? null;
  const end = grab && endOf(grab, records);
  if (end && (end.event === 'imported' || isOnItsWay(state))) return null;
  return fromRow(row, state, grab);
}

/** In flight by history alone. */
const isTraceless = ({ grab, end }: NewestGrab, rows: readonly QueueRow[]): boolean =>
  !end && !rows.some((row) => row.downloadId === grab.downloadId);

/** A grab that has not ended, and of which neither Sonarr's queue nor SABnzbd knows anything, an hour later. */
const isGone = (newest: NewestGrab, rows: readonly QueueRow[], { now, gone }: Context): boolean =>
  isTraceless(newest, rows) && gone.has(newest.grab.downloadId ?? '') && toMs(newest.grab.date) + TRACELESS <= now;

/** When the newest grab came to nothing. A job that is gone has failed an hour after its grab, whenever that is noticed. */
function failedAt({ grab, end, importedSince }: NewestGrab, gone: boolean): Instant | null {
  if (importedSince) return null;
  if (gone) return toInstant(toMs(grab.date) + TRACELESS);
  return end && end.event !== 'imported' ? end.at : null;
}

interface Context {
  readonly now: number;
  readonly gone: ReadonlySet<string>;
  readonly ownNames: readonly string[];
}

const marked = (download: EpisodeDownload | null, { ownNames }: Context): EpisodeDownload | null =>
  download !== null && isElsewhere(download.client, ownNames) ? { ...download, otherClient: true } : download;

function underWay(rows: readonly QueueRow[], records: readonly GrabRecord[], context: Context): UnderWay {
  const newest = newestGrab(records);
  const gone = newest !== null && isGone(newest, rows, context);
  const found = rows.flatMap((row) => readRow(row, records) ?? []);
  if (newest && !gone && isTraceless(newest, rows)) found.push(fromGrab(newest.grab));
  const download = marked(found.sort((a, b) => byState(a.state, b.state))[0] ?? null, context);
  if (download && isOnItsWay(download.state)) return { download, grabFailedAt: null };
  return { download, grabFailedAt: newest && failedAt(newest, gone) };
}

/**
 * What is under way for each episode that Sonarr's queue or history knows anything about. The queue is blind for some
 * seconds after a grab and forgets jobs that were deleted in SABnzbd, so history counts too: a grab without an end is
 * on its way.
 * @param gone download ids that neither Sonarr's queue nor the queue and history of a SABnzbd that answered know;
 *   ids of grabs younger than an hour, and of jobs in Sonarr's queue, do not count
 */
export function downloadsUnderWay(
  observed: Observed & { readonly gone?: ReadonlySet<string> },
): ReadonlyMap<number, UnderWay> {
  const rows = rowsByEpisode(observed);
  const records = byEpisode(observed.history);
  const { now, ownNames = [], gone = new Set<string>() } = observed;
  const context = { now, gone, ownNames };
  const ids = new Set([...rows.keys(), ...records.keys()]);
  return new Map([...ids].map((id) => [id, underWay(rows.get(id) ?? [], records.get(id) ?? [], context)]));
}
