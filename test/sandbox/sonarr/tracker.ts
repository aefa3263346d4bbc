import type { Listing } from '../indexer/listing.js';
import { DownloadClientDown, type ClientJob, type DownloadClient } from '../world/types.js';
import type { Timeline } from '../world/clock.js';
import { EVENTS, type History } from './history.js';
import type { EpisodeRow, SonarrStore } from './store.js';

/** A download as Sonarr's queue last saw it. */
export interface Tracked {
  readonly downloadId: string;
  readonly title: string;
  /** Empty: Sonarr could not tell what it is. */
  readonly rows: readonly EpisodeRow[];
  readonly added: number | null;
  readonly indexer: string | null;
  readonly client: string;
  readonly protocol: 'usenet' | 'torrent';
  readonly size: number;
  sizeLeft: number;
  state: ClientJob['state'];
  /** Sonarr does not get on with it by itself. */
  readonly stuck?: { readonly as: 'blocked' | 'failed'; readonly message: string };
}

/** A release that Sonarr holds back itself: no client has it. */
export interface Pending {
  readonly release: Listing;
  readonly rows: readonly EpisodeRow[];
  readonly added: number;
  readonly status: 'delay' | 'downloadClientUnavailable';
}

export interface TrackerOptions {
  readonly store: SonarrStore;
  readonly history: History;
  readonly timeline: Timeline;
  readonly client: DownloadClient;
  readonly category: string;
  /** Milliseconds from download to import. */
  readonly importTakes: number;
  /** A download failed for good; Sonarr may search again. */
  readonly onFailed: (rows: readonly EpisodeRow[], title: string) => void;
}

const CLIENT = 'SABnzbd';
/** Milliseconds. */
const LEFT_ALONE = 300_000;

/** Sonarr's view of its download clients: as of the last refresh, not as of now. */
export class Tracker {
  /** In the order in which the client lists them. */
  visible: Tracked[] = [];
  /** Jobs of other clients than SABnzbd; they stay as they are. */
  readonly elsewhere: Tracked[] = [];
  pending: Pending[] = [];
  /** Downloads that a person must look after, by id. */
  readonly stuck = new Map<string, { as: 'blocked' | 'failed'; message: string }>();
  /** Since when the client does not answer; null: it does. */
  downSince: number | null = null;
  private readonly importing = new Set<string>();
  private nextPoll = 0;

  constructor(private readonly options: TrackerOptions) {}

  /** Asks the client; completed jobs are imported a little later, failed ones end at once. */
  refresh(): void {
    if (this.options.timeline.now() < this.nextPoll) return;
    // when the client is down its records leave the queue at once, still 200 (`queue_sab_refused`)
    this.visible = [];
    for (const job of this.ask()) this.take(job);
  }

  /** The downloads that hold this episode, as far as Sonarr knows. */
  holding(episodeId: number): readonly Tracked[] {
    return [...this.visible, ...this.elsewhere].filter((t) => t.rows.some((r) => r.base.id === episodeId));
  }

  private ask(): readonly ClientJob[] {
    try {
      const jobs = this.options.client.jobs(this.options.category);
      this.downSince = null;
      return jobs;
    } catch (error) {
      if (!(error instanceof DownloadClientDown)) throw error;
      const now = this.options.timeline.now();
      this.downSince ??= now;
      // after five minutes of failures the client is left alone for a while
      if (now - this.downSince >= LEFT_ALONE) this.nextPoll = now + LEFT_ALONE;
      return [];
    }
  }

  private take(job: ClientJob): void {
    const tracked = this.toTracked(job);
    if (tracked.stuck === undefined && job.state === 'failed') return this.fail(tracked);
    this.visible.push(tracked);
    const ready = job.state === 'completed' && tracked.stuck === undefined && tracked.rows.length > 0;
    if (ready && !this.importing.has(job.id)) this.importLater(tracked);
  }

  private toTracked(job: ClientJob): Tracked {
    const { history, store } = this.options;
    const grabs = history.records.filter((r) => r.downloadId === job.id && r.event === EVENTS.grabbed);
    const stuck = this.stuck.get(job.id);
    return {
      downloadId: job.id,
      title: job.name,
      rows: grabs.flatMap((g) => store.episode(g.episodeId) ?? []),
      added: grabs[0]?.date ?? null,
      indexer: grabs[0]?.data.indexer ?? null,
      client: CLIENT,
      protocol: 'usenet',
      size: job.size,
      sizeLeft: job.sizeLeft,
      state: job.state,
      ...(stuck === undefined ? {} : { stuck }),
    };
  }

  private importLater(tracked: Tracked): void {
    const { timeline, importTakes } = this.options;
    this.importing.add(tracked.downloadId);
    timeline.at(timeline.now() + importTakes, () => this.import(tracked));
  }

  private import({ downloadId, title, rows }: Tracked): void {
    const { store, history, timeline, client } = this.options;
    const fileId = store.addFile(rows);
    history.add(rows, {
      sourceTitle: title,
      date: timeline.now(),
      downloadId,
      event: EVENTS.downloadFolderImported,
      data: importData(title, fileId),
    });
    this.visible = this.visible.filter((t) => t.downloadId !== downloadId);
    client.imported(downloadId);
  }

  private fail({ downloadId, title, rows, size, indexer }: Tracked): void {
    const { history, timeline, client, onFailed } = this.options;
    const data = failData(size, indexer);
    history.add(rows, { sourceTitle: title, date: timeline.now(), downloadId, event: EVENTS.downloadFailed, data });
    client.imported(downloadId);
    if (rows.length > 0) onFailed(rows, title);
  }
}

const importData = (title: string, fileId: number) => ({
  fileId: String(fileId),
  droppedPath: `/downloads/complete/${title}/${title}.mkv`,
  importedPath: `/tv/${title}.mkv`,
  downloadClient: CLIENT,
  downloadClientName: CLIENT,
  releaseGroup: 'GRPA',
  customFormatScore: '0',
  size: '734003200',
  indexerFlags: '0',
  releaseType: 'SingleEpisode',
});

const failData = (size: number, indexer: string | null) => ({
  downloadClient: CLIENT,
  downloadClientName: CLIENT,
  message: 'Aborted, cannot be completed',
  source: 'Sonarr Failed Download Handling',
  releaseGroup: 'GRPA',
  size: String(size),
  indexer: indexer ?? '',
});
