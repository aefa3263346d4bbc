import { IndexerFailure, type Indexer } from '../indexer/model.js';
import type { Listing } from '../indexer/listing.js';
import { DownloadClientDown, type DownloadClient } from '../world/types.js';
import type { Timeline } from '../world/clock.js';
import { digest } from '../world/names.js';
import { EVENTS, grabData, type GrabData, type History } from './history.js';
import type { Searcher } from './searcher.js';
import type { EpisodeRow } from './store.js';
import type { Tracker } from './tracker.js';

/** Why a grab came to nothing, in Sonarr's words. */
export class GrabFailure extends Error {
  constructor(
    readonly kind: 'indexer' | 'client',
    message: string,
  ) {
    super(message);
  }
}

export interface GrabberOptions {
  readonly indexer: Indexer;
  readonly searcher: Searcher;
  readonly client: DownloadClient;
  readonly timeline: Timeline;
  readonly history: History;
  readonly tracker: Tracker;
  readonly category: string;
  /** Milliseconds until the queue looks again after a grab. */
  readonly blindness: number;
}

/** SABnzbd's number for the category's own priority. */
const DEFAULT_PRIORITY = -100;

/** Sends releases to the download client. Checks nothing: a rejected release, or the same one twice, is grabbed again (`grab_same_again`). */
export class Grabber {
  /** Everything that was grabbed, in order. */
  readonly grabs: {
    readonly downloadId: string;
    readonly release: Listing;
    readonly rows: readonly EpisodeRow[];
    readonly at: number;
  }[] = [];

  constructor(private readonly options: GrabberOptions) {}

  /** History is written before this resolves. Throws `GrabFailure`. */
  async grab(release: Listing, rows: readonly EpisodeRow[], source: GrabData['source']): Promise<string> {
    const { timeline, history, indexer, tracker, blindness } = this.options;
    const whole = await this.fetch(release);
    const torrent = release.protocol === 'torrent';
    const downloadId = torrent ? digest(`${release.guid}${timeline.now()}`).toUpperCase() : this.send(release, whole);
    const client = torrent ? 'qBittorrent' : 'SABnzbd';
    const now = timeline.now();
    history.add(rows, {
      sourceTitle: release.title,
      date: now,
      downloadId,
      event: EVENTS.grabbed,
      data: grabData({ release, now, indexer, client, source }),
    });
    this.grabs.push({ downloadId, release, rows, at: now });
    timeline.at(now + blindness, () => {
      if (torrent) tracker.elsewhere.push(seededTorrent(release, rows, downloadId, indexer.name, now));
      tracker.refresh();
    });
    return downloadId;
  }

  /** Grabs the first one that can be; whether one could. A client that is down leaves the release waiting in Sonarr. */
  async grabFirst(
    candidates: readonly { readonly release: Listing; readonly rows: readonly EpisodeRow[] }[],
    source: GrabData['source'],
  ): Promise<boolean> {
    for (const { release, rows } of candidates) {
      try {
        await this.grab(release, rows, source);
        return true;
      } catch (error) {
        if (!(error instanceof GrabFailure)) throw error;
        if (error.kind === 'client' && this.isClientDown()) {
          this.holdBack(release, rows);
          return false;
        }
      }
    }
    return false;
  }

  /** What waited for the client is tried again, as an RSS sync does. */
  async retryPending(): Promise<void> {
    const { tracker } = this.options;
    for (const pending of tracker.pending.filter((p) => p.status === 'downloadClientUnavailable')) {
      if (this.isClientDown()) return;
      tracker.pending = tracker.pending.filter((p) => p !== pending);
      await this.grabFirst([pending], 'Search');
    }
  }

  private async fetch(release: Listing): Promise<boolean> {
    const { indexer, searcher } = this.options;
    try {
      return await indexer.fetchNzb(release);
    } catch (error) {
      if (!(error instanceof IndexerFailure)) throw error;
      // 404 is the release's fault, all else the indexer's (`grab_nzb_429`)
      if (error.status !== 404) searcher.fail(error);
      throw new GrabFailure('indexer', 'Getting release from indexer failed');
    }
  }

  private send(release: Listing, whole: boolean): string {
    const { client, category } = this.options;
    try {
      if (!whole) throw new DownloadClientDown('an NZB that is none');
      const failsDownload = release.spec.failsDownload === true;
      const id = client.add({
        name: release.title,
        size: release.size,
        category,
        priority: DEFAULT_PRIORITY,
        failsDownload,
      });
      // SABnzbd gave no nzo_ids (`grab_sab_noid`)
      if (id === '') throw new GrabFailure('indexer', 'Getting release from indexer failed');
      return id;
    } catch (error) {
      if (!(error instanceof DownloadClientDown)) throw error;
      throw new GrabFailure('client', "All 'Usenet' download clients failed");
    }
  }

  private isClientDown(): boolean {
    const { client, category } = this.options;
    try {
      client.jobs(category);
      return false;
    } catch (error) {
      if (error instanceof DownloadClientDown) return true;
      throw error;
    }
  }

  private holdBack(release: Listing, rows: readonly EpisodeRow[]): void {
    const { tracker, timeline } = this.options;
    tracker.pending.push({ release, rows, added: timeline.now(), status: 'downloadClientUnavailable' });
  }
}

const seededTorrent = (
  release: Listing,
  rows: readonly EpisodeRow[],
  downloadId: string,
  indexer: string,
  added: number,
) => ({
  downloadId,
  title: release.title,
  rows,
  added,
  indexer,
  client: 'qBittorrent',
  protocol: 'torrent' as const,
  size: release.size,
  sizeLeft: release.size,
  state: 'downloading' as const,
});
