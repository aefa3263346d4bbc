import type { Episode, GrabRecord, Instant, QueueRow, Release, Series, Tag } from '../../core/contracts/index.js';
import type { Rows } from '../http/types.js';

export interface SonarrStatus {
  readonly appName: string;
  readonly version: string;
}

export interface SonarrHealth {
  readonly source: string;
  readonly type: 'ok' | 'notice' | 'warning' | 'error' | 'other';
  /** In the language of Sonarr. */
  readonly message: string;
  /** The place in Sonarr's wiki that explains it, the same in every language; `""` when Sonarr names none. */
  readonly wikiUrl: string;
}

export interface DiskSpace {
  readonly path: string;
  /** Bytes. */
  readonly freeSpace: number;
}

export interface SonarrIndexer {
  readonly name: string;
  /** It is asked when a person or this package searches. */
  readonly interactiveSearch: boolean;
}

export interface SonarrDownloadClient {
  readonly id: number;
  /** Unique in Sonarr; what its queue calls the client. */
  readonly name: string;
  readonly enabled: boolean;
  readonly protocol: 'usenet' | 'torrent' | 'other';
  /** The program, e.g. `SABnzbd`. */
  readonly program: string;
}

/** Sonarr's API v3. Every method throws a `ServiceError`; "nothing found" is a value. */
export interface SonarrClient {
  status(): Promise<SonarrStatus>;
  series(): Promise<Rows<Series>>;
  tags(): Promise<readonly Tag[]>;
  /** Sorted by season and number. */
  episodesOfSeries(seriesId: number): Promise<Rows<Episode>>;
  /** At most 400 ids a request; duplicates are removed. An unknown id fails the whole request with code `unknown-episode`. */
  episodesByIds(ids: readonly number[]): Promise<Rows<Episode>>;
  /** All rows, held-back and unmapped ones included. */
  queue(): Promise<Rows<QueueRow>>;
  historySince(date: Instant): Promise<Rows<GrabRecord>>;
  /** Newest grabs of an episode first. */
  grabsOfEpisode(episodeId: number, limit?: number): Promise<Rows<GrabRecord>>;
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
  indexers(): Promise<readonly SonarrIndexer[]>;
  downloadClients(): Promise<readonly SonarrDownloadClient[]>;
}
