import type { LookupSeries, OpenWant, PlanThread } from '../contracts/index.js';
import { contextOf, lookAheadIn, type Planning, type SeriesContext } from './context.js';
import type { Need } from './needed-by.js';
import { positionOf } from './standing.js';
import { planThread, type ThreadPlan } from './thread-plan.js';
import { currentThreads, latestOf } from './threads.js';
import { nextPlace } from './units.js';
import { viewersOf, type PlacedPlay, type ViewerPlays } from './viewer-plays.js';
import { openWants } from './open-wants.js';
import { others, type Opening } from './wants.js';

/** What the plays and open wants of one series lead to. */
export interface SeriesPlan {
  readonly threads: readonly PlanThread[];
  readonly needs: readonly Need[];
  readonly opened: readonly Opening[];
  /** Wants of this series that stay open although no thread leads to them, planned or not. */
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
  const kept = openWants(
    context,
    viewers,
    others(wants, opened).filter((want) => !unordered.has(want.viewer.id)),
  );
  const threads = plans.flatMap((plan) => plan.threads);
  return {
    threads: threads.map(({ thread }) => thread),
    needs: [...threads.flatMap(({ needs }) => needs), ...kept.needs],
    opened,
    kept: kept.wants,
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
  const next = nextPlace(units, latest.place, skipSpecials);
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
      ? ({ state: 'watching', text: 'Its place in the series is unknown, so nothing follows' } as const)
      : ({ state: 'excluded', text: `Excluded by ${excludedBy}` } as const);
  const thread = { ...positionOf(context, viewer, latest), ...told, window: [] };
  return [{ thread, needs: [], opened: [], note: null }];
}
