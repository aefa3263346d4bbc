import type { Episode } from '../../core/contracts/index.js';
import { episodesToRead } from '../../core/planning/index.js';
import { inSlices } from '../../state/slices.js';
import { serviceError } from '../failures.js';
import { type ListedSeries, placeEpisodes, renewList } from './lists.js';
import type { LookupWork } from './work.js';

/** Episode ids per request: longer ones are refused (414 above 8 kB). */
const IDS = 400;

/** The series with their lists as they are after reading, and the ids of what was read afresh. */
export interface Fresh {
  readonly series: readonly ListedSeries[];
  readonly ids: ReadonlySet<number>;
}

type Read = ReadonlyMap<number, Episode>;

/** The episodes of each series that may be planned; nothing of an excluded series is. */
const idsToRead = async (
  work: LookupWork,
  series: readonly ListedSeries[],
): Promise<ReadonlyMap<number, ListedSeries>> => {
  const ids = new Map<number, ListedSeries>();
  await inSlices(series, (one) => {
    if (one.excluded !== null) return;
    const known = { series: one.series, episodes: one.episodes, plays: one.matched };
    for (const id of episodesToRead([known], one.wants, work.settings, work.now)) ids.set(id, one);
  });
  return ids;
};

const inGroups = (ids: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS) }, (_, i) => ids.slice(i * IDS, (i + 1) * IDS));

/** Reads what changes by the hour; answers also the series of requests that failed for an id that Sonarr does not know. */
const readIds = async (work: LookupWork, wanted: ReadonlyMap<number, ListedSeries>, mayRenew: boolean) => {
  const read = new Map<number, Episode>();
  const concerned = new Set<ListedSeries>();
  const readGroup = async (ids: readonly number[]): Promise<void> => {
    try {
      const { rows, unread } = await work.deps.client.episodesByIds(ids);
      work.unread(unread, 'the episodes');
      for (const row of rows) read.set(row.id, row);
    } catch (error) {
      if (mayRenew && serviceError(error, work.deps.signal).code === 'unknown-episode') {
        for (const id of ids) {
          const one = wanted.get(id);
          if (one !== undefined) concerned.add(one);
        }
      } else {
        work.failed(error);
      }
    }
  };
  await Promise.all(inGroups([...wanted.keys()]).map(readGroup));
  return { read, concerned };
};

/** Writes what was read into the lists, in memory too, and answers the series with them. */
const takeOver = async (
  work: LookupWork,
  series: readonly ListedSeries[],
  read: Read,
): Promise<readonly ListedSeries[]> => {
  const { lists } = work.deps.state;
  const bySeries = new Map<number, Map<number, Episode>>();
  for (const episode of read.values()) {
    const own = bySeries.get(episode.seriesId) ?? new Map<number, Episode>();
    bySeries.set(episode.seriesId, own.set(episode.id, episode));
  }
  const taken: ListedSeries[] = [];
  await inSlices(series, (one) => {
    const own = bySeries.get(one.series.id);
    if (own !== undefined) lists.refresh(one.series.id, own);
    taken.push({ ...one, episodes: lists.get(one.series.id)?.episodes ?? one.episodes });
  });
  return taken;
};

/**
 * Reads file and monitoring of the units ahead of each thread, all series together. One id that Sonarr does not know
 * fails a whole request: the lists concerned are read anew then, once, and what they ask for is read again.
 */
export const readFresh = async (work: LookupWork, series: readonly ListedSeries[]): Promise<Fresh> => {
  const first = await readIds(work, await idsToRead(work, series), true);
  if (first.concerned.size === 0)
    return { series: await takeOver(work, series, first.read), ids: new Set(first.read.keys()) };
  await Promise.all(toRenew(work, [...first.concerned]).map((one) => renewList(work, one)));
  const concerned = new Map((await placeEpisodes(work, [...first.concerned])).map((one) => [one.series.id, one]));
  const second = await readIds(work, await idsToRead(work, [...concerned.values()]), false);
  const read = new Map([...first.read, ...second.read]);
  const all = series.map((one) => concerned.get(one.series.id) ?? one);
  return { series: await takeOver(work, all, read), ids: new Set(read.keys()) };
};

/** The older lists; only where none is older, an episode must have gone since this run read them. */
const toRenew = (work: LookupWork, concerned: readonly ListedSeries[]): readonly ListedSeries[] => {
  const older = concerned.filter(({ readAt }) => !work.isOfThisRun(readAt));
  return older.length > 0 ? older : concerned;
};
