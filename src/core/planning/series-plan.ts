import type { LookupEpisode, LookupSeries, OpenWant, PlanThread } from '../contracts/index.js';
import { toInstant, toMs } from '../time.js';
import { contextOf, lookAheadIn, type Planning, type SeriesContext } from './context.js';
import { isUpcoming, type Decision } from './decide.js';
import { neededBy, neededTimes, resumesAt, type Need } from './needed-by.js';
import { groupBy } from './rows.js';
import { positionOf } from './standing.js';
import { planThread, type ThreadPlan } from './thread-plan.js';
import { currentThreads, latestOf } from './threads.js';
import { viewersOf, type PlacedPlay, type ViewerPlays } from './viewer-plays.js';
import type { LookedAt } from './window.js';
import { others, staysOpen, type Opening } from './wants.js';

/** What the plays and open wants of one series lead to. */
export interface SeriesPlan {
  readonly threads: readonly PlanThread[];
  readonly needs: readonly Need[];
  readonly opened: readonly Opening[];
  /** Wants of this series that stay open although no thread leads to them. */
  readonly kept: readonly OpenWant[];
  readonly notes: readonly string[];
}

/** @param wants those of this series */
export function planOfSeries(of: LookupSeries, wants: readonly OpenWant[], planning: Planning): SeriesPlan {
  const context = contextOf(of, planning);
  const viewers = viewersOf(context.view, planning.now);
  const plans = viewers.map((viewer) => planViewer(context, viewer));
  const opened = plans.flatMap(({ threads }) => threads.flatMap((plan) => plan.opened));
  const unordered = new Set(plans.filter(({ noOrder }) => noOrder).map(({ viewer }) => viewer.viewer.id));
  const kept = keptWants(context, viewers, others(wants, opened)).filter((want) => !unordered.has(want.viewer.id));
  const threads = plans.flatMap((plan) => plan.threads);
  return {
    threads: threads.map(({ thread }) => thread),
    needs: [...threads.flatMap(({ needs }) => needs), ...needsOfWants(context, kept)],
    opened,
    kept,
    notes: threads.flatMap(({ note }) => note ?? []),
  };
}

interface ViewerPlan {
  readonly viewer: ViewerPlays;
  readonly noOrder: boolean;
  readonly threads: readonly ThreadPlan[];
}

function planViewer(context: SeriesContext, viewer: ViewerPlays): ViewerPlan {
  const { units } = context.view;
  const { threads, noOrder } = currentThreads(viewer.plays, units);
  const latest = threads[0];
  if (!latest) return { viewer, noOrder: false, threads: placelessThread(context, viewer) };
  const { skipSpecials } = context.settings;
  const next = units.findIndex((unit, place) => place > latest.place && !(unit.special && skipSpecials));
  const plans = threads.map((thread) => {
    const latestPlay = latestOf(thread);
    const lookAhead = lookAheadIn(context, viewer.viewer, latestPlay.play.library);
    const position = positionOf(context, viewer.viewer, latestPlay);
    return planThread({ context, viewer, thread, position, noOrder, next, lookAhead });
  });
  return { viewer, noOrder, threads: plans };
}

/** Active plays of episodes that have no place in the series lead nowhere, and are told. */
function placelessThread(context: SeriesContext, { viewer, plays }: ViewerPlays): ThreadPlan[] {
  const latest: PlacedPlay | undefined = plays.findLast(({ play }) => play.active);
  if (!latest) return [];
  const { excludedBy } = lookAheadIn(context, viewer, latest.play.library);
  const told =
    excludedBy === null
      ? ({ state: 'watching', text: 'Its place in the series is not known, so nothing follows' } as const)
      : ({ state: 'excluded', text: `Excluded by ${excludedBy}` } as const);
  const thread = { ...positionOf(context, viewer, latest), ...told, window: [] };
  return [{ thread, needs: [], opened: [], note: null }];
}

function keptWants(context: SeriesContext, viewers: readonly ViewerPlays[], wants: readonly OpenWant[]): OpenWant[] {
  const { view, settings, now } = context;
  const byViewer = new Map(viewers.map((viewer) => [viewer.viewer.id, viewer]));
  return wants.filter((want) => {
    const plays = byViewer.get(want.viewer.id);
    const library = plays?.plays.at(-1)?.play.library ?? null;
    if (lookAheadIn(context, want.viewer, library).excludedBy !== null) return false;
    return staysOpen(want, { view, plays, specials: !settings.skipSpecials, now });
  });
}

/** Wants of one viewer are needed one after the other, like a window; those not read afresh wait for a run that does. */
function needsOfWants(context: SeriesContext, wants: readonly OpenWant[]): Need[] {
  return [...groupBy(wants, (want) => want.viewer.id).values()].flatMap((own) => {
    const placed = own.flatMap((want) => placeWant(context, want) ?? []).sort((a, b) => a.place - b.place);
    const times = neededTimes(placed, context.view.minutes, resumesAt(null, context.now));
    return placed.map(({ want, episode, decision }, i): Need => {
      const by = neededBy(decision, episode, times[i] ?? context.now);
      const playedAt = toInstant(toMs(want.playedAt));
      return { view: context.view, episode, viewer: want.viewer, by, playedAt, decision };
    });
  });
}

interface PlacedWant extends LookedAt {
  readonly want: OpenWant;
  readonly place: number;
  readonly episode: LookupEpisode;
  readonly decision: Decision;
}

function placeWant({ view, decide }: SeriesContext, want: OpenWant): PlacedWant | null {
  const place = view.placeOf.get(want.episodeId) ?? -1;
  const unit = view.units[place];
  const episode = unit?.episodes.find((e) => e.id === want.episodeId);
  if (!unit || !episode?.fresh) return null;
  const decision = decide(episode);
  return { want, place, unit, episode, decision, as: isUpcoming(decision) ? 'upcoming' : 'placed' };
}
