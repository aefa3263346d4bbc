import type { Lookup, LookupSeries, LookupSettings, OpenWant, SearchAttempt, Tag } from '../../core/contracts/index.js';
import { missingTags } from '../../core/picks.js';
import { DAY, toInstant, toMs } from '../../core/time.js';
import { within } from '../../state/options.js';
import { attemptKey, wantKey } from '../../state/sonarr.js';
import { failedAfter } from '../failed-after.js';
import { assemble } from './assemble.js';
import { type Fresh, readFresh } from './fresh.js';
import { renewIndex } from './known-series.js';
import { type Listed, type ListedSeries, notLookedUp, readLists } from './lists.js';
import { type Placed, placePlays } from './placing.js';
import { observe, underWay } from './under-way.js';
import { type LookupDeps, type LookupInput, LookupWork } from './work.js';

/**
 * Finds in Sonarr what was played: series, episodes, what is on its way, and what is remembered of them.
 * An idle run with warm caches asks for the queue, the history and each 400 episodes looked at, once.
 * The failure of one series is recorded; the rest goes on.
 * @throws ServiceError when Sonarr cannot be used, or its queue or history cannot be read
 */
export const lookUp = async (input: LookupInput, settings: LookupSettings, deps: LookupDeps): Promise<Lookup> => {
  const { client, state } = deps;
  await state.load();
  const work = new LookupWork(input, settings, deps);
  await work.remember('what is still needed', () => state.prune());
  if (!input.plays.some((play) => play.active) && state.wants.size === 0) return emptyLookup(work);
  const [found, observed] = await Promise.all([
    find(work),
    observe(work),
    work.checkVersion('sonarr', state.session, async () => (await client.status()).version),
  ]);
  await work.remember('which Sonarr this is', () => state.answered());
  const { fresh, placed, listed } = found;
  const downloads = await underWay(work, observed, () => idsOf(fresh));
  const series = await assemble(fresh, downloads);
  await forget(work, placed, fresh);
  await noteFailedGrabs(work, series);
  const unmatched = [
    ...placed.unmatched,
    ...fresh.series.flatMap((one) => one.unmatched),
    ...notLookedUp(listed.failed),
  ];
  const { tags } = placed;
  noteLostTags(work, tags);
  return { ...emptyLookup(work), series, tags, unmatched };
};

/** What an excluded tag kept out is planned once Sonarr has the tag no more. */
const noteLostTags = (work: LookupWork, tags: readonly Tag[]): void => {
  for (const name of missingTags(tags, work.settings.excludeTags)) {
    work.note(`Sonarr has no tag "${name}", so it excludes nothing (excludeTags).`);
  }
};

const idsOf = ({ series }: Fresh): ReadonlySet<number> =>
  new Set(series.flatMap(({ episodes }) => episodes.map(({ id }) => id)));

interface Found {
  readonly placed: Placed;
  readonly listed: Listed;
  readonly fresh: Fresh;
}

/** Where episodes have other ids than before, series may have, too: the index is read anew then, and all looked up again. */
const find = async (work: LookupWork): Promise<Found> => {
  const found = await findByIndex(work);
  if (work.renumbered.size === 0) return found;
  await forgetRenumbered(work);
  if (!work.isOfThisRun(found.placed.indexReadAt)) await renewIndex(work);
  return findByIndex(work);
};

/** From plays to series, their lists and what changes by the hour. */
const findByIndex = async (work: LookupWork): Promise<Found> => {
  let placed = await placePlays(work);
  let listed = await readLists(work, placed.series);
  if (await indexIsBehind(work, placed, listed)) {
    placed = await placePlays(work);
    listed = await readLists(work, placed.series);
  }
  return { placed, listed, fresh: await readFresh(work, listed.series) };
};

/** What was remembered by ids that mean other episodes now. */
const forgetRenumbered = async (work: LookupWork): Promise<void> => {
  const { state, log } = work.deps;
  const lost = state.wants.all().filter(({ seriesId }) => work.renumbered.has(seriesId));
  log.info('sonarr-rebuilt', 'Sonarr has assigned new episode ids; what was remembered under the old ones is dropped.');
  await work.remember('that ids have changed', async () => {
    await state.wants.remove(...lost.map(wantKey));
    await state.attempts.replace([]);
    await state.monitored.replace([]);
  });
};

/** Sonarr answers an empty list for a series that was deleted, and that of another show where the id was given anew. */
const isOffIndex = ({ episodes, excluded, plays, matched }: ListedSeries): boolean =>
  episodes.length === 0 || (excluded === null && matched.length === 0 && plays.some((play) => play.active));

/** Whether a list does not go with its series in the index, which was read anew for that. */
const indexIsBehind = async (work: LookupWork, { indexReadAt }: Placed, { series }: Listed): Promise<boolean> => {
  const missedIn = (one: ListedSeries): string => `list ${one.series.id}`;
  const off = series.filter(isOffIndex);
  if (!off.some((one) => work.mayRenew(missedIn(one), indexReadAt))) return false;
  const { byId } = await renewIndex(work);
  for (const one of off) if (byId.has(one.series.id)) work.missedAgain(missedIn(one));
  return true;
};

/** A cool-down ends when the file is there; a want ends with its episode. */
const forget = async (work: LookupWork, { orphans }: Placed, { series }: Fresh): Promise<void> => {
  const { attempts, wants } = work.deps.state;
  const searched = new Set(attempts.all().map(({ episodeId }) => episodeId));
  const imported = series
    .flatMap(({ episodes }) => episodes.filter(({ id, hasFile }) => hasFile && searched.has(id)))
    .map(({ id }) => attemptKey({ episodeId: id }));
  const lost = [...orphans, ...series.flatMap(lostWants)];
  await work.remember('what has arrived', () => attempts.remove(...imported));
  await work.remember('what is no longer wanted', () => wants.remove(...lost.map(wantKey)));
};

/** A grab that failed or is gone counts as a search that failed at that time, once. */
const noteFailedGrabs = async (work: LookupWork, series: readonly LookupSeries[]): Promise<void> => {
  const { attempts } = work.deps.state;
  const failed = series.flatMap(({ episodes }) =>
    episodes.flatMap(({ id: episodeId, grabFailedAt: at }): SearchAttempt[] => {
      const before = attempts.get(attemptKey({ episodeId }));
      if (at === null || (before !== undefined && toMs(before.at) >= toMs(at))) return [];
      return [failedAfter(before, { episodeId, at })];
    }),
  );
  await work.remember('which grabs failed', () => attempts.put(...failed));
};

/** An empty list proves nothing about single episodes. */
const lostWants = ({ episodes, wants }: ListedSeries): readonly OpenWant[] => {
  if (episodes.length === 0 || wants.length === 0) return [];
  const there = new Set(episodes.map(({ id }) => id));
  return wants.filter(({ episodeId }) => !there.has(episodeId));
};

/** The look-up without series: everything else as it stands at the end of the run. */
const emptyLookup = (work: LookupWork): Lookup => {
  const { input, settings, deps } = work;
  const { attempts, wants, searches } = deps.state;
  const isToday = within(DAY);
  return {
    run: input.run,
    at: toInstant(work.now),
    sonarr: deps.server,
    sabnzbd: deps.sabnzbd?.server ?? null,
    searchCache: settings.searchCache,
    unitsRead: settings.unitsRead,
    series: [],
    unmatched: [],
    filtered: input.filtered,
    ...(input.filters === undefined ? {} : { filters: input.filters }),
    remembered: {
      attempts: attempts.all(),
      wants: wants.all(),
      searchesToday: searches.all().filter((search) => isToday(search, work.now)).length,
    },
    notes: work.notes,
    errors: work.errors,
  };
};
