import type { MatchedPlay, Play, Viewer } from '../contracts/index.js';
import { HOUR, MINUTE, toMs } from '../time.js';
import { groupsOf } from '../groups.js';
import type { SeriesView } from './view.js';

const ACCIDENT = 2 * MINUTE;
const GONE = 3 * HOUR;

/** A play at its place in the series. */
export interface PlacedPlay {
  readonly play: Play;
  readonly episodeId: number;
  /** When it began, milliseconds. */
  readonly at: number;
  /** Place of the unit; null when the episode has none. */
  readonly place: number | null;
  readonly special: boolean;
  /** Really playing now. */
  readonly playing: boolean;
  /** The viewer had watched the unit before this play. */
  readonly again: boolean;
}

/** All plays of a series by one viewer, in the order of time. */
export interface ViewerPlays {
  readonly viewer: Viewer;
  readonly plays: readonly PlacedPlay[];
}

const moment = (instant: string): number => toMs(instant) || 0;

interface TimedPlay extends MatchedPlay {
  readonly at: number;
}

const timed = (matched: MatchedPlay): TimedPlay => ({ ...matched, at: moment(matched.play.startedAt) });

const inTime = (a: TimedPlay, b: TimedPlay): number =>
  a.at - b.at || moment(a.play.stoppedAt) - moment(b.play.stoppedAt) || a.play.id - b.play.id;

/** Rule 1: a play that has just begun may be an accident and does not count yet. */
export const tooYoung = (play: Play, now: number): boolean => play.playing && now - moment(play.startedAt) < ACCIDENT;

/** Rule 1: a row can say "playing" for ever when Plex or Tautulli went away. */
const stillPlaying = (play: Play, minutes: number, now: number): boolean =>
  play.playing && now - moment(play.resumedAt ?? play.startedAt) <= minutes * MINUTE + GONE;

/** The plays of each viewer of a series, without those that do not count (yet). */
export const viewersOf = (view: SeriesView, now: number): ViewerPlays[] => {
  const counting = view.known.plays.filter(({ play }) => !tooYoung(play, now));
  return [...groupsOf(counting, ({ play }) => play.viewer.id).values()].map((own) => placeInTime(view, own, now));
};

function placeInTime(view: SeriesView, own: readonly [MatchedPlay, ...MatchedPlay[]], now: number): ViewerPlays {
  const sorted = own.map(timed).sort(inTime);
  const watched = new Set<number>();
  const plays = sorted.map(({ play, episodeId, at }): PlacedPlay => {
    const place = view.placeOf.get(episodeId) ?? null;
    const unit = place === null ? undefined : view.units[place];
    const again = place !== null && watched.has(place);
    if (place !== null && play.watched) watched.add(place);
    return {
      play,
      episodeId,
      at,
      place,
      special: unit?.special ?? true,
      playing: stillPlaying(play, unit ? view.minutes(unit) : (view.known.series.runtime ?? 0), now),
      again,
    };
  });
  return { viewer: (sorted.at(-1) ?? own[0]).play.viewer, plays };
}
