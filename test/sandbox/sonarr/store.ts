import type { Library, LibraryEpisode, LibrarySeries } from '../world/library.js';

/** An episode as Sonarr knows it now. */
export interface EpisodeRow {
  /** Replaced when its air date changes. */
  base: LibraryEpisode;
  /** 0: no file. */
  fileId: number;
  monitored: boolean;
  /** Milliseconds since 1970; null: never searched. */
  lastSearch: number | null;
}

/** Bytes of a file that the world began with. */
export const FILE_SIZE = 1_100_000_000;
const IMPORTED_FROM = 1_000_000;

/** A file that came while the sandbox ran. */
export const isImported = (fileId: number): boolean => fileId >= IMPORTED_FROM;

/** One Sonarr's series and episodes; rows come into being when somebody asks for them, so a library of thousands costs little. */
export class SonarrStore {
  /** Those that it has. */
  series: readonly LibrarySeries[];
  /** In the order in which Sonarr numbers them. */
  readonly tags: readonly string[];
  private readonly rows = new Map<number, EpisodeRow[]>();
  private readonly versions = new Map<number, number>();
  private readonly removed = new Set<number>();
  private nextFile = IMPORTED_FROM;
  private changes_ = 0;

  constructor(readonly library: Library) {
    this.series = library.series.filter((s) => this.has(s));
    this.tags = [...new Set(this.series.flatMap((s) => s.tags))];
  }

  /** Goes up with each change of any row. */
  get changes(): number {
    return this.changes_;
  }

  find(seriesId: number): LibrarySeries | undefined {
    const series = this.library.series[seriesId - 1];
    return series !== undefined && this.has(series) ? series : undefined;
  }

  /** Goes up with each change of a row of this series. */
  version(seriesId: number): number {
    return this.versions.get(seriesId) ?? 0;
  }

  /** The rows to be kept; [] for a series that Sonarr does not have. */
  episodes(seriesId: number): readonly EpisodeRow[] {
    const series = this.find(seriesId);
    if (series === undefined) return [];
    const known = this.rows.get(seriesId);
    if (known !== undefined) return known;
    const rows = this.fresh(series);
    this.rows.set(seriesId, rows);
    return rows;
  }

  /** Rows to look at and forget. */
  peek(series: LibrarySeries): readonly EpisodeRow[] {
    return this.rows.get(series.id) ?? this.fresh(series);
  }

  episode(id: number): EpisodeRow | undefined {
    const series = this.seriesOfEpisode(id);
    return series === undefined ? undefined : this.episodes(series.id)[id - series.firstEpisodeId];
  }

  setMonitored(row: EpisodeRow, monitored: boolean): void {
    row.monitored = monitored;
    this.touch(row);
  }

  /** Somebody deletes it, as in Sonarr's own interface. */
  deleteFile({ fileId }: EpisodeRow, rows: readonly EpisodeRow[]): void {
    for (const row of rows.filter((other) => other.fileId === fileId)) {
      row.fileId = 0;
      this.touch(row);
    }
  }

  /** @param at milliseconds since 1970; null: no air date any more */
  airs(row: EpisodeRow, at: number | null): void {
    row.base = { ...row.base, airs: at, airDate: at === null ? null : new Date(at).toISOString().slice(0, 10) };
    this.touch(row);
  }

  /** Adds a series to this Sonarr, or deletes it there; its ids and files stay as they are. */
  setPresent(series: LibrarySeries, present: boolean): void {
    if (present) this.removed.delete(series.id);
    else this.removed.add(series.id);
    this.series = this.library.series.filter((s) => this.has(s));
    this.touchSeries(series.id);
  }

  touchSeries(seriesId: number): void {
    this.changes_ += 1;
    this.versions.set(seriesId, this.version(seriesId) + 1);
  }

  searched(rows: readonly EpisodeRow[], at: number): void {
    for (const row of rows) row.lastSearch = at;
  }

  /** One new file for all of them; answers its id. */
  addFile(rows: readonly EpisodeRow[]): number {
    const id = this.nextFile++;
    for (const row of rows) {
      row.fileId = id;
      this.touch(row);
    }
    return id;
  }

  private touch(row: EpisodeRow): void {
    this.touchSeries(row.base.seriesId);
  }

  private has({ id, spec }: LibrarySeries): boolean {
    return spec.notInSonarr !== true && !this.removed.has(id);
  }

  private fresh(series: LibrarySeries): EpisodeRow[] {
    return this.library
      .episodes(series)
      .map((base) => ({ base, fileId: base.fileId, monitored: base.monitored, lastSearch: null }));
  }

  private seriesOfEpisode(id: number): LibrarySeries | undefined {
    const all = this.library.series;
    let low = 0;
    let high = all.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const series = all[middle];
      if (series === undefined) return undefined;
      if (id < series.firstEpisodeId) high = middle - 1;
      else if (id >= series.firstEpisodeId + series.episodeCount) low = middle + 1;
      else return this.find(series.id);
    }
    return undefined;
  }
}
