import type { Plan, PlanItem, PlanThread, ResultCode } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { searchesNeeded } from '../planning/budget.js';
import { groupsOf } from '../groups.js';
import { isWorthTelling } from '../words/news.js';
import { episodeView } from './episode-view.js';
import type { PlanCounts, PlanView, ThreadView, UnmatchedView, ViewerView } from './types.js';

/** More is no longer read by anybody, and would make the answer slow. */
const THREADS = 300;
const OTHERS = 200;

/** Orders the regular episodes of a series. */
const place = ({ season, episode }: Pick<PlanThread, 'season' | 'episode'>): number => season * 100_000 + episode;

const threadKey = (viewerId: string, sonarrId: number): string => `${sonarrId} ${viewerId}`;

interface Grouped {
  /** Episode ids that follow each thread, in order. */
  readonly next: ReadonlyMap<PlanThread, readonly number[]>;
  readonly openWants: ReadonlySet<number>;
}

/** The nearest before it; a special's number says nothing of its place, so it follows whose window holds it, else the latest. */
function threadOf(item: PlanItem, own: readonly PlanThread[]): PlanThread | undefined {
  if (item.season === 0) return own.find(({ window }) => window.includes(item.episodeId)) ?? own[0];
  return own.filter((thread) => place(thread) < place(item)).sort((a, b) => place(b) - place(a))[0];
}

const isSpecial = ({ season }: PlanItem): boolean => season === 0;

/** The window as it is, then what else follows; specials that no window holds come last. */
function inOrder({ window }: PlanThread, following: readonly PlanItem[]): readonly number[] {
  const ids = new Set(following.map(({ episodeId }) => episodeId));
  const others = following
    .filter(({ episodeId }) => !window.includes(episodeId))
    .sort((a, b) => Number(isSpecial(a)) - Number(isSpecial(b)) || place(a) - place(b));
  return [...window.filter((id) => ids.has(id)), ...others.map(({ episodeId }) => episodeId)];
}

/** Each viewer's episodes behind the viewing that they follow; what follows none is an open want. */
function grouped({ threads, items }: Plan): Grouped {
  const own = groupsOf(threads, ({ viewer, series }) => threadKey(viewer.id, series.sonarrId));
  const following = new Map<PlanThread, PlanItem[]>(threads.map((thread) => [thread, []]));
  const openWants = new Set<number>();
  for (const item of items) {
    if (item.reason.code === 'watched') continue;
    for (const { id } of item.viewers) {
      const thread = threadOf(item, own.get(threadKey(id, item.series.sonarrId)) ?? []);
      if (thread === undefined) openWants.add(item.episodeId);
      else following.get(thread)?.push(item);
    }
  }
  return { next: new Map([...following].map(([thread, list]) => [thread, inOrder(thread, list)])), openWants };
}

const threadView = (thread: PlanThread, next: readonly number[]): ThreadView => ({
  series: thread.series.title,
  slug: thread.series.titleSlug,
  position: episodeLabel(thread.season, thread.episode),
  playing: thread.playing,
  playedAt: thread.playedAt,
  state: thread.state,
  text: thread.text,
  next,
});

const viewersOf = ({ threads: all }: Plan, { next }: Grouped): readonly ViewerView[] =>
  [...groupsOf(all.slice(0, THREADS), ({ viewer }) => viewer.id).values()].map((threads) => ({
    ...threads[0].viewer,
    threads: threads.map((thread) => threadView(thread, next.get(thread) ?? [])),
  }));

function unmatchedOf({ unmatched }: Plan): readonly UnmatchedView[] {
  const shows = groupsOf(unmatched.filter(isWorthTelling), ({ play: { show } }) => show.key ?? show.title);
  return [...shows.values()].slice(0, OTHERS).map((plays) => {
    const [{ play, code, text }] = plays;
    const { tvdb } = play.show.ids;
    return {
      title: play.show.title,
      code,
      text,
      viewers: [...new Set(plays.map((one) => one.play.viewer.name))],
      plays: plays.length,
      ignoreId: tvdb === null ? '' : `tvdb:${tvdb}`,
    };
  });
}

const GRABBED: readonly ResultCode[] = ['grabbed', 'command-sent'];
const NOT_FOUND: readonly ResultCode[] = ['nothing-found', 'nothing-acceptable'];

function countsOf({ items, threads, unmatched, errors }: Plan): PlanCounts {
  const has = ({ result }: PlanItem, codes: readonly ResultCode[]): boolean =>
    result !== null && codes.includes(result.code);
  const having = (codes: readonly ResultCode[]): number => items.filter((item) => has(item, codes)).length;
  const toSearch = items.filter(({ action }) => action === 'search');
  return {
    shows: new Set([...threads, ...items].map(({ series }) => series.sonarrId)).size,
    episodes: items.length,
    toSearch: toSearch.length,
    // A release may hold others than those that were to be searched for, which are grabbed with it.
    stillToSearch: toSearch.filter((item) => !has(item, GRABBED) && !has(item, NOT_FOUND)).length,
    searches: searchesNeeded(items),
    grabbed: having(GRABBED),
    notFound: having(NOT_FOUND),
    onTheWay: items.filter(({ action }) => action === 'prioritise').length,
    unmatched: unmatched.filter(isWorthTelling).length,
    errors: errors.length,
  };
}

/**
 * A plan as the sidebar shows it: nothing of the plan itself is kept, so whoever changes the message changes nothing here.
 */
export function planView(plan: Plan): PlanView {
  const groups = grouped(plan);
  const viewers = viewersOf(plan, groups);
  const openWants = [...groups.openWants].slice(0, OTHERS);
  const shown = new Set([...viewers.flatMap(({ threads }) => threads.flatMap(({ next }) => next)), ...openWants]);
  return {
    runId: plan.run.id,
    at: plan.at,
    dryRun: plan.run.dryRun,
    partial: plan.partial,
    sonarr: { id: plan.sonarr.id, name: plan.sonarr.name, url: plan.sonarr.url },
    episodes: plan.items.filter(({ episodeId }) => shown.has(episodeId)).map((item) => episodeView(plan, item)),
    viewers,
    leftOut: Math.max(0, plan.threads.length - THREADS) + Math.max(0, groups.openWants.size - OTHERS),
    openWants,
    unmatched: unmatchedOf(plan),
    notes: [...plan.notes],
    counts: countsOf(plan),
  };
}

/** The same while its searches are being made. */
export const whileSearching = (view: PlanView): PlanView => ({
  ...view,
  episodes: view.episodes.map((episode) => (episode.code === 'search' ? { ...episode, code: 'searching' } : episode)),
});
