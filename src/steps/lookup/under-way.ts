import type { EpisodeDownload, GrabRecord, QueueRow } from '../../core/contracts/index.js';
import { downloadsUnderWay, type GrabToCheck, grabsToCheck, type UnderWay } from '../../core/downloads/index.js';
import { DAY, toInstant, toMs } from '../../core/time.js';
import type { GrabIntent } from '../../state/entries.js';
import { SETTLED_AFTER, SKEW } from '../search/intents.js';
import { ownClientNames } from './own-client.js';
import type { LookupWork } from './work.js';

const HISTORY = 7 * DAY;

/** Sonarr's queue and the history of its grabs, read together. */
export interface Observation {
  readonly queue: readonly QueueRow[];
  readonly history: readonly GrabRecord[];
}

/** One request each. Without them nobody knows what is on its way, so a failure of either ends the look-up. */
export const observe = async (work: LookupWork): Promise<Observation> => {
  const { client } = work.deps;
  const [queue, history] = await Promise.all([client.queue(), client.historySince(toInstant(work.now - HISTORY))]);
  work.unread(queue.unread, "the records of Sonarr's queue");
  work.unread(history.unread, "the records of Sonarr's history");
  return { queue: queue.rows, history: history.rows };
};

/**
 * What is under way for each episode of the series that are looked at.
 * @param idsLookedAt asked for only when there is a grab to check: they are many
 */
export const underWay = async (
  work: LookupWork,
  { queue, history }: Observation,
  idsLookedAt: () => ReadonlySet<number>,
): Promise<ReadonlyMap<number, UnderWay>> => {
  const ownNames = await ownClientNames(work, { queue, history });
  const observed = { queue, history, now: work.deps.now(), ownNames };
  const gone = await goneGrabs(work, grabsToCheck(observed), idsLookedAt);
  const found = new Map(downloadsUnderWay({ ...observed, gone }));
  for (const intent of unsettled(work, history)) {
    for (const id of intent.episodeIds) {
      if ((found.get(id)?.download ?? null) === null) found.set(id, { download: sentGrab(intent), grabFailedAt: null });
    }
  }
  return found;
};

/** Download ids that a SABnzbd that answered knows nothing of: it is asked only about grabs without a trace in Sonarr's queue. */
const goneGrabs = async (
  work: LookupWork,
  grabs: readonly GrabToCheck[],
  idsLookedAt: () => ReadonlySet<number>,
): Promise<ReadonlySet<string>> => {
  const { session } = work.deps.state;
  const lookedAt = grabs.length === 0 ? new Set<number>() : idsLookedAt();
  const checks = grabs.filter(({ episodeIds }) => episodeIds.some((id) => lookedAt.has(id)));
  // A job that was gone never comes back under its id.
  const known = new Set(checks.map(({ downloadId }) => downloadId).filter((id) => session.gone.has(id)));
  const open = checks.map(({ downloadId }) => downloadId).filter((id) => !known.has(id));
  const gone = new Set([...known, ...(await askSabnzbd(work, open))]);
  session.gone = gone;
  return gone;
};

const askSabnzbd = async (work: LookupWork, ids: readonly string[]): Promise<readonly string[]> => {
  const { sabnzbd } = work.deps;
  if (sabnzbd === null || ids.length === 0) return [];
  try {
    const queued = new Set((await sabnzbd.client.queue()).jobs.map((job) => job.id));
    const missing = ids.filter((id) => !queued.has(id));
    if (missing.length === 0) return [];
    const ended = new Set(await sabnzbd.client.knownToHistory(missing));
    return missing.filter((id) => !ended.has(id));
  } catch (error) {
    work.failed(error);
    return [];
  }
};

/** Grabs that are being made now, or whose answer was lost so lately that history may still be silent about them. */
const unsettled = ({ deps, now }: LookupWork, history: readonly GrabRecord[]): readonly GrabIntent[] =>
  (deps.shared?.intents.all() ?? []).filter((intent) => {
    const isTrace = ({ event, episodeId, date }: GrabRecord): boolean =>
      event === 'grabbed' && intent.episodeIds.includes(episodeId) && toMs(date) >= toMs(intent.at) - SKEW;
    return Math.abs(now - toMs(intent.lostAt ?? intent.at)) < SETTLED_AFTER && !history.some(isTrace);
  });

const sentGrab = (intent: GrabIntent): EpisodeDownload => ({
  state: 'grabbed',
  downloadId: null,
  protocol: 'unknown',
  client: null,
  indexer: null,
  title: intent.title,
  size: null,
  sizeLeft: null,
  timeLeft: null,
  grabbedAt: intent.at,
  messages: [],
});
