import { DAY } from '../../src/core/time.js';
import { EVENTS } from '../sandbox/sonarr/history.js';
import type { SonarrModel } from '../sandbox/sonarr/model.js';
import type { EpisodeRow } from '../sandbox/sonarr/store.js';
import { watchedStatus } from '../sandbox/tautulli/watched.js';
import type { Life } from './life.js';

/** One play as the world knows it, by the place of its episode in the series. */
interface TruePlay {
  readonly place: number;
  readonly at: number;
  readonly watched: boolean;
  readonly again: boolean;
}

/** What is so, read from the world itself and never from what the flows say. */
export class Truth {
  readonly #life: Life;
  /** Series of which an episode airs at another time than Plex knows, by their ids. */
  readonly redated = new Set<number>();
  /** Series that somebody took files from, or that were taken out of Sonarr for a while: what is wanted of them, or monitored, may be forgotten. */
  readonly takenFrom = new Set<number>();

  constructor(life: Life) {
    this.#life = life;
  }

  sonarr(no: number): SonarrModel {
    const found = this.#life.world.sonarrs[no];
    if (found === undefined) throw new RangeError(`no Sonarr ${no}`);
    return found;
  }

  label({ base }: EpisodeRow): string {
    return `${this.#life.world.library.series[base.seriesId - 1]?.key} S${base.season}E${base.number}`;
  }

  /** Of a season-and-number order: whose place is where. */
  inOrder(no: number, seriesId: number): readonly EpisodeRow[] {
    return this.sonarr(no)
      .store.episodes(seriesId)
      .filter(({ base }) => base.season > 0)
      .toSorted((a, b) => a.base.season - b.base.season || a.base.number - b.base.number);
  }

  hasAired(no: number, row: EpisodeRow, now: number): boolean {
    const { airs, season, seriesId } = row.base;
    if (airs !== null) return airs <= now;
    if (season === 0) return false;
    const order = this.inOrder(no, seriesId);
    const later = order.slice(order.indexOf(row) + 1);
    return later.some((other) => other.fileId > 0 || (other.base.airs ?? Infinity) <= now);
  }

  /** Download ids of jobs that will bring it, if nothing goes wrong. */
  onItsWay(no: number, row: EpisodeRow, before = Infinity): readonly string[] {
    const { grabber, tracker, history } = this.sonarr(no);
    const { sabnzbd } = this.#life.world;
    const ended = new Set(
      history.records.filter((r) => r.event !== EVENTS.grabbed).map((r) => `${r.downloadId} ${r.episodeId}`),
    );
    const there = new Set([
      ...sabnzbd.jobsInOrder().map(({ id }) => id),
      ...sabnzbd.history.filter(({ status }) => status === 'Completed').map(({ id }) => id),
      ...tracker.elsewhere.map(({ downloadId }) => downloadId),
    ]);
    return grabber.grabs
      .filter((grab) => grab.at < before && grab.rows.some((other) => other.base.id === row.base.id))
      .map(({ downloadId }) => downloadId)
      .filter((id) => there.has(id) && !ended.has(`${id} ${row.base.id}`));
  }

  /** Whether a grab was asked for by us, and not by Sonarr itself. */
  isOurs(no: number, downloadId: string): boolean {
    const grab = this.sonarr(no).history.records.find((r) => r.downloadId === downloadId && r.event === EVENTS.grabbed);
    return grab?.data.releaseSource === 'InteractiveSearch';
  }

  /** What each viewer has played of a series, in the order of time. */
  plays(no: number, seriesId: number): ReadonlyMap<string, readonly TruePlay[]> {
    const { tautulli } = this.#life.world;
    const order = this.inOrder(no, seriesId);
    const all = [...tautulli.rows, ...tautulli.sessions]
      .filter(({ play }) => play.show?.ratingKey === 1_000_000 + seriesId)
      .map(({ play }) => play)
      .toSorted((a, b) => a.startedAt - b.startedAt || (a.stoppedAt ?? Infinity) - (b.stoppedAt ?? Infinity));
    const byViewer = new Map<string, TruePlay[]>();
    for (const play of all) {
      const viewer = tautulli.storedName(play);
      const own = byViewer.get(viewer) ?? [];
      const place = order.findIndex((row) => row.base.season === play.season && row.base.number === play.episode);
      const unit = this.#unitOf(order, place);
      own.push({
        place: unit,
        at: play.startedAt,
        watched: watchedStatus(play, tautulli.watchedPercent) === 1,
        again: own.some((other) => other.place === unit && other.watched),
      });
      byViewer.set(viewer, own);
    }
    return byViewer;
  }

  /** Place of the last episode that shares its file. */
  #unitOf(order: readonly EpisodeRow[], place: number): number {
    const fileId = order[place]?.fileId ?? 0;
    return fileId === 0 ? place : order.findLastIndex((row) => row.fileId === fileId);
  }

  /** Whether somebody may need it by the rules of planning; generous where the rules are finer than this. */
  isNeeded(no: number, row: EpisodeRow, most: number, leftOut: (viewer: string) => boolean): boolean {
    const order = this.inOrder(no, row.base.seriesId);
    const from = this.#life.now - 61 * DAY;
    for (const [viewer, all] of this.plays(no, row.base.seriesId)) {
      const plays = all.filter(({ at }) => at >= from);
      const latest = plays.at(-1);
      if (latest === undefined || leftOut(viewer)) continue;
      // Where those stand is decided by dates and other countings.
      if (row.base.season === 0 || plays.some(({ place }) => place < 0) || this.redated.has(row.base.seriesId))
        return true;
      const place = order.indexOf(row);
      const seen = plays.some((play) => play.watched && play.place === place && play.at >= this.#life.now - 30 * DAY);
      const rewatching = plays.filter(({ again }) => again).length >= 2;
      if (seen && !rewatching && place !== latest.place + 1) continue;
      if (plays.some((play) => play.place < place && this.#between(no, order, play.place, place, plays) < most))
        return true;
    }
    return false;
  }

  /** How many episodes stand between two places that take a place in a window. */
  #between(no: number, order: readonly EpisodeRow[], from: number, to: number, plays: readonly TruePlay[]): number {
    const seen = new Set(plays.filter(({ watched }) => watched).map(({ place }) => place));
    const taking = order
      .slice(from + 1, to)
      .filter((row, i) => this.hasAired(no, row, this.#life.now - DAY) && !seen.has(from + 1 + i));
    // Those of one file are one unit.
    return new Set(taking.map(({ fileId, base }) => (fileId > 0 ? fileId : -base.id))).size;
  }
}
