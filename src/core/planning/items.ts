import type { PlanItem, PlanSeries, ReasonCode, Series, Viewer } from '../contracts/index.js';
import { toInstant } from '../time.js';
import { groupBy } from './group.js';
import type { Need } from './needed-by.js';

export const planSeries = (series: Series): PlanSeries => ({
  title: series.title,
  tvdbId: series.tvdbId,
  sonarrId: series.id,
  type: series.type,
  titleSlug: series.titleSlug,
});

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Somebody's need comes before what others have watched, and that before an exclusion. */
const rank = ({ decision }: Need): number => {
  const ranks: Partial<Record<ReasonCode, number>> = { watched: 1, excluded: 2 };
  return ranks[decision.reason.code] ?? 0;
};

const compareNeeds = (a: Need, b: Need): number =>
  rank(a) - rank(b) || compareText(a.viewer.name, b.viewer.name) || compareText(a.viewer.id, b.viewer.id);

const distinctViewers = (needs: readonly Need[]): Viewer[] => [
  ...new Map(needs.map(({ viewer }) => [viewer.id, viewer])).values(),
];

const earliest = (needs: readonly Need[]): number => Math.min(...needs.map((need) => need.by ?? Infinity));
const latest = (needs: readonly Need[]): number => Math.max(...needs.map((need) => need.playedAt));

interface Ordered {
  readonly item: PlanItem;
  readonly by: number;
  readonly playedAt: number;
}

const ON_ITS_WAY: readonly ReasonCode[] = ['downloading', 'queued', 'grabbed', 'other-client', 'waiting'];

/** One item of all needs of an episode: the earliest need, everybody's names. */
function itemOf(all: readonly Need[]): Ordered {
  const first = all.reduce((a, b) => (compareNeeds(b, a) < 0 ? b : a));
  const needs = all.filter((need) => rank(need) === rank(first)).sort(compareNeeds);
  const { episode, view, decision } = first;
  const by = earliest(needs);
  const playedAt = latest(needs);
  const item: PlanItem = {
    series: planSeries(view.known.series),
    season: episode.season,
    episode: episode.episode,
    title: episode.title,
    episodeId: episode.id,
    airDateUtc: episode.airDateUtc,
    runtime: view.runtime(episode),
    monitored: episode.monitored,
    ...decision,
    viewers: distinctViewers(needs),
    neededBy: by === Infinity ? null : toInstant(by),
    playedAt: toInstant(playedAt),
    download: episode.download,
    result: null,
    release: null,
    downloadId: ON_ITS_WAY.includes(decision.reason.code) ? (episode.download?.downloadId ?? null) : null,
    queue: null,
    error: null,
  };
  return { item, by, playedAt };
}

/** Rule 10: by need, then the most recent play, then series title, season and episode. */
const compareOrdered = (a: Ordered, b: Ordered): number =>
  (a.by === b.by ? 0 : a.by - b.by) ||
  b.playedAt - a.playedAt ||
  compareText(a.item.series.title, b.item.series.title) ||
  a.item.series.sonarrId - b.item.series.sonarrId ||
  a.item.season - b.item.season ||
  a.item.episode - b.item.episode ||
  a.item.episodeId - b.item.episodeId;

/** The union over viewers, one item per episode, in the order of need. */
export const itemsOf = (needs: readonly Need[]): PlanItem[] =>
  [...groupBy(needs, (need) => need.episode.id).values()]
    .map(itemOf)
    .sort(compareOrdered)
    .map(({ item }) => item);
