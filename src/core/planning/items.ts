import { compareText } from '../compare.js';
import type { PlanItem, ReasonCode, Viewer } from '../contracts/index.js';
import { toInstant } from '../time.js';
import { groupsOf } from '../groups.js';
import type { Need } from './needed-by.js';

/** Somebody's need comes before what others have watched, and that before an exclusion. */
const RANKS: Partial<Record<ReasonCode, number>> = { watched: 1, excluded: 2 };
const rank = ({ decision }: Need): number => RANKS[decision.reason.code] ?? 0;

const compareNeeds = (a: Need, b: Need): number =>
  rank(a) - rank(b) || compareText(a.viewer.name, b.viewer.name) || compareText(a.viewer.id, b.viewer.id);

/** Those of the best rank, which alone decide: who has watched it or is excluded does not count beside who needs it. */
const foremost = (all: readonly [Need, ...Need[]]): readonly [Need, ...Need[]] => {
  if (all.length === 1) return all;
  const [first = all[0], ...rest] = [...all].sort(compareNeeds);
  return [first, ...rest.filter((need) => rank(need) === rank(first))];
};

const distinctViewers = (needs: readonly Need[]): Viewer[] => [
  ...new Map(needs.map(({ viewer }) => [viewer.id, viewer])).values(),
];

interface Ordered {
  readonly item: PlanItem;
  readonly by: number;
}

const ON_ITS_WAY: readonly ReasonCode[] = ['downloading', 'queued', 'grabbed', 'other-client', 'waiting'];

/** One item of all needs of an episode: the earliest need, everybody's names. */
function itemOf(all: readonly [Need, ...Need[]]): Ordered {
  const needs = foremost(all);
  const { episode, view, decision } = needs[0];
  const by = Math.min(...needs.map((need) => need.by ?? Infinity));
  const item: PlanItem = {
    series: view.named,
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
    playedAt: needs.reduce((latest, need) => (need.playedAt > latest ? need.playedAt : latest), needs[0].playedAt),
    download: episode.download,
    result: null,
    release: null,
    downloadId: ON_ITS_WAY.includes(decision.reason.code) ? (episode.download?.downloadId ?? null) : null,
    queue: null,
    error: null,
  };
  return { item, by };
}

/** Rule 10: by need, then the most recent play, then series title, season and episode. */
const compareOrdered = (a: Ordered, b: Ordered): number =>
  (a.by === b.by ? 0 : a.by - b.by) ||
  compareText(b.item.playedAt, a.item.playedAt) ||
  compareText(a.item.series.title, b.item.series.title) ||
  a.item.series.sonarrId - b.item.series.sonarrId ||
  a.item.season - b.item.season ||
  a.item.episode - b.item.episode ||
  a.item.episodeId - b.item.episodeId;

/** The union over viewers, one item per episode, in the order of need. */
export const itemsOf = (needs: readonly Need[]): PlanItem[] =>
  [...groupsOf(needs, (need) => need.episode.id).values()]
    .map(itemOf)
    .sort(compareOrdered)
    .map(({ item }) => item);
