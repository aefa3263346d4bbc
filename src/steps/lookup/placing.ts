import type { Choice, OpenWant, Play, PlayedShow, Series, Tag, UnmatchedPlay } from '../../core/contracts/index.js';
import { ignoreList } from '../../core/matching/index.js';
import { isChosenTag } from '../../core/picks.js';
import { toMs } from '../../core/time.js';
import type { KnownSeries } from '../../state/series-index.js';
import { currentIndex, renewIndex } from './known-series.js';
import { missOf, type PlacedShow, placeShows, showKeyOf } from './shows.js';
import type { LookupWork } from './work.js';

/** A series that is looked up, with everybody's plays of it, remembered ones included. */
export interface PlayedSeries {
  readonly series: Series;
  readonly tagLabels: readonly string[];
  readonly excluded: { readonly by: 'tag' | 'list'; readonly name: string } | null;
  readonly plays: readonly Play[];
  readonly wants: readonly OpenWant[];
}

export interface Placed {
  /** Series with active plays first, the latest first; then those of open wants. */
  readonly series: readonly PlayedSeries[];
  /** Active plays whose show has no series. */
  readonly unmatched: readonly UnmatchedPlay[];
  readonly tags: readonly Tag[];
  /** When the series index, and with it the tags, was read. */
  readonly indexReadAt: number;
  /** Wants of series that Sonarr no longer has. */
  readonly orphans: readonly OpenWant[];
}

const distinctShows = (plays: readonly Play[]): readonly PlayedShow[] => [
  ...new Map(plays.map(({ show }) => [showKeyOf(show), show])).values(),
];

const isMissing = ({ unmatched, ignored }: PlacedShow): boolean =>
  unmatched?.code === 'series-not-in-sonarr' && ignored === null;

/** Shows of active plays that Sonarr does not have, as far as the index knows. */
const missing = (plays: readonly Play[], shows: ReadonlyMap<string, PlacedShow>): readonly PlayedShow[] => {
  const placed = distinctShows(plays.filter((play) => play.active)).map((show) => shows.get(showKeyOf(show)));
  return placed.flatMap((one) => (one !== undefined && isMissing(one) ? [one.show] : []));
};

/** Finds the series of all shows; the index is read anew early when an active show is missing in it. */
export const placePlays = async (work: LookupWork): Promise<Placed> => {
  const { plays } = work.input;
  const shows = distinctShows(plays);
  let known = await currentIndex(work);
  let placed = await placeShows(work, shows, known);
  const missed = missing(plays, placed);
  const { readAt } = known;
  if (missed.some((show) => work.mayRenew(missOf(show), readAt))) {
    known = await renewIndex(work);
    placed = await placeShows(work, shows, known);
    const still = new Set(missing(plays, placed));
    for (const show of missed) {
      if (still.has(show)) work.missedAgain(missOf(show));
      else work.found(missOf(show));
    }
  }
  return arrange(work, placed, known);
};

const unmatchedPlay = (play: Play, { unmatched, ignored }: PlacedShow): UnmatchedPlay | null => {
  if (unmatched === null) return null;
  if (ignored === null) return { play, ...unmatched };
  return { play, code: 'ignored', text: `"${ignored}" is on the list of ignored shows.`, candidates: [] };
};

const latest = (plays: readonly Play[]): number =>
  plays.reduce((last, play) => (play.active ? Math.max(last, toMs(play.startedAt)) : last), -Infinity);

const add = <T>(groups: Map<number, T[]>, id: number, one: T): void => {
  const group = groups.get(id);
  if (group === undefined) groups.set(id, [one]);
  else group.push(one);
};

const groupBySeries = (work: LookupWork, shows: ReadonlyMap<string, PlacedShow>) => {
  const plays = new Map<number, Play[]>();
  const unmatched: UnmatchedPlay[] = [];
  const ignored = new Map<number, string>();
  for (const play of work.input.plays) {
    const placed = shows.get(showKeyOf(play.show));
    if (placed === undefined) continue;
    if (placed.series !== null) {
      add(plays, placed.series.id, play);
      if (placed.ignored !== null) ignored.set(placed.series.id, placed.ignored);
    } else if (play.active) {
      const reason = unmatchedPlay(play, placed);
      if (reason !== null) unmatched.push(reason);
    }
  }
  return { plays, unmatched, ignored };
};

const byId = (wants: readonly OpenWant[]): ReadonlyMap<number, readonly OpenWant[]> => {
  const grouped = new Map<number, OpenWant[]>();
  for (const want of wants) add(grouped, want.seriesId, want);
  return grouped;
};

const arrange = (work: LookupWork, shows: ReadonlyMap<string, PlacedShow>, known: KnownSeries): Placed => {
  const { plays, unmatched, ignored } = groupBySeries(work, shows);
  const wants = byId(work.deps.state.wants.all());
  const ids = new Set([...plays.keys(), ...wants.keys()]);
  const labels = new Map(known.tags.map(({ id, label }) => [id, label]));
  const ignoredAs = ignoreList(work.settings.ignoreShows);
  const series = [...ids].flatMap((id): PlayedSeries[] => {
    const one = known.byId.get(id);
    const own = plays.get(id) ?? [];
    if (one === undefined || (!own.some((play) => play.active) && !wants.has(id))) return [];
    const tags = one.tags.map((tag) => ({ id: tag, label: labels.get(tag) ?? '' }));
    const tagLabels = tags.flatMap(({ label }) => (label === '' ? [] : [label]));
    const { title, year, tvdbId: tvdb } = one;
    const name = ignored.get(id) ?? ignoredAs({ title, year, ids: { tvdb }, sonarrId: id });
    const excluded = exclusion(tags, work.settings.excludeTags, name);
    return [{ series: one, tagLabels, excluded, plays: own, wants: wants.get(id) ?? [] }];
  });
  series.sort((a, b) => latest(b.plays) - latest(a.plays) || a.series.id - b.series.id);
  // A Sonarr that knows no series at all has not lost them one by one.
  const lost = known.byId.size > 0 ? work.deps.state.wants.all() : [];
  const orphans = lost.filter((want) => !known.byId.has(want.seriesId));
  return { series, unmatched, tags: known.tags, indexReadAt: known.readAt, orphans };
};

const exclusion = (
  tags: readonly { readonly id: number; readonly label: string }[],
  excludeTags: readonly Choice[],
  listed: string | null,
): PlayedSeries['excluded'] => {
  const tag = tags.find((one) => excludeTags.some((choice) => isChosenTag(one, choice)));
  if (tag !== undefined) return { by: 'tag', name: tag.label };
  return listed === null ? null : { by: 'list', name: listed };
};
