import type { Day, Episode, MatchedBy, Play, Series, UnmatchedCode } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { DAY } from '../time.js';
import { groupsOf } from '../groups.js';

export interface MatchedEpisode {
  readonly episodeId: number;
  readonly matchedBy: MatchedBy;
}

export interface UnmatchedEpisode {
  readonly code: Extract<UnmatchedCode, 'episode-not-in-series' | 'no-episode-number'>;
  readonly text: string;
}

export type EpisodeMatcher = (play: Play) => MatchedEpisode | UnmatchedEpisode;

/** Days that the air dates of one episode may differ between Plex and Sonarr; a daily series has another one each day. */
const DAYS_APART = 7;
const DAYS_APART_DAILY = 1;

const dayNumber = (day: Day): number => Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY);

function daysApart(a: Day | null, b: Day | null): number | null {
  if (a === null || b === null) return null;
  const days = Math.abs(dayNumber(a) - dayNumber(b));
  return Number.isNaN(days) ? null : days;
}

type Key = string | number;
type Find = (key: Key | null) => Episode | null;

/** Finds episodes by a key; one that several share is no answer. */
function uniqueBy(episodes: readonly Episode[], keyOf: (episode: Episode) => Key | null): Find {
  const found = groupsOf(episodes, keyOf);
  return (key) => {
    const [episode, ...others] = key === null ? [] : (found.get(key) ?? []);
    return others.length === 0 ? (episode ?? null) : null;
  };
}

const numbered = (season: number | null, episode: number | null): string | null =>
  season === null || episode === null ? null : `${season}x${episode}`;

/** Specials and regular episodes that aired on one day are told apart. */
const dated = (day: number, season: number | null): string => `${day}${season === 0 ? ' special' : ''}`;

const airedOn = ({ airDate, season }: Episode): string | null =>
  airDate === null ? null : dated(dayNumber(airDate), season);

function lookups(episodes: readonly Episode[]) {
  return {
    seasons: new Set(episodes.map((e) => e.season)),
    number: uniqueBy(episodes, (e) => numbered(e.season, e.episode)),
    tvdb: uniqueBy(episodes, (e) => e.tvdbId),
    days: new Set(episodes.map(airedOn)),
    date: uniqueBy(episodes, airedOn),
    absolute: uniqueBy(episodes, (e) => e.absolute),
    scene: uniqueBy(episodes, (e) => numbered(e.sceneSeason, e.sceneEpisode)),
  };
}
type Lookups = ReturnType<typeof lookups>;

/** The only episode of that day; with `around`, when none aired on it, the only one of the day before and the day after. */
function onDay({ airDate, season }: Play, { days, date }: Lookups, around: boolean): Episode | null {
  const day = airDate === null ? NaN : dayNumber(airDate);
  if (Number.isNaN(day)) return null;
  const exact = dated(day, season);
  if (!around || days.has(exact)) return date(exact);
  const [near = null, ...others] = [day - 1, day + 1].flatMap((d) => date(dated(d, season)) ?? []);
  return others.length === 0 ? near : null;
}

interface Try {
  readonly by: MatchedBy;
  /** What was tried, for the reason. */
  readonly what: string;
  readonly find: () => Episode | null;
}

/** An absolute number counts the seasons before it, so it is never smaller than its season. */
const maybeAbsolute = ({ season, episode }: Play, { type }: Series, { seasons }: Lookups): boolean =>
  episode !== null &&
  season !== 0 &&
  episode >= (season ?? 1) &&
  (type === 'anime' || (season !== null && !seasons.has(season)));

/** The ways to find a play's episode, in order; each is left out when the play has nothing to try it with. */
function tries(play: Play, series: Series, maps: Lookups): readonly Try[] {
  const { season, episode, airDate, episodeIds } = play;
  const daily = series.type === 'daily';
  const number = numbered(season, episode);
  const label = season === null || episode === null ? '' : episodeLabel(season, episode);
  const byNumber: Try | false = number !== null && {
    by: 'number',
    what: `number ${label}`,
    find: () => maps.number(number),
  };
  const byTvdb: Try | false = episodeIds.tvdb !== null && {
    by: 'tvdb',
    what: `tvdb id ${episodeIds.tvdb}`,
    find: () => maps.tvdb(episodeIds.tvdb),
  };
  const byDate: Try | false = airDate !== null && {
    by: 'air-date',
    what: `air date ${airDate}`,
    find: () => onDay(play, maps, daily),
  };
  const byAbsolute: Try | false = maybeAbsolute(play, series, maps) && {
    by: 'absolute',
    what: `absolute number ${episode}`,
    find: () => maps.absolute(episode),
  };
  const byScene: Try | false = number !== null && {
    by: 'scene',
    what: `scene number ${label}`,
    find: () => maps.scene(number),
  };
  const first = daily ? [byDate, byNumber, byTvdb] : [byNumber, byTvdb, byDate];
  return [...first, byAbsolute, byScene].filter((way) => way !== false);
}

const quoted = (day: Day | null): string => day ?? 'an unknown day';

function unmatched(play: Play, series: Series, maps: Lookups, tried: readonly Try[]): UnmatchedEpisode {
  const what = tried.length === 0 ? '' : ` (tried ${tried.map((way) => way.what).join(', ')})`;
  if (play.episode === null || play.season === null) {
    const text = `Plex has no episode number for "${play.title}" of ${series.title}, and nothing else identified it${what}.`;
    return { code: 'no-episode-number', text };
  }
  const label = episodeLabel(play.season, play.episode);
  const other = maps.number(numbered(play.season, play.episode));
  const why = other
    ? `${label} of ${series.title} aired on ${quoted(other.airDate)} in Sonarr and on ${quoted(play.airDate)} in Plex, and no other episode matches`
    : `${series.title} has no ${label} in Sonarr`;
  return { code: 'episode-not-in-series', text: `${why}${what}.` };
}

/**
 * Finds the episodes of many plays of one series; the lists are indexed once.
 * By season and number (daily series first by air date, ±1 day when nothing aired then); where that number does not exist in Sonarr or its air
 * date is more than 7 days off: by tvdb id, air date, absolute number (anime, or a season that Sonarr does not have),
 * scene number. Only what is unique counts, and only the tvdb id outweighs an air date that speaks against it.
 */
export function episodeMatcher(series: Series, episodes: readonly Episode[]): EpisodeMatcher {
  const maps = lookups(episodes);
  const daysAllowed = series.type === 'daily' ? DAYS_APART_DAILY : DAYS_APART;
  return (play) => {
    const ways = tries(play, series, maps);
    for (const { by, find } of ways) {
      const episode = find();
      if (!episode) continue;
      const trusted = by === 'tvdb' || (daysApart(play.airDate, episode.airDate) ?? 0) <= daysAllowed;
      if (trusted) return { episodeId: episode.id, matchedBy: by };
    }
    return unmatched(play, series, maps, ways);
  };
}
