import type { Instant } from './basics.js';

/** Rows as the clients read them from the servers; here because pure functions decide on them. */
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

export type GrabEvent = 'grabbed' | 'imported' | 'failed' | 'ignored' | 'other';

/** One record of Sonarr's history; a pack writes one per episode. */
export interface GrabRecord {
  readonly id: number;
  readonly seriesId: number;
  readonly episodeId: number;
  readonly event: GrabEvent;
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

/** Names as SABnzbd's queue shows them; anything else (a number) is Normal. */
export type SabPriority = 'Repair' | 'Force' | 'High' | 'Normal' | 'Low';

export interface SabJob {
  readonly id: string;
  readonly name: string;
  readonly priority: SabPriority;
  /** `Paused` means that its owner paused this job. `Downloading` is not proof of traffic. */
  readonly status: string;
  readonly category: string;
  /** Bytes. */
  readonly size: number;
  readonly sizeLeft: number;
}

export interface SabQueue {
  /** In queue order: a job's index is its position. */
  readonly jobs: readonly SabJob[];
  /** The whole queue is paused. */
  readonly paused: boolean;
  readonly version: string;
}
