import type { PlanThread } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import type { SeriesContext } from './context.js';
import type { Decision } from './decide.js';
import { isNamed, type LookAhead } from './look-ahead.js';
import { minutesLeft, neededBy, neededTimes, resumesAt, type Need } from './needed-by.js';
import { reasonFor } from './reasons.js';
import { positionOf, standing } from './standing.js';
import { latestOf, type Thread } from './threads.js';
import type { Unit } from './units.js';
import type { ViewerPlays } from './viewer-plays.js';
import type { Opening } from './wants.js';
import { leftOutAsWatched } from './watched.js';
import { windowAfter, type LookedAt, type Window } from './window.js';

/** What one thread leads to. */
export interface ThreadPlan {
  readonly thread: PlanThread;
  readonly needs: readonly Need[];
  readonly opened: readonly Opening[];
  /** Something that a reader should know; null for nothing. */
  readonly note: string | null;
}

export interface ThreadQuestion {
  readonly context: SeriesContext;
  readonly viewer: ViewerPlays;
  readonly thread: Thread;
  readonly noOrder: boolean;
  /** Place of the first unit after the viewer's latest play. */
  readonly next: number;
  readonly lookAhead: LookAhead;
}

const passedOver = (): Decision => ({ action: 'none', reason: reasonFor('watched') });

/** Minutes left of the unit that is playing; null when none is. */
function leftOfPlaying({ context, thread }: ThreadQuestion): number | null {
  const unit = context.view.units[thread.place];
  const { playing, play } = latestOf(thread);
  return playing && unit ? minutesLeft(context.view.minutes(unit), play.progress) : null;
}

function lookAt(question: ThreadQuestion, left: number | null): Window {
  const { context, thread, viewer, noOrder, next, lookAhead } = question;
  const { view, settings, lookup, decide } = context;
  return windowAfter({
    view,
    after: thread.place,
    size: noOrder ? Math.min(1, lookAhead.episodes) : lookAhead.episodes,
    overflow: noOrder ? 0 : settings.checkOverflow,
    fill: settings.execFrequency,
    left: left ?? 0,
    specials: !settings.skipSpecials,
    unitsRead: lookup.unitsRead,
    leftOut: leftOutAsWatched({
      thread,
      plays: viewer.plays,
      next,
      shared: isNamed(settings.sharedViewers, viewer.viewer),
    }),
    decide,
  });
}

/** The episodes of the window as needs, in order; those passed over as watched are needed at no time. */
function needsOf(question: ThreadQuestion, units: readonly LookedAt[], start: number): Need[] {
  const { context, viewer, thread } = question;
  const playedAt = latestOf(thread).at;
  const times = timesOf(context, units, start);
  return units.flatMap(({ unit, as }) =>
    unit.episodes.map((episode): Need => {
      const decision = as === 'watched' ? passedOver() : context.decide(episode);
      const by = as === 'watched' ? null : neededBy(decision, episode, times.get(unit) ?? start);
      return { view: context.view, episode, viewer: viewer.viewer, by, playedAt, decision };
    }),
  );
}

/** What is still to air is not waited for: its runtime delays nothing. */
function timesOf(context: SeriesContext, units: readonly LookedAt[], start: number): Map<Unit, number> {
  const times = new Map<Unit, number>();
  const placed = units.filter(({ as }) => as === 'placed').map(({ unit }) => unit);
  neededTimes(context.view, placed, start).forEach((by, i) => {
    const unit = placed[i];
    if (unit) times.set(unit, by);
  });
  return times;
}

/** Specials without air date have no place in any window, and are told so where specials are wanted. */
function placelessNeeds({ context, viewer, thread }: ThreadQuestion): Need[] {
  if (context.settings.skipSpecials) return [];
  const missing = context.view.placeless.filter((episode) => !episode.hasFile);
  const decision: Decision = { action: 'none', reason: reasonFor('no-air-date') };
  const playedAt = latestOf(thread).at;
  return missing.map((episode) => ({
    view: context.view,
    episode,
    viewer: viewer.viewer,
    by: null,
    playedAt,
    decision,
  }));
}

/** Rule 11: what the window holds without file, and the first unit that is still to air. */
function openings({ context, viewer, thread }: ThreadQuestion, units: readonly LookedAt[]): Opening[] {
  const upcoming = units.find(({ as }) => as === 'upcoming');
  return units
    .filter((looked) => looked.as === 'placed' || looked === upcoming)
    .flatMap(({ unit }) => unit.episodes)
    .filter((episode) => !episode.hasFile)
    .map(({ id }) => ({
      seriesId: context.of.series.id,
      episodeId: id,
      viewer: viewer.viewer,
      playedAt: latestOf(thread).at,
    }));
}

/** The thread and the next episode, for the record. */
function excluded(question: ThreadQuestion, by: string): ThreadPlan {
  const { context, viewer, thread } = question;
  const { view, settings } = context;
  const reason = reasonFor('excluded', { by });
  const latest = latestOf(thread);
  const next = view.units.find((unit, place) => place > thread.place && !(unit.special && settings.skipSpecials));
  const needs = (next?.episodes ?? []).slice(0, 1).map((episode): Need => ({
    view,
    episode,
    viewer: viewer.viewer,
    by: null,
    playedAt: latest.at,
    decision: { action: 'none', reason },
  }));
  const told = {
    ...positionOf(context, viewer.viewer, latest),
    state: 'excluded',
    text: reason.text,
    window: [],
  } as const;
  return { thread: told, needs, opened: [], note: null };
}

/** Rules 3–7, 10 and 11 for one thread. */
export function planThread(question: ThreadQuestion): ThreadPlan {
  const { context, viewer, thread, lookAhead } = question;
  if (lookAhead.excludedBy !== null) return excluded(question, lookAhead.excludedBy);
  const left = leftOfPlaying(question);
  const window = lookAt(question, left);
  const placed = window.units.filter(({ as }) => as === 'placed').flatMap(({ unit }) => unit.episodes);
  const facts = positionOf(context, viewer.viewer, latestOf(thread));
  return {
    thread: { ...facts, ...standing(context, window, question.noOrder), window: placed.map(({ id }) => id) },
    needs: [...needsOf(question, window.units, resumesAt(left, context.now)), ...placelessNeeds(question)],
    opened: openings(question, window.units),
    note: window.unread
      ? `${context.of.series.title}: the window of ${viewer.viewer.name} after ${episodeLabel(facts.season, facts.episode)} ends early, only ${context.lookup.unitsRead} units were read`
      : null,
  };
}
