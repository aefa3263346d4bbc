import { compareText } from '../compare.js';
import type { Instant, Library, LookupEpisode, OpenWant, Viewer } from '../contracts/index.js';
import { DAY, toInstant, toMs } from '../time.js';
import { latestOf, threadsOf } from './threads.js';
import type { SeriesView } from './view.js';
import type { PlacedPlay, ViewerPlays } from './viewer-plays.js';

/** Rule 11: how long a want stays open after the play that led to it. */
const WANT_LASTS = 60 * DAY;

/** An episode without file that a thread leads to. */
export interface Opening {
  readonly seriesId: number;
  readonly episodeId: number;
  readonly viewer: Viewer;
  readonly library: Library;
  readonly playedAt: Instant;
}

const keyOf = ({ seriesId, episodeId, viewer }: Opening | OpenWant): string => `${seriesId}/${episodeId}/${viewer.id}`;

const older = (a: Instant, b: Instant): Instant => (b < a ? b : a);

/** One want per viewer and episode: the latest play, opened first. */
function distinct(wants: readonly OpenWant[]): Map<string, OpenWant> {
  const byKey = new Map<string, OpenWant>();
  for (const want of wants) {
    const other = byKey.get(keyOf(want));
    const newer = !other || compareWants(other, want) < 0 ? want : other;
    byKey.set(keyOf(want), other ? { ...newer, openedAt: older(want.openedAt, other.openedAt) } : want);
  }
  return byKey;
}

const compareWants = (a: OpenWant, b: OpenWant): number =>
  compareText(a.playedAt, b.playedAt) ||
  a.seriesId - b.seriesId ||
  a.episodeId - b.episodeId ||
  compareText(a.viewer.id, b.viewer.id) ||
  compareText(a.viewer.name, b.viewer.name);

/** Whether a want is young enough; one whose play has no readable time is not. */
export const isYoung = (want: OpenWant, now: number): boolean => now - toMs(want.playedAt) <= WANT_LASTS;

/** Whether the viewer has begun the unit since the want's play, or that play's thread has come as far. */
function isPast(want: OpenWant, place: number, plays: readonly PlacedPlay[]): boolean {
  const playedAt = toMs(want.playedAt);
  if (plays.some((play) => play.at > playedAt && play.place === place)) return true;
  const threads = threadsOf(plays);
  const own = threads.find((thread) => thread.plays.some((play) => play.at === playedAt));
  if (own) return own.place >= place;
  return threads.some((thread) => latestOf(thread).at > playedAt && thread.place >= place);
}

export interface WantQuestion {
  readonly view: SeriesView<LookupEpisode>;
  /** The viewer's plays of the series; undefined when there are none any more. */
  readonly plays: ViewerPlays | undefined;
  readonly now: number;
}

/** Rule 11: whether a want that no thread leads to any more is still one. */
export function staysOpen(want: OpenWant, { view, plays, now }: WantQuestion): boolean {
  if (!isYoung(want, now)) return false;
  const place = view.placeOf.get(want.episodeId);
  const unit = place === undefined ? undefined : view.units[place];
  if (place === undefined || !unit) return false;
  const episode = unit.episodes.find((e) => e.id === want.episodeId);
  return episode?.hasFile === false && !isPast(want, place, plays?.plays ?? []);
}

/** What is to be remembered: wants opened by threads (since when, if known) and those that stay; oldest play first. */
export function remember(
  before: readonly OpenWant[],
  opened: readonly Opening[],
  kept: readonly OpenWant[],
  now: number,
): OpenWant[] {
  const known = distinct(before);
  const openedNow = toInstant(now);
  const fresh = opened.map((opening) => ({
    ...opening,
    openedAt: known.get(keyOf(opening))?.openedAt ?? openedNow,
  }));
  return [...distinct([...fresh, ...kept]).values()].sort(compareWants);
}

/** Remembered wants, one per viewer and episode, that are not opened anew. */
export function others(before: readonly OpenWant[], opened: readonly Opening[]): OpenWant[] {
  const covered = new Set(opened.map(keyOf));
  return [...distinct(before)].filter(([key]) => !covered.has(key)).map(([, want]) => want);
}
