import type { Episode, MatchedPlay, UnmatchedPlay } from '../../core/contracts/index.js';
import { episodeMatcher } from '../../core/matching/index.js';
import { windowReachesEnd } from '../../core/planning/index.js';
import { inSlices } from '../../state/slices.js';
import type { PlayedSeries } from './placing.js';
import type { LookupWork } from './work.js';

/** A series with its list, and its plays at their places. */
export interface ListedSeries extends PlayedSeries {
  readonly episodes: readonly Episode[];
  readonly matched: readonly MatchedPlay[];
  /** Active plays only. */
  readonly unmatched: readonly UnmatchedPlay[];
  /** When its list was read. */
  readonly readAt: number;
}

/** A series whose list could not be read. */
export interface UnlistedSeries {
  readonly listing: PlayedSeries;
  readonly why: string;
}

export interface Listed {
  readonly series: readonly ListedSeries[];
  readonly failed: readonly UnlistedSeries[];
}

/** Whether two rows of one id are one episode: a rebuilt Sonarr gives its ids anew. */
export const isSameEpisode = (a: Episode, b: Episode): boolean =>
  a.seriesId === b.seriesId &&
  a.season === b.season &&
  a.episode === b.episode &&
  (a.tvdbId === b.tvdbId || a.tvdbId === null || b.tvdbId === null);

/** Shorter lists may be made anew as a whole by TheTVDB. */
const TELLING = 3;

/** Whether nothing of a list is left in what was read now. Single episodes do change their number or tvdb id. */
const isAnotherList = (before: readonly Episode[], now: readonly Episode[]): boolean => {
  const known = new Map(before.map((episode) => [episode.id, episode]));
  const isLeft = (episode: Episode): boolean => {
    const old = known.get(episode.id);
    return old !== undefined && isSameEpisode(old, episode);
  };
  return before.length >= TELLING && now.length > 0 && !now.some(isLeft);
};

/** Reads the list of a series anew; answers why that failed, or null. */
export const renewList = async (work: LookupWork, { series }: PlayedSeries): Promise<string | null> => {
  const { client, state } = work.deps;
  const before = state.lists.get(series.id)?.episodes ?? [];
  try {
    const { rows, unread } = await client.episodesOfSeries(series.id);
    work.unread(unread, `the episodes of ${series.title}`);
    state.lists.put(series.id, rows);
    if (isAnotherList(before, rows)) work.renumbered.add(series.id);
    return null;
  } catch (error) {
    return work.failed(error, { doing: 'read the episodes of', what: series.title }).message;
  }
};

/** Reads the lists that are not known or older than the cache time, several at once (the client knows how many). */
export const readLists = async (work: LookupWork, all: readonly PlayedSeries[]): Promise<Listed> => {
  const { lists } = work.deps.state;
  const reasons = await Promise.all(
    all.map(async (one) => {
      const list = lists.get(one.series.id);
      return list !== undefined && work.isCurrent(list.readAt) ? null : renewList(work, one);
    }),
  );
  const failed = all.flatMap((listing, i): UnlistedSeries[] => {
    const why = reasons[i] ?? null;
    return why === null || lists.get(listing.series.id) !== undefined ? [] : [{ listing, why }];
  });
  const without = new Set(failed.map(({ listing }) => listing));
  const series = await placeEpisodes(
    work,
    all.filter((one) => !without.has(one)),
  );
  return { series: await renewEarly(work, series), failed };
};

/** Finds the episodes of all plays in the lists as they are now. */
export const placeEpisodes = async (
  work: LookupWork,
  all: readonly PlayedSeries[],
): Promise<readonly ListedSeries[]> => {
  const listed: ListedSeries[] = [];
  await inSlices(all, (one) => {
    const list = work.deps.state.lists.get(one.series.id);
    if (list !== undefined) listed.push({ ...one, ...list, ...matchPlays(one, list.episodes) });
  });
  return listed;
};

const matchPlays = ({ series, plays, excluded }: PlayedSeries, episodes: readonly Episode[]) => {
  const ignored = excluded === null ? null : { code: 'ignored' as const, text: leftOut(series, excluded) };
  const find = episodeMatcher(series, episodes);
  const matched: MatchedPlay[] = [];
  const unmatched: UnmatchedPlay[] = [];
  for (const play of plays) {
    const found = find(play);
    if ('episodeId' in found) matched.push({ play, ...found });
    else if (play.active) unmatched.push({ play, ...(ignored ?? found), candidates: [] });
  }
  return { matched, unmatched };
};

const leftOut = ({ title }: PlayedSeries['series'], { by, name }: NonNullable<PlayedSeries['excluded']>): string =>
  by === 'tag' ? `${title} has the tag "${name}".` : `"${name}" is on the list of ignored shows.`;

/** What is looked for in vain in a list, as `mayRenew` counts it; null when nothing is. */
const lacks = (work: LookupWork, one: ListedSeries): string | null => {
  if (one.excluded !== null) return null;
  if (one.unmatched.length > 0) return `play ${one.series.id}`;
  const known = { series: one.series, episodes: one.episodes, plays: one.matched };
  return windowReachesEnd(known, { units: work.settings.unitsRead }, work.now) ? `end ${one.series.id}` : null;
};

/** Reads lists anew before their time where a play is not in the list or a window reaches the end of a running series. */
const renewEarly = async (work: LookupWork, listed: readonly ListedSeries[]): Promise<readonly ListedSeries[]> => {
  const lacking = new Map<ListedSeries, string>();
  await inSlices(listed, (one) => {
    const lack = lacks(work, one);
    if (lack !== null && work.mayRenew(lack, one.readAt)) lacking.set(one, lack);
  });
  if (lacking.size === 0) return listed;
  await Promise.all([...lacking.keys()].map((one) => renewList(work, one)));
  const renewed = await placeEpisodes(work, [...lacking.keys()]);
  for (const one of renewed) countLack(work, one);
  const byId = new Map(renewed.map((one) => [one.series.id, one]));
  return listed.map((one) => byId.get(one.series.id) ?? one);
};

const countLack = (work: LookupWork, renewed: ListedSeries): void => {
  const still = lacks(work, renewed);
  for (const lack of [`play ${renewed.series.id}`, `end ${renewed.series.id}`]) {
    if (lack === still) work.missedAgain(lack);
    else work.found(lack);
  }
};

/** The active plays of series whose list could not be read. */
export const notLookedUp = (failed: readonly UnlistedSeries[]): readonly UnmatchedPlay[] =>
  failed.flatMap(({ listing: { plays }, why }) => {
    const text = `Its episodes could not be read. ${why}`;
    const active = plays.filter((play) => play.active);
    return active.map((play) => ({ play, code: 'not-looked-up' as const, text, candidates: [] }));
  });
