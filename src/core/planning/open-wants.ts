import type { Library, LookupEpisode, OpenWant } from '../contracts/index.js';
import { isAllowed } from '../plays/filters.js';
import { toInstant, toMs } from '../time.js';
import { groupsOf } from '../groups.js';
import { lookAheadIn, type SeriesContext } from './context.js';
import { isUpcoming, type Decision } from './decide.js';
import { neededBy, neededTimes, resumesAt, type Need } from './needed-by.js';
import type { ViewerPlays } from './viewer-plays.js';
import { staysOpen } from './wants.js';
import type { LookedAt } from './window.js';

/** Wants that no thread leads to any more. */
export interface OpenWants {
  /** Those that are still open, whether this plan leaves them out or not: another flow may not. */
  readonly wants: readonly OpenWant[];
  /** Of those that this plan does not leave out. */
  readonly needs: readonly Need[];
}

/** Rule 11. @param wants of this series, of viewers who watch in order */
export function openWants(
  context: SeriesContext,
  viewers: readonly ViewerPlays[],
  wants: readonly OpenWant[],
): OpenWants {
  const { view, now } = context;
  const byViewer = new Map(viewers.map((viewer) => [viewer.viewer.id, viewer]));
  const open = wants.filter((want) => staysOpen(want, { view, plays: byViewer.get(want.viewer.id), now }));
  const planned = open.filter((want) => !isLeftOut(context, want, libraryOf(want, byViewer.get(want.viewer.id))));
  return { wants: open, needs: needsOfWants(context, planned) };
}

const isKnown = ({ id, name }: Library): boolean => id !== null || name !== null;

/** That of the want's play; when it is not known, that of the viewer's latest play. */
function libraryOf({ library }: OpenWant, viewer: ViewerPlays | undefined): Library | null {
  if (library && isKnown(library)) return library;
  return viewer?.plays.at(-1)?.play.library ?? library ?? null;
}

/** Left out of this plan by its settings, by an exclusion of the look-up or by the filters of the source. */
function isLeftOut(context: SeriesContext, want: OpenWant, library: Library | null): boolean {
  const { view, settings, lookup } = context;
  const { filters } = lookup;
  const place = view.placeOf.get(want.episodeId) ?? -1;
  if (settings.skipSpecials && view.units[place]?.special === true) return true;
  if (lookAheadIn(context, want.viewer, library).excludedBy !== null) return true;
  if (filters === undefined) return false;
  return !isAllowed(want.viewer, filters.viewers) || (library !== null && !isAllowed(library, filters.libraries));
}

/** Wants of one viewer are needed one after the other, like a window; those not read afresh wait for a run that does. */
function needsOfWants(context: SeriesContext, wants: readonly OpenWant[]): Need[] {
  return [...groupsOf(wants, (want) => want.viewer.id).values()].flatMap((own) => {
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
