import type { Indexer } from '../indexer/model.js';
import type { SabnzbdModel } from '../sabnzbd/model.js';
import type { SabJob } from '../sabnzbd/job.js';
import type { SonarrModel } from '../sonarr/model.js';
import type { EpisodeRow } from '../sonarr/store.js';
import type { TautulliModel } from '../tautulli/model.js';
import type { Notification } from '../tautulli/types.js';
import type { Timeline } from './clock.js';
import type { WorldPlay, WorldRelease } from './format.js';
import type { Library } from './library.js';
import type { PlexSide } from './plays.js';

export interface WorldGrab {
  readonly series: string;
  readonly season: number;
  readonly episodes: readonly number[];
  readonly title: string;
  readonly downloadId: string;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  /** Which Sonarr, from 0. */
  readonly sonarr: number;
}

export interface EpisodeState {
  readonly id: number;
  readonly hasFile: boolean;
  readonly monitored: boolean;
  readonly airs: number | null;
  readonly lastSearch: number | null;
}

interface Parts {
  readonly library: Library;
  readonly timeline: Timeline;
  readonly plex: PlexSide;
  readonly tautulli: TautulliModel;
  readonly sonarrs: readonly SonarrModel[];
  readonly sabnzbd: SabnzbdModel;
}

/** The running world: what tests look at and change behind the servers' backs. */
export class LiveWorld {
  readonly library: Library;
  readonly timeline: Timeline;
  readonly tautulli: TautulliModel;
  readonly sonarrs: readonly SonarrModel[];
  readonly sabnzbd: SabnzbdModel;
  private readonly plex: PlexSide;

  constructor({ library, timeline, plex, tautulli, sonarrs, sabnzbd }: Parts) {
    this.library = library;
    this.timeline = timeline;
    this.plex = plex;
    this.tautulli = tautulli;
    this.sonarrs = sonarrs;
    this.sabnzbd = sabnzbd;
  }

  /** The first Sonarr. */
  get sonarr(): SonarrModel {
    const [first] = this.sonarrs;
    if (first === undefined) throw new RangeError('a world without Sonarr');
    return first;
  }

  get indexer(): Indexer {
    return this.sonarr.indexer;
  }

  now(): number {
    return this.timeline.now();
  }

  /** Lets time pass at once, and everything that is due happen. */
  async advance(ms: number): Promise<void> {
    this.timeline.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Somebody has watched an episode: it ended now unless said otherwise. A running one answers its session key, else the row id. */
  watch(viewer: string, series: string, season: number, episode: number, how: Partial<WorldPlay> = {}): number {
    const userId = this.plex.userId(viewer);
    const runtime = (this.row(series, season, episode)?.base.runtime ?? 45) * 60_000;
    const began = new Date(this.now() - (how.playing === true ? 600_000 : runtime)).toISOString();
    const play = { series, season, episode, at: began, ...how };
    const ids = this.plex.plays(userId, play, this.now()).map((p) => this.tautulli.play(p));
    return ids.at(-1) ?? 0;
  }

  /** As a Sonarr has it, from 0. Throws when there is no such episode. */
  episode(series: string, season: number, episode: number, sonarr = 0): EpisodeState {
    const { base, fileId, monitored, lastSearch } = this.mustHave(series, season, episode, sonarr);
    return { id: base.id, hasFile: fileId > 0, monitored, airs: base.airs, lastSearch };
  }

  /** Every grab so far, of all Sonarrs, in order. */
  grabs(): WorldGrab[] {
    return this.sonarrs
      .flatMap((sonarr, i) =>
        sonarr.grabber.grabs.map(({ downloadId, release, rows, at }) => ({
          series: release.series.key,
          season: rows[0]?.base.season ?? release.titleSeason,
          episodes: rows.map((r) => r.base.number),
          title: release.title,
          downloadId,
          at,
          sonarr: i,
        })),
      )
      .sort((a, b) => a.at - b.at);
  }

  /** SABnzbd's queue in its order. */
  sabJobs(): readonly SabJob[] {
    return this.sabnzbd.jobsInOrder();
  }

  /** What Tautulli's notifiers sent. */
  notifications(): readonly Notification[] {
    return this.tautulli.notifications;
  }

  /** Requests that reached the indexer, over all Sonarrs. */
  indexerRequests(): { readonly search: number; readonly fetch: number } {
    return this.sonarrs.reduce(
      (sum, { indexer: { requests } }) => ({
        search: sum.search + requests.search,
        fetch: sum.fetch + requests.fetch,
      }),
      { search: 0, fetch: 0 },
    );
  }

  addFile(series: string, season: number, episode: number): void {
    for (const [i, sonarr] of this.sonarrs.entries()) sonarr.store.addFile([this.mustHave(series, season, episode, i)]);
  }

  deleteFile(series: string, season: number, episode: number): void {
    for (const [i, { store }] of this.sonarrs.entries()) {
      const row = this.mustHave(series, season, episode, i);
      if (row.fileId > 0) store.deleteFile(row, store.episodes(row.base.seriesId));
    }
  }

  /** It airs at another time than was thought; null: nobody knows when. */
  airs(series: string, season: number, episode: number, at: number | null): void {
    for (const [i, { store }] of this.sonarrs.entries()) store.airs(this.mustHave(series, season, episode, i), at);
  }

  /** Adds a series to the Sonarrs, or deletes it there. */
  setInSonarr(series: string, present: boolean): void {
    const found = this.library.find(series);
    for (const { store } of this.sonarrs) store.setPresent(found, present);
  }

  /** In the Sonarrs; Plex goes on with the name that it has. */
  retitle(series: string, title: string): void {
    const found = this.library.find(series);
    found.title = title;
    for (const { store } of this.sonarrs) store.touchSeries(found.id);
  }

  /** In the first Sonarr. */
  setMonitored(series: string, season: number, episode: number, monitored: boolean): void {
    this.sonarr.store.setMonitored(this.mustHave(series, season, episode, 0), monitored);
  }

  /** From now on the indexer has these for the episode, whatever the world file says; none: it has nothing. */
  releaseAppears(series: string, season: number, episode: number, releases: readonly WorldRelease[] = [{}]): void {
    const { id } = this.mustHave(series, season, episode, 0).base;
    for (const { indexer } of this.sonarrs) indexer.appeared.set(id, [...releases]);
  }

  /** The HTTP status that the indexer answers everything with; null: it is well again, and no longer blocked by Sonarr. */
  indexerFails(status: number | null): void {
    for (const { indexer, searcher } of this.sonarrs) {
      indexer.failing = status;
      if (status === null) searcher.blocked = null;
    }
  }

  /** Sonarr looks at its download client now. */
  refreshQueues(): void {
    for (const sonarr of this.sonarrs) sonarr.tracker.refresh();
  }

  private row(series: string, season: number, episode: number, sonarr = 0): EpisodeRow | undefined {
    const { id } = this.library.find(series);
    return this.sonarrs[sonarr]?.store.episodes(id).find((r) => r.base.season === season && r.base.number === episode);
  }

  private mustHave(series: string, season: number, episode: number, sonarr: number): EpisodeRow {
    const row = this.row(series, season, episode, sonarr);
    if (row === undefined) throw new RangeError(`Sonarr has no ${series} S${season}E${episode}`);
    return row;
  }
}
