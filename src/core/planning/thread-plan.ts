import type { LookupEpisode, PlanThread } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import type { SeriesContext } from './context.js';
import type { Decision } from './decide.js';
import { isNamed, type LookAhead } from './look-ahead.js';
import { minutesLeft, neededBy, neededTimes, resumesAt, type Need } from './needed-by.js';
import { reasonFor } from './reasons.js';
import { standing, type Position } from './standing.js';
import { latestOf, type Thread } from './threads.js';
import { nextPlace } from './units.js';
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
  readonly position: Position;
  readonly noOrder: boolean;
  /** Place of the first unit after the viewer's latest play. */
  readonly next: number;
  readonly lookAhead: LookAhead;
}

const WATCHED: Decision = { action: 'none', reason: reasonFor('watched') };
const UNDATED: Decision = { action: 'none', reason: reasonFor('no-air-date') };

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

/** A need on this thread's account. */
const need = (
  { context, position }: ThreadQuestion,
  episode: LookupEpisode,
  decision: Decision,
  by: number | null = null,
): Need => ({ view: context.view, episode, viewer: position.viewer, by, playedAt: position.playedAt, decision });

/** The episodes of the window as needs, in order; those passed over as watched are needed at no time. */
function needsOf(question: ThreadQuestion, units: readonly LookedAt[], start: number): Need[] {
  const { view, decide } = question.context;
  const times = neededTimes(units, view.minutes, start);
  return units.flatMap(({ unit, as }, i) =>
    unit.episodes.map((episode) => {
      if (as === 'watched') return need(question, episode, WATCHED);
      const decision = decide(episode);
      return need(question, episode, decision, neededBy(decision, episode, times[i] ?? start));
    }),
  );
}

/** Specials without air date have no place in any window, and are told so where specials are wanted. */
const undatedSpecials = (question: ThreadQuestion): Need[] =>
  question.context.settings.skipSpecials
    ? []
    : question.context.view.placeless.filter((e) => !e.hasFile).map((e) => need(question, e, UNDATED));

/** Rule 11: what the window holds without file, and the first unit that is still to air. */
function openings({ context, position, thread }: ThreadQuestion, units: readonly LookedAt[]): Opening[] {
  const { viewer, playedAt } = position;
  const { library } = latestOf(thread).play;
  const upcoming = units.find(({ as }) => as === 'upcoming');
  return units
    .filter((looked) => looked.as === 'placed' || looked === upcoming)
    .flatMap(({ unit }) => unit.episodes)
    .filter((episode) => !episode.hasFile)
    .map(({ id }) => ({ seriesId: context.of.series.id, episodeId: id, viewer, library, playedAt }));
}

/** The thread and the next episode, for the record. */
function excluded(question: ThreadQuestion, by: string): ThreadPlan {
  const { context, thread, position } = question;
  const { units } = context.view;
  const reason = reasonFor('excluded', { by });
  const next = units[nextPlace(units, thread.place, context.settings.skipSpecials)];
  return {
    thread: { ...position, state: 'excluded', text: reason.text, window: [] },
    needs: next ? [need(question, next.episodes[0], { action: 'none', reason })] : [],
    opened: [],
    note: null,
  };
}

/** Rules 3–7, 10 and 11 for one thread. */
export function planThread(question: ThreadQuestion): ThreadPlan {
  const { context, position, noOrder, lookAhead } = question;
  if (lookAhead.excludedBy !== null) return excluded(question, lookAhead.excludedBy);
  const left = leftOfPlaying(question);
  const window = lookAt(question, left);
  const placed = window.units.filter(({ as }) => as === 'placed').flatMap(({ unit }) => unit.episodes);
  return {
    thread: { ...position, ...standing(context, window, noOrder), window: placed.map(({ id }) => id) },
    needs: [...needsOf(question, window.units, resumesAt(left, context.now)), ...undatedSpecials(question)],
    opened: openings(question, window.units),
    note: window.unread ? endsEarly(question) : null,
  };
}

function endsEarly({ context, position }: ThreadQuestion): string {
  const { series, viewer, season, episode } = position;
  const after = `after ${series.title} ${episodeLabel(season, episode)}`;
  return `The window of ${viewer.name} ${after} ends early: only ${context.lookup.unitsRead} units were read`;
}
