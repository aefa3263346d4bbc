import { isProper, qualityOf, qualityResource } from '../indexer/quality.js';
import { number31 } from '../world/names.js';
import { instant, timeSpan } from './answers.js';
import { episodeResource } from './episode-resource.js';
import { embeddedSeries } from './series-resource.js';
import type { EpisodeRow, SonarrStore } from './store.js';
import type { Pending, Tracked } from './tracker.js';

export interface QueueContext {
  readonly store: SonarrStore;
  readonly now: number;
  readonly indexer: string;
  readonly series?: boolean;
  readonly episode?: boolean;
}

/** One record of the queue with what it is sorted and filtered by. */
export interface QueueEntry {
  readonly id: number;
  readonly row: EpisodeRow | null;
  /** Seconds; null: unknown. */
  readonly timeLeft: number | null;
  readonly title: string;
  readonly status: string;
  readonly pending: boolean;
  resource(context: QueueContext, view: 'queue' | 'details'): object;
}

/**
 * One entry per episode; a pack repeats the whole job in each (`queue_details_pack`).
 * @param rate bytes a second that the client is taken to make; 0: it stands still
 */
export const trackedEntries = (tracked: Tracked, rate: number): QueueEntry[] => {
  const timeLeft = secondsLeft(tracked, rate);
  const status = tracked.stuck?.as === 'failed' ? 'failed' : tracked.state;
  return (tracked.rows.length === 0 ? [null] : tracked.rows).map((row) => {
    const id = number31(`${tracked.client}${tracked.downloadId}${row?.base.id ?? ''}`);
    return {
      id,
      row,
      timeLeft,
      title: tracked.title,
      status,
      pending: false,
      resource: (context) => ({
        ...episodeOf(row, context, true),
        ...common(tracked.title, tracked.size),
        estimatedCompletionTime: timeLeft === null ? undefined : instant(context.now + timeLeft * 1000),
        added: tracked.added === null ? undefined : instant(tracked.added),
        status,
        ...trackedFields(tracked),
        downloadId: tracked.downloadId,
        protocol: tracked.protocol,
        downloadClient: tracked.client,
        downloadClientHasPostImportCategory: false,
        indexer: tracked.indexer ?? undefined,
        outputPath: tracked.state === 'completed' ? `/downloads/complete/${tracked.title}` : undefined,
        episodeHasFile: (row?.fileId ?? 0) > 0,
        sizeleft: tracked.sizeLeft,
        timeleft: timeLeft === null ? undefined : timeSpan(timeLeft),
        id,
      }),
    };
  });
};

const secondsLeft = ({ state, sizeLeft }: Tracked, rate: number): number | null => {
  if (state === 'paused' || rate === 0) return null;
  return state === 'completed' ? 0 : sizeLeft / rate;
};

/** Held back by Sonarr itself: no download id; `/queue/details` hides the episode and gives another id (`queue_details_pending_by_series`). */
export const pendingEntries = ({ release, rows, added, status }: Pending): QueueEntry[] =>
  rows.map((row) => {
    const id = number31(`pending${release.guid}${row.base.id}`);
    return {
      id,
      row,
      timeLeft: 600,
      title: release.title,
      status,
      pending: true,
      resource: (context, view) => ({
        ...episodeOf(row, context, view === 'queue'),
        ...common(release.title, release.size),
        estimatedCompletionTime: instant(context.now + 600_000),
        added: instant(added),
        status,
        protocol: release.protocol,
        downloadClientHasPostImportCategory: false,
        indexer: context.indexer,
        episodeHasFile: false,
        sizeleft: release.size,
        timeleft: timeSpan(600),
        id: view === 'queue' ? id : number31(`details${id}`),
      }),
    };
  });

const episodeOf = (row: EpisodeRow | null, { store, series, episode }: QueueContext, whole: boolean) => {
  if (row === null) return {};
  const { seriesId, id, season } = row.base;
  const show = store.find(seriesId);
  return {
    seriesId,
    ...(whole ? { episodeId: id, seasonNumber: season } : {}),
    series: series === true && show !== undefined ? embeddedSeries(store, show) : undefined,
    episode: episode === true && whole ? episodeResource(store, row) : undefined,
  };
};

const common = (title: string, size: number) => ({
  languages: [{ id: 1, name: 'English' }],
  quality: qualityResource(qualityOf(title), isProper(title)),
  customFormats: [],
  customFormatScore: 0,
  size,
  title,
});

const trackedFields = ({ stuck, state, title }: Tracked) => {
  if (stuck !== undefined) {
    const failed = stuck.as === 'failed';
    return {
      trackedDownloadStatus: failed ? 'error' : 'warning',
      trackedDownloadState: failed ? 'failed' : 'importBlocked',
      statusMessages: [{ title, messages: [stuck.message] }],
      errorMessage: failed ? stuck.message : '',
    };
  }
  const completed = state === 'completed';
  return {
    trackedDownloadStatus: 'ok',
    // while it is being imported, too (`queue_completed_pending`)
    trackedDownloadState: completed ? 'importPending' : 'downloading',
    statusMessages: [],
    errorMessage: completed ? '' : undefined,
  };
};
