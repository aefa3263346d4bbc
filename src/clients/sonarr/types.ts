import type { Episode, Instant, Series } from '../../core/contracts/index.js';
import type { Rows } from '../http/types.js';

export interface SonarrStatus {
  readonly appName: string;
  readonly version: string;
  readonly instanceName: string;
  readonly urlBase: string;
}

export type Protocol = 'usenet' | 'torrent' | 'unknown';

/** One record of `GET /queue`: one per episode, several share a download id. */
export interface QueueRow {
  readonly id: number;
  readonly seriesId: number | null;
  readonly episodeId: number | null;
  readonly title: string;
  /** `downloading`, `queued`, `paused`, `completed`, `failed`, `warning`, `delay`, `downloadClientUnavailable`, … (open set). */
  readonly status: string;
  readonly trackedStatus: string | null;
  readonly trackedState: string | null;
  readonly messages: readonly string[];
  readonly downloadId: string | null;
  readonly protocol: Protocol;
  readonly client: string | null;
  readonly indexer: string | null;
  /** Bytes of the whole job. */
  readonly size: number | null;
  readonly sizeLeft: number | null;
  /** Seconds. */
  readonly timeLeft: number | null;
}

export type HistoryEvent = 'grabbed' | 'imported' | 'failed' | 'ignored' | 'other';

export interface HistoryRow {
  readonly id: number;
  readonly seriesId: number;
  readonly episodeId: number;
  readonly event: HistoryEvent;
  readonly date: Instant;
  readonly downloadId: string | null;
  readonly sourceTitle: string;
  /** Of grabs; null otherwise. */
  readonly guid: string | null;
  readonly indexer: string | null;
  readonly protocol: Protocol;
  readonly client: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** Of failures. */
  readonly message: string | null;
}

/** One row of `GET /release`, in Sonarr's order (best first, rejected ones among them). */
export interface Release {
  readonly guid: string;
  readonly indexerId: number;
  readonly indexer: string;
  readonly title: string;
  /** Bytes. */
  readonly size: number;
  readonly protocol: Protocol;
  readonly approved: boolean;
  readonly temporarilyRejected: boolean;
  readonly rejections: readonly string[];
  readonly downloadAllowed: boolean;
  readonly fullSeason: boolean;
  readonly mappedSeriesId: number | null;
  readonly mappedSeason: number | null;
  /** Sonarr's episode ids that it holds (`mappedEpisodeInfo`). */
  readonly episodeIds: readonly number[];
}

export interface SonarrHealth {
  readonly source: string;
  readonly type: 'ok' | 'notice' | 'warning' | 'error' | 'other';
  readonly message: string;
}

export interface DiskSpace {
  readonly path: string;
  /** Bytes. */
  readonly freeSpace: number;
}

/** Sonarr's API v3. Every method throws a `ServiceError`; "nothing found" is a value. */
export interface SonarrClient {
  status(): Promise<SonarrStatus>;
  series(): Promise<Rows<Series>>;
  tags(): Promise<readonly { id: number; label: string }[]>;
  /** Sorted by season and number. */
  episodesOfSeries(seriesId: number): Promise<Rows<Episode>>;
  /** At most 400 ids a request; duplicates are removed. An unknown id fails the whole request with code `unknown-episode`. */
  episodesByIds(ids: readonly number[]): Promise<Rows<Episode>>;
  /** All rows, held-back and unmapped ones included. */
  queue(): Promise<Rows<QueueRow>>;
  historySince(date: Instant): Promise<Rows<HistoryRow>>;
  /** Newest grabs of an episode first. */
  grabsOfEpisode(episodeId: number, limit?: number): Promise<Rows<HistoryRow>>;
  /** A live query of all indexers: slow, never repeated by itself, one at a time. Time-out 180 s at least. */
  searchEpisode(episodeId: number): Promise<Rows<Release>>;
  searchSeason(seriesId: number, season: number): Promise<Rows<Release>>;
  /** Never repeated by itself. Failure codes: `release-gone` (404), `release-refused` (409), `download-client-failed` (500). */
  grab(release: { guid: string; indexerId: number }): Promise<void>;
  /** Sends an EpisodeSearch; answers the command's id. */
  commandEpisodeSearch(episodeId: number): Promise<number>;
  setMonitored(episodeIds: readonly number[], monitored: boolean): Promise<void>;
  health(): Promise<readonly SonarrHealth[]>;
  diskSpace(): Promise<readonly DiskSpace[]>;
}
