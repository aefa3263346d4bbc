import type { GrabRecord, Instant } from '../contracts/index.js';
import { toMs } from '../time.js';
import { groupsOf } from '../groups.js';

export type GrabEnd = 'imported' | 'failed' | 'ignored';

/** The newest grab of an episode, and how it ended. */
export interface NewestGrab {
  readonly episodeId: number;
  readonly grab: GrabRecord;
  /** Null: in flight, as far as history knows. */
  readonly end: { readonly event: GrabEnd; readonly at: Instant } | null;
  /** The episode was imported after this grab, from whatever job. */
  readonly importedSince: boolean;
}

const isEnd = (record: GrabRecord): record is GrabRecord & { event: GrabEnd } =>
  record.event === 'imported' || record.event === 'failed' || record.event === 'ignored';

/** Sonarr writes ids in order; dates have whole seconds only. */
const isLater = (a: GrabRecord, b: GrabRecord): boolean => {
  const ms = toMs(a.date) - toMs(b.date);
  return ms === 0 ? a.id > b.id : ms > 0;
};

const newestOf = (records: readonly GrabRecord[]): GrabRecord | null =>
  records.reduce<GrabRecord | null>((newest, record) => (newest && isLater(newest, record) ? newest : record), null);

/** The records of each episode. */
export const byEpisode = (history: readonly GrabRecord[]): ReadonlyMap<number, readonly GrabRecord[]> =>
  groupsOf(history, ({ episodeId }) => episodeId);

/** The end of one grab: a later import, failure or "ignored" of the same job (of any job, where the grab has no id). */
export function endOf(grab: GrabRecord, records: readonly GrabRecord[]): NewestGrab['end'] {
  const ends = records.filter(
    (record) => isEnd(record) && record.downloadId === (grab.downloadId ?? record.downloadId) && isLater(record, grab),
  );
  const end = newestOf(ends);
  return end && isEnd(end) ? { event: end.event, at: end.date } : null;
}

/** Of one episode's records; null when history holds no grab of it. */
export function newestGrab(records: readonly GrabRecord[]): NewestGrab | null {
  const grab = newestOf(records.filter((record) => record.event === 'grabbed'));
  if (!grab) return null;
  const importedSince = records.some((record) => record.event === 'imported' && isLater(record, grab));
  return { episodeId: grab.episodeId, grab, end: endOf(grab, records), importedSince };
}
