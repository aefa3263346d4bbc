import type { Indexer } from '../indexer/model.js';
import type { Timeline } from '../world/clock.js';
import type { WorldFile } from '../world/format.js';
import type { Library, LibrarySeries } from '../world/library.js';
import { two } from '../world/names.js';
import type { DownloadClient } from '../world/types.js';
import { VERSION } from './answers.js';
import { commandResource, Commands } from './commands.js';
import type { Judged } from './decision.js';
import { Grabber } from './grabber.js';
import { History } from './history.js';
import { Searcher } from './searcher.js';
import { SeriesList } from './series-list.js';
import { SonarrStore, type EpisodeRow } from './store.js';
import { Tracker } from './tracker.js';

export interface SonarrOptions {
  readonly library: Library;
  readonly timeline: Timeline;
  readonly client: DownloadClient;
  readonly indexer: Indexer;
  /** In SABnzbd; only jobs of it are seen. @default tv */
  readonly category?: string;
  readonly apiKey: string;
  /** @default external: nobody logs in, the UI is open */
  readonly authentication?: 'external' | 'forms';
  /** Whether the files of the web UI are installed; without them unknown pages are 404. @default true */
  readonly ui?: boolean;
}

interface Cached {
  readonly judged: Judged;
  readonly at: number;
}

const SECOND = 1000;
const RSS_EVERY = 900 * SECOND;
const SEARCH_AGAIN_AFTER = 2 * SECOND;
const CLIENT_DOWN_SHOWS_AFTER = 480 * SECOND;
/** Health follows what happened with a short delay (`health_no_indexer`). */
const HEALTH_LAG = 500;

/** One Sonarr: what it has, what it sees of its download client, and what it does. */
export class SonarrModel {
  readonly store: SonarrStore;
  readonly history = new History();
  readonly commands: Commands;
  readonly tracker: Tracker;
  readonly searcher: Searcher;
  readonly grabber: Grabber;
  readonly seriesList: SeriesList;
  readonly world: WorldFile;
  readonly timeline: Timeline;
  readonly category: string;
  private readonly blocklist = new Set<string>();
  private readonly cache = new Map<string, Cached>();

  constructor(readonly options: SonarrOptions) {
    const { library, timeline, client, indexer, category = 'tv' } = options;
    this.world = library.file;
    this.timeline = timeline;
    this.category = category;
    const { history } = this;
    const store = new SonarrStore(library);
    this.store = store;
    this.commands = new Commands(timeline);
    this.seriesList = new SeriesList(store, () => timeline.now());
    const importTakes = (this.world.sabnzbd?.importTakes ?? 5) * SECOND;
    const onFailed = (rows: readonly EpisodeRow[], title: string): void => this.afterFailure(rows, title);
    this.tracker = new Tracker({ store, history, timeline, client, category, importTakes, onFailed });
    const { tracker, blocklist } = this;
    this.searcher = new Searcher({ store, tracker, indexer, timeline, blocklist });
    const blindness = (this.world.sonarr?.queueBlindness ?? 5) * SECOND;
    const { searcher } = this;
    this.grabber = new Grabber({ indexer, searcher, client, timeline, history, tracker, category, blindness });
    timeline.every((this.world.sonarr?.refreshEvery ?? 60) * SECOND, () => tracker.refresh());
    timeline.every(RSS_EVERY, () => void this.grabber.retryPending());
  }

  get version(): string {
    return this.world.sonarr?.version ?? VERSION;
  }

  /** Version 4 words a few things differently. */
  get isV4(): boolean {
    return this.version.startsWith('4.');
  }

  /** Bytes free where the series are. */
  get freeSpace(): number {
    return Math.round((this.world.sonarr?.freeSpace ?? 500) * 1e9);
  }

  get indexer(): Indexer {
    return this.options.indexer;
  }

  searchEpisode(row: EpisodeRow): Promise<Judged[]> {
    return this.remember(this.searcher.episode(row));
  }

  searchSeason(series: LibrarySeries, season: number): Promise<Judged[]> {
    return this.remember(this.searcher.season(series, season));
  }

  rss(): Promise<Judged[]> {
    return this.remember(this.searcher.rss());
  }

  /** A release that a search brought up not longer ago than `releaseCache`. */
  cached(guid: string, indexerId: number): Judged | undefined {
    const found = this.cache.get(`${indexerId}_${guid}`);
    const keptFor = (this.world.sonarr?.releaseCache ?? 30) * 60 * SECOND;
    return found !== undefined && this.timeline.now() - found.at < keptFor ? found.judged : undefined;
  }

  /** Sends an EpisodeSearch: one search after the other, each grabbing the best that works. Unknown ids fail the rest. */
  sendEpisodeSearch(ids: readonly number[] | null) {
    const work = async (tell: (message: string) => void): Promise<void> => {
      if (ids === null) throw new TypeError('Value cannot be null. (Parameter episodeIds)');
      for (const id of ids) {
        const row = this.store.episode(id);
        if (row === undefined) throw new RangeError(`Episode with ID ${id} does not exist`);
        tell(`Searching indexers for [${this.nameOf(row)}]. 1 active indexers`);
        tell(`Episode search completed. ${await this.searchAndGrab(row, 'UserInvokedSearch')} reports downloaded.`);
      }
    };
    return commandResource(
      this.commands.send({ name: 'EpisodeSearch', own: ids === null ? {} : { episodeIds: ids }, work }),
    );
  }

  sendRefreshDownloads() {
    const work = async (): Promise<void> => {
      this.tracker.refresh();
      await this.timeline.sleep(100);
    };
    return commandResource(this.commands.send({ name: 'RefreshMonitoredDownloads', own: {}, work, quiet: true }));
  }

  health(): { source: string; type: string; message: string; wikiUrl: string }[] {
    const now = this.timeline.now();
    const { downSince } = this.tracker;
    const blocked = this.searcher.isBlocked() && now - (this.searcher.blocked?.since ?? now) >= HEALTH_LAG;
    return [
      ...(blocked ? INDEXER_HEALTH : []),
      ...(downSince !== null && now - downSince >= CLIENT_DOWN_SHOWS_AFTER ? [CLIENT_HEALTH] : []),
    ];
  }

  /** After a restart of Sonarr: no cache, no view of the queue until the next refresh. */
  restart(): void {
    this.cache.clear();
    this.tracker.visible = [];
  }

  private nameOf({ base }: EpisodeRow): string {
    return `${this.store.find(base.seriesId)?.title ?? ''} : S${two(base.season)}E${two(base.number)}`;
  }

  private async searchAndGrab(row: EpisodeRow, source: 'UserInvokedSearch' | 'Search'): Promise<number> {
    const found = await this.searcher.episode(row);
    const grabbed = await this.grabber.grabFirst(
      found.filter((j) => j.approved),
      source,
    );
    return grabbed ? 1 : 0;
  }

  /** The failed release is not taken again, and Sonarr looks for another (`history_failed_regrab`). */
  private afterFailure(rows: readonly EpisodeRow[], title: string): void {
    this.blocklist.add(title);
    if (this.world.sonarr?.redownloadFailed === false) return;
    this.timeline.at(this.timeline.now() + SEARCH_AGAIN_AFTER, () => {
      for (const row of rows) void this.searchAndGrab(row, 'Search');
    });
  }

  private async remember(search: Promise<Judged[]>): Promise<Judged[]> {
    const found = await search;
    const at = this.timeline.now();
    for (const judged of found) this.cache.set(`${this.indexer.id}_${judged.release.guid}`, { judged, at });
    return found;
  }
}

const WIKI = 'https://wiki.servarr.com/sonarr/system#';
const unavailable = (what: string): string =>
  `All ${what}-capable indexers are temporarily unavailable due to recent indexer errors`;
const INDEXERS = `${WIKI}indexers-are-unavailable-due-to-failures`;
/** As recorded (`health_indexer_down`). */
const INDEXER_HEALTH = [
  { source: 'IndexerRssCheck', type: 'warning', message: unavailable('rss'), wikiUrl: INDEXERS },
  {
    source: 'IndexerStatusCheck',
    type: 'error',
    message: 'All indexers are unavailable due to failures',
    wikiUrl: INDEXERS,
  },
  { source: 'IndexerSearchCheck', type: 'warning', message: unavailable('search'), wikiUrl: INDEXERS },
];
const CLIENT_HEALTH = {
  source: 'DownloadClientStatusCheck',
  type: 'error',
  message: 'All download clients are unavailable due to failures',
  wikiUrl: `${WIKI}download-clients-are-unavailable-due-to-failures`,
};
