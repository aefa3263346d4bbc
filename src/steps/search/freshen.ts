import type { EpisodeDownload, PlanItem, Reason } from '../../core/contracts/index.js';
import { downloadsUnderWay } from '../../core/downloads/index.js';
import { reasonFor } from '../../core/planning/index.js';
import { MINUTE, SECOND, toInstant, toMs } from '../../core/time.js';
import { ServerLost, serviceError } from '../failures.js';
import { nameOf } from './ledger.js';
import { ownClientNames } from './own-client.js';
import type { Work } from './work.js';

/** Older facts are read again before anything is grabbed. */
const STALE = 20 * SECOND;
/** How far Sonarr's clock may be behind ours. */
const SKEW = 15 * MINUTE;

/** Whether queue and history were read too long ago to grab by. */
export const isStale = (work: Work): boolean => work.deps.now() - work.readAt > STALE;

/** What another flow has searched since this plan's facts were read. */
const justSearched = (work: Work): readonly PlanItem[] => {
  const { planned, deps, ledger } = work;
  return ledger.wanted().filter(({ episodeId }) => (deps.shared.searched.get(episodeId) ?? -Infinity) >= planned);
};

export const isJustSearched = (work: Work): boolean => justSearched(work).length > 0;

/**
 * Reads queue and history again (one request each) and drops what is on its way, or has its file, by now. Without an
 * answer to both nothing may be grabbed, so a failure here ends the run.
 * @param since milliseconds; history is read from there, or from when the plan's facts were read
 */
export const freshen = async (work: Work, since = Infinity): Promise<void> => {
  const { client, now, signal } = work.deps;
  const read = work.planned;
  const asked = now();
  const from = toInstant(Math.min(read - SKEW, since - MINUTE));
  try {
    const [queue, history] = await Promise.all([client.queue(), client.historySince(from)]);
    const observed = { queue: queue.rows, history: history.rows };
    const underWay = downloadsUnderWay({ ...observed, ownNames: await ownClientNames(work, observed), now: now() });
    const imported = new Set(
      history.rows.flatMap((row) => (row.event === 'imported' && toMs(row.date) >= read ? [row.episodeId] : [])),
    );
    for (const item of work.ledger.wanted()) {
      const download = underWay.get(item.episodeId)?.download ?? null;
      if (download !== null) markOnItsWay(work, item, download);
      else if (imported.has(item.episodeId)) drop(work, item, { reason: reasonFor('on-disk') });
    }
    work.readAt = asked;
  } catch (error) {
    throw new ServerLost(serviceError(error, signal));
  }
};

/** Waits for nothing any more: it came by another way since the plan was made. */
const drop = (work: Work, item: PlanItem, changes: Partial<PlanItem> & { readonly reason: Reason }): void => {
  const text = `${changes.reason.text} since the plan was made`;
  work.deps.log.debug('left-alone', `${nameOf(item)}: ${text}.`);
  work.ledger.change(item.episodeId, { action: 'none', ...changes, result: { code: 'skipped', text } });
};

const markOnItsWay = (work: Work, item: PlanItem, download: EpisodeDownload): void => {
  const { downloadId, state } = download;
  const isJob = state === 'downloading' || state === 'queued' || state === 'grabbed';
  const isOurs = download.protocol !== 'torrent' && download.otherClient !== true;
  const action = isJob && downloadId !== null && isOurs ? 'prioritise' : 'none';
  drop(work, item, { action, reason: reasonFor(state, { download }), download, downloadId });
};

/** Another flow's search of the same episode has been answered after this plan's facts were read: no second one. */
export const dropJustSearched = (work: Work): void => {
  for (const item of justSearched(work)) {
    const reason = reasonFor('cooling-down', { by: 'another flow has just searched for it' });
    drop(work, item, { reason });
  }
};
