import { idLists } from '../../clients/sonarr/id-lists.js';
import type { Episode } from '../../core/contracts/index.js';
import { episodesToRead } from '../../core/planning/index.js';
import { inSlices } from '../../state/slices.js';
import { serviceError } from '../failures.js';
import { isSameEpisode, type ListedSeries, placeEpisodes, renewList } from './lists.js';
import type { LookupWork } from './work.js';

/** The series with their lists as they are after reading, and what was read afresh, by id. */
export interface Fresh {
  readonly series: readonly ListedSeries[];
  readonly read: ReadonlyMap<number, Episode>;
}

/** An episode as the list of its series has it. */
interface Wanted {
  readonly of: ListedSeries;
  readonly episode: Episode;
}

/** The episodes of each series that may be planned, by id; nothing of an excluded series is. */
const idsToRead = async (
  work: LookupWork,
  series: readonly ListedSeries[],
): Promise<ReadonlyMap<number, readonly Wanted[]>> => {
  const wanted = new Map<number, Wanted[]>();
  await inSlices(series, (of) => {
    if (of.excluded !== null) return;
    const known = { series: of.series, episodes: of.episodes, plays: of.matched };
    const ids = episodesToRead(known, of.wants, work.settings, work.now);
    for (const episode of of.episodes) {
      if (!ids.has(episode.id)) continue;
      const same = wanted.get(episode.id);
      // Two lists with one id: Sonarr was rebuilt after the older one was read.
      if (same === undefined) wanted.set(episode.id, [{ of, episode }]);
      else same.push({ of, episode });
    }
  });
  return wanted;
};

/** The series for which an id is read that is not (any more) the episode of their list. */
const misled = (work: LookupWork, row: Episode, wanted: readonly Wanted[]): readonly ListedSeries[] =>
  wanted.flatMap(({ of, episode }) => {
    if (row.seriesId !== episode.seriesId) work.renumbered.add(of.series.id);
    return isSameEpisode(row, episode) ? [] : [of];
  });

/** Reads what changes by the hour; answers also the series of ids that Sonarr does not know, or as another episode. */
const readIds = async (work: LookupWork, wanted: ReadonlyMap<number, readonly Wanted[]>, mayRenew: boolean) => {
  const read = new Map<number, Episode>();
  const concerned = new Set<ListedSeries>();
  const wantedAs = (id: number): readonly Wanted[] => wanted.get(id) ?? [];
  const readList = async (ids: readonly number[]): Promise<void> => {
    try {
      const { rows, unread } = await work.deps.client.episodesByIds(ids);
      work.unread(unread, 'the episodes');
      for (const row of rows) {
        const others = misled(work, row, wantedAs(row.id));
        for (const one of others) concerned.add(one);
        if (others.length < wantedAs(row.id).length) read.set(row.id, row);
      }
    } catch (error) {
      if (mayRenew && serviceError(error, work.deps.signal).code === 'unknown-episode') {
        for (const id of ids) for (const { of } of wantedAs(id)) concerned.add(of);
      } else {
        work.failed(error);
      }
    }
  };
  // One request each: an unknown id costs the others of its list, and no more.
  await Promise.all(idLists([...wanted.keys()]).map(readList));
  return { read, concerned };
};

/** Writes what was read into the lists, in memory too, and answers the series with them. */
const takeOver = async (
  work: LookupWork,
  series: readonly ListedSeries[],
  read: Fresh['read'],
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
 * Reads file, monitoring and air dates of the units ahead of each thread, all series together. One id that Sonarr does not know
 * fails a whole request, and one that is another episode now is as bad: the lists concerned are read anew then, once,
 * and what they ask for is read again.
 */
export const readFresh = async (work: LookupWork, series: readonly ListedSeries[]): Promise<Fresh> => {
  const first = await readIds(work, await idsToRead(work, series), true);
  if (first.concerned.size === 0) return { series: await takeOver(work, series, first.read), read: first.read };
  await Promise.all(toRenew(work, [...first.concerned]).map((one) => renewList(work, one)));
  const concerned = new Map((await placeEpisodes(work, [...first.concerned])).map((one) => [one.series.id, one]));
  const second = await readIds(work, await idsToRead(work, [...concerned.values()]), false);
  const read = new Map([...first.read, ...second.read]);
  const all = series.map((one) => concerned.get(one.series.id) ?? one);
  return { series: await takeOver(work, all, read), read };
};

/** The older lists; only where none is older, an episode must have gone since this run read them. */
const toRenew = (work: LookupWork, concerned: readonly ListedSeries[]): readonly ListedSeries[] => {
  const older = concerned.filter(({ readAt }) => !work.isOfThisRun(readAt));
  return older.length > 0 ? older : concerned;
};
