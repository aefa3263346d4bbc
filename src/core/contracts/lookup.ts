import type { Day, Instant, RunError, RunInfo, ServerRef } from './basics.js';
import type { Protocol } from './observed.js';
import type { FilteredPlays, Library, Play, PlayFilters } from './play.js';

export type SeriesType = 'standard' | 'daily' | 'anime';
export type SeriesStatus = 'continuing' | 'ended' | 'upcoming' | 'deleted' | 'other';

export interface AlternateTitle {
  readonly title: string;
  /** Only for this season; null = the whole series. */
  readonly season: number | null;
}

/** A series as Sonarr's index has it. */
export interface Series {
  /** Sonarr's id. */
  readonly id: number;
  readonly title: string;
  readonly alternateTitles: readonly AlternateTitle[];
  /** 0 in Sonarr is null here. */
  readonly year: number | null;
  readonly tvdbId: number | null;
  readonly tmdbId: number | null;
  readonly imdbId: string | null;
  readonly type: SeriesType;
  readonly status: SeriesStatus;
  readonly monitored: boolean;
  /** Minutes; null when Sonarr says 0. */
  readonly runtime: number | null;
  /** Tag ids. */
  readonly tags: readonly number[];
  /** Folder on Sonarr's machine; only for the free-space check. */
  readonly path: string;
  /** Path in Sonarr's own pages, for links. */
  readonly titleSlug: string;
}

/** An episode as Sonarr's list of the series has it. What changes by the hour is `hasFile`, `fileId`, `monitored`. */
export interface Episode {
  /** Sonarr's id. */
  readonly id: number;
  readonly seriesId: number;
  readonly tvdbId: number | null;
  /** 0 is the specials. */
  readonly season: number;
  readonly episode: number;
  readonly title: string;
  readonly airDate: Day | null;
  readonly airDateUtc: Instant | null;
  /** Minutes; null when Sonarr says 0. */
  readonly runtime: number | null;
  readonly absolute: number | null;
  readonly sceneSeason: number | null;
  readonly sceneEpisode: number | null;
  readonly sceneAbsolute: number | null;
  readonly monitored: boolean;
  readonly hasFile: boolean;
  /** Episodes of one series that share it are one unit; null without a file. */
  readonly fileId: number | null;
}

/**
 * What is under way for an episode, from Sonarr's queue and history.
 * `grabbed`: in history, not in the queue yet · `waiting`: held back by Sonarr · `failed`, `blocked`: what the queue still holds as such.
 * Whether a job is really ours to order (`paused`, `other-client`) is found when SABnzbd is asked.
 */
export type DownloadState = 'downloading' | 'queued' | 'grabbed' | 'waiting' | 'failed' | 'blocked';

export interface EpisodeDownload {
  readonly state: DownloadState;
  /** The download client's id of the job (SABnzbd: `SABnzbd_nzo_…`); null for held-back items. */
  readonly downloadId: string | null;
  readonly protocol: Protocol;
  /** Name of the download client in Sonarr. */
  readonly client: string | null;
  /** The user named the download client that is ours, and this is another one. */
  readonly otherClient?: true;
  readonly indexer: string | null;
  /** Title of the release. */
  readonly title: string;
  /** Bytes of the whole job (a pack's size counts once per download id); null when unknown. */
  readonly size: number | null;
  readonly sizeLeft: number | null;
  /** Seconds; null when unknown. */
  readonly timeLeft: number | null;
  /** When it was grabbed, from history. */
  readonly grabbedAt: Instant | null;
  /** What Sonarr says about a failed or blocked item, in its words. */
  readonly messages: readonly string[];
}

/** An episode in a look-up: the list's facts, what was read afresh, and what is under way. */
export interface LookupEpisode extends Episode {
  /** `hasFile`, `fileId`, `monitored` and the air dates were read in this run (else they are from the cached list). */
  readonly fresh: boolean;
  readonly download: EpisodeDownload | null;
  /** When its newest grab failed or was found to be gone, and nothing was grabbed or imported since. */
  readonly grabFailedAt: Instant | null;
}

export type MatchedBy = 'number' | 'air-date' | 'tvdb' | 'absolute' | 'scene';

export interface MatchedPlay {
  readonly play: Play;
  readonly episodeId: number;
  readonly matchedBy: MatchedBy;
}

export interface LookupSeries {
  readonly series: Series;
  /** Labels of its tags, for rules. */
  readonly tagLabels: readonly string[];
  /** Left out by a tag or the list of shows to ignore of the look-up; its plays become threads and nothing is fetched. */
  readonly excluded: { readonly by: 'tag' | 'list'; readonly name: string } | null;
  /** All of them, sorted by season and number. */
  readonly episodes: readonly LookupEpisode[];
  readonly plays: readonly MatchedPlay[];
}

export const UNMATCHED = [
  'series-not-in-sonarr',
  'ambiguous-title',
  'episode-not-in-series',
  'no-episode-number',
  'ignored',
  'not-looked-up',
] as const;
export type UnmatchedCode = (typeof UNMATCHED)[number];

/** A play that could not be placed, with a reason a person can act on. Not a failure. */
export interface UnmatchedPlay {
  readonly play: Play;
  readonly code: UnmatchedCode;
  readonly text: string;
  /** Titles that fit equally well. */
  readonly candidates: readonly string[];
}

/** The last answered or failed search of an episode. */
export interface SearchAttempt {
  readonly episodeId: number;
  readonly at: Instant;
  /** `nothing`: answered, nothing acceptable · `failed`: no answer, an error, or an empty answer of indexers that fail. */
  readonly outcome: 'nothing' | 'failed';
  /** Failures in a row, for the back-off. */
  readonly failures: number;
}

/** An episode somebody will need that has no file yet; outlives `days to check`. */
export interface OpenWant {
  readonly seriesId: number;
  readonly episodeId: number;
  readonly viewer: { readonly id: string; readonly name: string };
  /** That of the play that opened it; missing in wants of earlier versions. */
  readonly library?: Library;
  /** When the play that opened it began. */
  readonly playedAt: Instant;
  readonly openedAt: Instant;
}

export interface Remembered {
  readonly attempts: readonly SearchAttempt[];
  readonly wants: readonly OpenWant[];
  /** Searches of the last 24 h on this Sonarr, for the daily budget. */
  readonly searchesToday: number;
}

export interface Tag {
  readonly id: number;
  readonly label: string;
}

/** What Sonarr has about everything that was played: the message between `sonarr-lookup` and `next-episodes`. */
export interface Lookup {
  readonly run: RunInfo;
  /** The clock of this look-up. */
  readonly at: Instant;
  readonly sonarr: ServerRef;
  /** The SABnzbd that this Sonarr feeds, when the user named it. */
  readonly sabnzbd: ServerRef | null;
  /** Hours; the Sonarr server's `search_cache`. */
  readonly searchCache: number;
  /** Units read afresh after each position. */
  readonly unitsRead: number;
  /** Series with active plays first, then those of open wants. */
  readonly series: readonly LookupSeries[];
  /** All tags that Sonarr has, as they were read with its series; left out when they were not asked for. */
  readonly tags?: readonly Tag[];
  readonly unmatched: readonly UnmatchedPlay[];
  readonly filtered: FilteredPlays;
  /** As the source told them; left out when it told none. */
  readonly filters?: PlayFilters;
  readonly remembered: Remembered;
  /** What a reader should know that is no error, e.g. "more than 5,000 history rows". */
  readonly notes: readonly string[];
  readonly errors: readonly RunError[];
}
