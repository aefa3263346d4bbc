import type { Instant, RunError, RunInfo, ServerRef } from './basics.js';
import type { EpisodeDownload, SeriesType, UnmatchedPlay } from './lookup.js';
import type { Protocol } from './observed.js';
import type { FilteredPlays, Viewer } from './play.js';

export const ACTIONS = ['none', 'monitor', 'search', 'prioritise'] as const;
/** What is to be done with an episode; `search` includes monitoring it where that is wanted. */
export type Action = (typeof ACTIONS)[number];

export const REASONS = [
  'on-disk',
  'downloading',
  'queued',
  'paused',
  'grabbed',
  'other-client',
  'waiting',
  'failed',
  'blocked',
  'cooling-down',
  'search',
  'not-aired',
  'no-air-date',
  'watched',
  'excluded',
  'budget',
  'disk-full',
] as const;
export type ReasonCode = (typeof REASONS)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** One sentence for people. */
  readonly text: string;
  /** When it changes by itself: end of the cool-down, air time. */
  readonly until: Instant | null;
}

export const RESULTS = [
  'grabbed',
  'command-sent',
  'would-search',
  'nothing-found',
  'nothing-acceptable',
  'failed',
  'unsettled',
  'skipped',
] as const;
/**
 * What came of a search: `nothing-found`: no release listed · `nothing-acceptable`: listed, none approved ·
 * `unsettled`: a grab was sent and its answer lost; history decides in a later run · `skipped`: not tried (run stopped, nothing to do any more).
 */
export type ResultCode = (typeof RESULTS)[number];

export interface ItemResult {
  readonly code: ResultCode;
  readonly text: string;
}

/** The release that was grabbed for an episode. */
export interface ChosenRelease {
  readonly title: string;
  /** Bytes of the whole release. */
  readonly size: number;
  readonly indexer: string;
  readonly protocol: Protocol;
  /** Episode ids of this plan that it holds, this one included. */
  readonly episodeIds: readonly number[];
}

/** Where the job stands in SABnzbd's whole queue after this run. */
export interface QueuePlace {
  /** Counts from 0. */
  readonly position: number;
  readonly priority: string;
  /** What it was when this run first saw it. */
  readonly previousPriority: string;
  /** This run has moved the job among those of its priority. */
  readonly moved?: true;
}

export interface PlanSeries {
  readonly title: string;
  readonly tvdbId: number | null;
  readonly sonarrId: number;
  readonly type: SeriesType;
  readonly titleSlug: string;
}

/** One episode considered; can be followed from play to queue. */
export interface PlanItem {
  readonly series: PlanSeries;
  readonly season: number;
  readonly episode: number;
  readonly title: string;
  /** Sonarr's id. */
  readonly episodeId: number;
  readonly airDateUtc: Instant | null;
  /** Minutes, as planned with. */
  readonly runtime: number;
  readonly monitored: boolean;
  readonly action: Action;
  readonly reason: Reason;
  /** Everybody who needs it. */
  readonly viewers: readonly Viewer[];
  /** The earliest need over all viewers; null for episodes that nobody will need at a known time (`excluded`). */
  readonly neededBy: Instant | null;
  /** The most recent play that leads to it. */
  readonly playedAt: Instant;
  /** What was under way when the plan was made. */
  readonly download: EpisodeDownload | null;
  readonly result: ItemResult | null;
  readonly release: ChosenRelease | null;
  /** Of the job on its way, old or new. */
  readonly downloadId: string | null;
  readonly queue: QueuePlace | null;
  /** What went wrong with this item, also listed in the plan's `errors`. */
  readonly error: RunError | null;
}

export const THREAD_STATES = ['watching', 'up-to-date', 'end-of-series', 'excluded', 'out-of-order'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];

/** How far one viewer has come in one series. */
export interface PlanThread {
  readonly viewer: Viewer;
  readonly series: PlanSeries;
  /** The position. */
  readonly season: number;
  readonly episode: number;
  readonly episodeId: number;
  readonly playing: boolean;
  /** When the latest play of the thread began. */
  readonly playedAt: Instant;
  readonly state: ThreadState;
  readonly text: string;
  /** Episode ids of its window, in order. */
  readonly window: readonly number[];
}

export interface PlanSettings {
  readonly episodesToCheck: number;
  readonly checkOverflow: number;
  /** Minutes. */
  readonly execFrequency: number;
  readonly skipSpecials: boolean;
}

/**
 * What an earlier run grabbed, or told Sonarr to search, within the last day: it may have been stopped before it could
 * be told. Of a plan that was told it is told already.
 */
export interface EarlierItem extends Pick<
  PlanItem,
  'series' | 'season' | 'episode' | 'episodeId' | 'viewers' | 'release' | 'downloadId'
> {
  /** `grabbed` or `command-sent`. */
  readonly result: ItemResult;
  /** When that was. */
  readonly at: Instant;
}

/** What is to be done, and why: the message after `next-episodes`, filled in by the nodes that follow. */
export interface Plan {
  /** The plan in a few lines, for whoever reads the message: summary, what happens next, the first error. */
  readonly text: string;
  readonly run: RunInfo;
  readonly at: Instant;
  /** Sent before the run is over (second output of `sonarr-search`). */
  readonly partial: boolean;
  readonly sonarr: ServerRef;
  readonly sabnzbd: ServerRef | null;
  readonly settings: PlanSettings;
  readonly threads: readonly PlanThread[];
  /** In the order of need. */
  readonly items: readonly PlanItem[];
  readonly unmatched: readonly UnmatchedPlay[];
  readonly filtered: FilteredPlays;
  readonly notes: readonly string[];
  readonly errors: readonly RunError[];
  /** Of earlier runs of the same `sonarr-search` node, which adds it; left out when there is nothing. */
  readonly earlier?: readonly EarlierItem[];
}
