import type { EarlierItem, ExternalIds, Instant } from '../core/contracts/index.js';

/** What Plex says about a show, kept per Plex rating key. */
export interface KnownShow {
  readonly key: string;
  readonly title: string;
  readonly year: number | null;
  readonly ids: ExternalIds;
  readonly libraryId: string | null;
  readonly libraryName: string | null;
  readonly readAt: Instant;
  /** Its title in the newest row of history when it was read: another one there means another show under the same key. */
  readonly rowTitle?: string;
  /** What rows called it before it was renamed in Plex. */
  readonly formerTitles?: readonly string[];
}

/** A show of Plex that was found in Sonarr by an id. */
export interface SeriesMatch {
  readonly showKey: string;
  readonly seriesId: number;
  readonly tvdbId: number | null;
  readonly at: Instant;
}

/** A search that was sent, for the daily budget. */
export interface SearchSent {
  readonly id: string;
  readonly at: Instant;
}

/** Episodes that were monitored for a while: put back to unmonitored once they have a file, unless somebody changed them. */
export interface MonitoredForAWhile {
  readonly episodeId: number;
  readonly at: Instant;
}

/** What a run grabbed or told Sonarr to search, for the plans of the next runs of the same flow. */
export interface RememberedItem extends EarlierItem {
  /** The id of the searching node. */
  readonly owner: string;
}

/** Written, and its write awaited, before a grab is sent. */
export interface GrabIntent {
  /** The episode whose search led to it. */
  readonly episodeId: number;
  /** All episodes that the release holds. */
  readonly episodeIds: readonly number[];
  readonly seriesId: number;
  readonly guid: string;
  readonly indexerId: number;
  readonly title: string;
  readonly at: Instant;
  /** When the answer of its `POST /release` was lost; history may be silent about it for 2 min after that. */
  readonly lostAt?: Instant;
}

/** A job that stands in the wanted order of a SABnzbd. */
export interface WantedJob {
  readonly downloadId: string;
  readonly neededBy: Instant;
  readonly playedAt: Instant;
  /** Series title, season, episode: breaks ties. */
  readonly label: string;
  readonly season: number;
  readonly episode: number;
  /** The Sonarr (normalised URL) that asked for it. */
  readonly sonarr: string;
  /** Its priority before we raised it. */
  readonly previousPriority: string | null;
  /** The clock of the plan that named it last: `neededBy` counts from here. */
  readonly at: Instant;
  /** Who named it (the ordering node): its next plan replaces what it named before. */
  readonly owner?: string;
}

/** Something that was told. */
export interface Announcement {
  /** The notifier's number and a space, then `grab:<download id>`, `problem:<code>:<episode id>`, `unmatched:<show key>`; or `asked:<episode id>`. */
  readonly id: string;
  readonly at: Instant;
}

/** A grab that is to be told and has not been yet (its message failed, or its run ended before). */
export interface PendingAnnouncement {
  /** As that of the announcement it will be. */
  readonly id: string;
  readonly series: string;
  readonly season: number;
  readonly episodes: readonly number[];
  readonly viewers: readonly string[];
  /** Bytes of the job. */
  readonly size: number | null;
  readonly at: Instant;
}

/** A show that Plex no longer has (or never named): asked for again after a while. */
export interface AbsentShow {
  readonly key: string;
  readonly at: Instant;
}
