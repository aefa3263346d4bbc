import { compareText } from '../compare.js';
import type { FilteredPlays, Lookup, OpenWant, Plan, PlanningSettings, PlanThread } from '../contracts/index.js';
import { toInstant } from '../time.js';
import { groupsOf } from '../groups.js';
import { planText } from '../words/plan-text.js';
import { withinBudget } from './budget.js';
import type { Planning } from './context.js';
import { newestAttempts } from './cool-down.js';
import { itemsOf } from './items.js';
import { idleRules } from './look-ahead.js';
import { planOfSeries, type SeriesPlan } from './series-plan.js';
import { tooYoung } from './viewer-plays.js';
import { isYoung, remember } from './wants.js';

/** What is to be done, and what is to be remembered afterwards in the place of all open wants. */
export interface PlanAndWants {
  readonly plan: Plan;
  readonly wants: readonly OpenWant[];
}

/**
 * Which episodes, in what order, and why: the union over all viewers of what comes next for each. It pauses after each
 * series, so that hundreds of them need not be planned in one turn of the event loop.
 * Pure: the same input, in whatever order its rows come, gives the same plan. @param now milliseconds
 */
export function* planInSteps(
  lookup: Lookup,
  settings: PlanningSettings,
  now: number,
): Generator<undefined, PlanAndWants, undefined> {
  const { attempts, wants } = lookup.remembered;
  const planning: Planning = { lookup, settings, attempts: newestAttempts(attempts), now };
  const wantsOf = groupsOf(wants, (want) => want.seriesId);
  const series: SeriesPlan[] = [];
  for (const of of lookup.series) {
    series.push(planOfSeries(of, wantsOf.get(of.series.id) ?? [], planning));
    yield;
  }
  const opened = series.flatMap((s) => s.opened);
  const kept = [...series.flatMap((s) => s.kept), ...unread(lookup, now)];
  return { plan: assemble(planning, series), wants: remember(wants, opened, kept, now) };
}

/** The union over all series. */
function assemble({ lookup, settings, now }: Planning, series: readonly SeriesPlan[]): Plan {
  const items = itemsOf(series.flatMap(({ needs }) => needs));
  const idle = lookup.tags === undefined ? [] : idleRules(settings, lookup.tags);
  const plan: Omit<Plan, 'text'> = {
    run: lookup.run,
    at: toInstant(now),
    partial: false,
    sonarr: lookup.sonarr,
    sabnzbd: lookup.sabnzbd,
    settings: {
      episodesToCheck: settings.episodesToCheck,
      checkOverflow: settings.checkOverflow,
      execFrequency: settings.execFrequency,
      skipSpecials: settings.skipSpecials,
    },
    threads: series.flatMap(({ threads }) => threads).sort(compareThreads),
    items: withinBudget(items, settings, lookup.remembered.searchesToday),
    unmatched: lookup.unmatched,
    filtered: filteredPlays(lookup, now),
    notes: [...lookup.notes, ...idle, ...series.flatMap(({ notes }) => notes).sort(compareText)],
    errors: lookup.errors,
  };
  return { text: planText(plan), ...plan };
}

/** Wants of series that could not be looked up are not forgotten for that. */
function unread({ series, remembered }: Lookup, now: number): OpenWant[] {
  const read = new Set(series.filter((s) => s.episodes.length > 0).map((s) => s.series.id));
  return remembered.wants.filter((want) => !read.has(want.seriesId) && isYoung(want, now));
}

/** Plays that have just begun are counted like those that the source left out for it. */
function filteredPlays({ filtered, series }: Lookup, now: number): FilteredPlays {
  const young = series.flatMap(({ plays }) => plays).filter(({ play }) => tooYoung(play, now)).length;
  return { ...filtered, progress: filtered.progress + young };
}

/** The latest first. */
const compareThreads = (a: PlanThread, b: PlanThread): number =>
  Number(b.playing) - Number(a.playing) ||
  compareText(b.playedAt, a.playedAt) ||
  compareText(a.series.title, b.series.title) ||
  a.series.sonarrId - b.series.sonarrId ||
  compareText(a.viewer.name, b.viewer.name) ||
  compareText(a.viewer.id, b.viewer.id) ||
  a.season - b.season ||
  a.episode - b.episode;
