import type { GrabRecord, PlanItem, Release } from '../../core/contracts/index.js';
import { reasonFor } from '../../core/planning/index.js';
import { DAY, MINUTE, toInstant, toMs } from '../../core/time.js';
import type { GrabIntent } from '../../state/entries.js';
import { itemError } from '../failures.js';
import { nameOf } from './ledger.js';
import type { Work } from './work.js';

/** How long history may be silent about a grab whose answer was lost. */
export const SETTLED_AFTER = 2 * MINUTE;
/** How far Sonarr's clock may be behind ours. */
export const SKEW = 10 * MINUTE;
/** Grabs of one episode that are read to find one. */
const LOOK_BACK = 5;

export const intentFor = (item: PlanItem, release: Release, now: number): GrabIntent => ({
  episodeId: item.episodeId,
  episodeIds: [...new Set([item.episodeId, ...release.episodeIds])],
  seriesId: item.series.sonarrId,
  guid: release.guid,
  indexerId: release.indexerId,
  title: release.title,
  at: toInstant(now),
});

/** An older grab of the same release is another one. */
const isTraceOf = (intent: GrabIntent, record: GrabRecord): boolean =>
  record.event === 'grabbed' &&
  (record.guid === null ? record.sourceTitle === intent.title : record.guid === intent.guid) &&
  toMs(record.date) >= toMs(intent.at) - SKEW;

/** The grab in Sonarr's history; null when it has none. Sonarr writes it before it answers the grab. */
export const traceOf = async (work: Work, intent: GrabIntent, limit = LOOK_BACK): Promise<GrabRecord | null> => {
  const { rows } = await work.deps.client.grabsOfEpisode(intent.episodeId, limit);
  return rows.find((record) => isTraceOf(intent, record)) ?? null;
};

/** A grab of an earlier run that history knows. */
export interface Found {
  readonly intent: GrabIntent;
  readonly trace: GrabRecord;
}

/**
 * Asks history about every grab of an earlier run that nobody saw end. Found: it was made. No trace 2 min after its
 * answer was lost: it was not. Until then its episodes are not searched.
 */
export const settleIntents = async (work: Work): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for (const intent of work.deps.shared.intents.all()) {
    const trace = await settle(work, intent);
    if (trace !== null) found.push({ intent, trace });
  }
  return found;
};

/** Tells of a grab whose run ended before it could: its episodes, which it answers, are on their way with this very download. */
export const markFound = (work: Work, { intent, trace }: Found): readonly number[] => {
  const { ledger } = work;
  const episodeIds = intent.episodeIds.filter((id) => {
    const download = ledger.get(id)?.download ?? null;
    if (download === null) return false;
    // The look-up knew of the intent alone, or of the job.
    const isIntent = download.state === 'grabbed' && download.downloadId === null;
    return isIntent || download.downloadId === trace.downloadId;
  });
  const { indexer, protocol, size, sourceTitle: title } = trace;
  const release = { title, size: size ?? 0, indexer: indexer ?? '', protocol, episodeIds };
  const result = {
    code: 'grabbed',
    text: `Grabbed by an earlier run that ended before it could report it: ${title}`,
  } as const;
  for (const id of episodeIds) ledger.change(id, { release, result, downloadId: trace.downloadId });
  return episodeIds;
};

const settle = async (work: Work, stored: GrabIntent): Promise<GrabRecord | null> => {
  const { deps, ledger } = work;
  const intent = await dated(work, stored);
  try {
    const trace = await traceOf(work, intent);
    const silentFor = deps.now() - toMs(intent.lostAt ?? intent.at);
    if (trace === null && silentFor < SETTLED_AFTER) {
      markUnsettled(work, intent);
      return null;
    }
    deps.log.info(
      'grab-settled',
      `The grab of "${intent.title}" ${trace === null ? 'was not made' : 'was made'}, Sonarr's history says.`,
    );
    await work.remember('that a grab is settled', () => deps.shared.intents.remove(String(intent.episodeId)));
    return trace;
  } catch (error) {
    ledger.error(itemError(error, deps.signal).toRunError());
    markUnsettled(work, intent);
    return null;
  }
};

/** One from the future, as the clock was set back, waits from now on; when it was sent nobody knows, but before now. */
const dated = async (work: Work, intent: GrabIntent): Promise<GrabIntent> => {
  const now = work.deps.now();
  if (toMs(intent.lostAt ?? intent.at) <= now) return intent;
  const redated = { ...intent, at: toInstant(now - DAY), lostAt: toInstant(now) };
  await work.remember('when a grab was sent', () => work.deps.shared.intents.put(redated));
  return redated;
};

const UNSETTLED = "A grab was sent but its response was lost; Sonarr's history will decide, in 2 min at the earliest";

/** The episodes of a grab that may have been made count as on their way. */
export const markUnsettled = (work: Work, intent: GrabIntent): void => {
  for (const id of intent.episodeIds) {
    const item = work.ledger.get(id);
    if (item === undefined || !work.ledger.isWanted(id)) continue;
    work.deps.log.debug('unsettled', `${nameOf(item)}: ${UNSETTLED}.`);
    work.ledger.change(id, {
      action: 'none',
      reason: { ...reasonFor('grabbed'), text: UNSETTLED },
      result: { code: 'unsettled', text: `${UNSETTLED}: ${intent.title}` },
    });
  }
};
