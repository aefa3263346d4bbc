import { episodesOf, keyOf } from './check.js';
import type { WorldEpisode, WorldFile, WorldSeason, WorldSeries } from './format.js';
import { inRanges } from './ranges.js';
import { parseSpan, when } from './when.js';

/** An episode as the world begins; ids are given in the order of the file. */
export interface LibraryEpisode {
  /** Sonarr's id when Sonarr has the series. */
  readonly id: number;
  readonly seriesId: number;
  readonly season: number;
  readonly number: number;
  readonly title: string;
  /** Milliseconds since 1970; null: no air date. */
  readonly airs: number | null;
  /** `yyyy-MM-dd`; null without air date. */
  readonly airDate: string | null;
  /** Minutes. */
  readonly runtime: number;
  readonly absolute: number | null;
  readonly tvdbId: number;
  /** Episodes with the same number share one file; 0 without file. */
  readonly fileId: number;
  readonly monitored: boolean;
  readonly spec: WorldEpisode;
  readonly seasonSpec: WorldSeason;
}

export interface LibrarySeries {
  /** Counts from 1 in the order of the file; Sonarr's id when it has the series. */
  readonly id: number;
  readonly key: string;
  /** As Sonarr calls it now. */
  title: string;
  readonly year: number;
  readonly tvdbId: number;
  readonly tmdbId: number;
  readonly imdbId: string;
  readonly type: 'standard' | 'daily' | 'anime';
  readonly status: 'continuing' | 'ended' | 'upcoming';
  /** Minutes. */
  readonly runtime: number;
  readonly monitored: boolean;
  readonly tags: readonly string[];
  readonly spec: WorldSeries;
  readonly firstEpisodeId: number;
  readonly episodeCount: number;
}

/** Minutes. */
const RUNTIME = 45;
const DAY = 86_400_000;

/** What a world file says about series and episodes, worked out; episodes only when somebody asks for them. */
export class Library {
  readonly series: readonly LibrarySeries[];
  private readonly byKey: ReadonlyMap<string, LibrarySeries>;

  constructor(
    readonly file: WorldFile,
    /** The world's first moment, milliseconds since 1970. */
    readonly start: number,
  ) {
    let next = 1;
    this.series = file.series.map((spec, i) => {
      const series = toSeries(spec, i, next, start);
      next += series.episodeCount;
      return series;
    });
    this.byKey = new Map(this.series.map((s) => [s.key, s]));
  }

  /** By the key that the file uses. Throws when there is none. */
  find(key: string): LibrarySeries {
    const series = this.byKey.get(key);
    if (series === undefined) throw new RangeError(`no series is called "${key}"`);
    return series;
  }

  /** In the order of the file; worked out at each call. */
  episodes(series: LibrarySeries): LibraryEpisode[] {
    let id = series.firstEpisodeId;
    let absolute = 0;
    return series.spec.seasons.flatMap((season) => {
      const files = withFiles(season);
      const first = firstAired(series.spec, season, this.start);
      return episodesOf(season).map((spec, i) => {
        if (season.number > 0) absolute += 1;
        const shared = { id: id++, index: i, absolute, hasFile: files.has(spec.number), first };
        return toEpisode({ series, season, spec, start: this.start, ...shared });
      });
    });
  }
}

/** When a season began: 400 days ago unless the world says otherwise; a daily one so that its last episode aired yesterday. */
const firstAired = (series: WorldSeries, season: WorldSeason, start: number): number => {
  if (season.firstAired !== undefined) return when(season.firstAired, start);
  return start - DAY * (series.type === 'daily' ? episodesOf(season).length : 400);
};

const toSeries = (spec: WorldSeries, index: number, firstEpisodeId: number, start: number): LibrarySeries => ({
  id: index + 1,
  key: keyOf(spec),
  title: spec.title,
  year: spec.year ?? firstYear(spec, start),
  tvdbId: spec.tvdb ?? 700_001 + index,
  tmdbId: spec.tmdb ?? 200_001 + index,
  imdbId: spec.imdb ?? `tt${9_000_001 + index}`,
  type: spec.type ?? 'standard',
  status: spec.status ?? 'continuing',
  runtime: spec.runtime ?? RUNTIME,
  monitored: spec.monitored ?? true,
  tags: spec.tags ?? [],
  spec,
  firstEpisodeId,
  episodeCount: spec.seasons.reduce((sum, season) => sum + episodesOf(season).length, 0),
});

const firstYear = (spec: WorldSeries, start: number): number => {
  const began = Math.min(...spec.seasons.map((season) => firstAired(spec, season, start)), start);
  return new Date(began).getUTCFullYear();
};

interface EpisodeParts {
  readonly series: LibrarySeries;
  readonly season: WorldSeason;
  readonly spec: WorldEpisode;
  readonly start: number;
  readonly id: number;
  readonly index: number;
  readonly absolute: number;
  readonly hasFile: boolean;
  readonly first: number;
}

const toEpisode = (parts: EpisodeParts): LibraryEpisode => {
  const { series, season, spec, id, index } = parts;
  const airs = airTime(parts);
  const hasFile = spec.file ?? parts.hasFile;
  const anime = series.type === 'anime' && season.number > 0;
  return {
    id,
    seriesId: series.id,
    season: season.number,
    number: spec.number,
    title: spec.title ?? `Chapter ${season.number}-${spec.number}`,
    airs,
    airDate: airs === null ? null : new Date(airs).toISOString().slice(0, 10),
    runtime: spec.runtime ?? series.runtime,
    absolute: spec.absolute ?? (anime ? parts.absolute : null),
    tvdbId: spec.tvdb ?? 5_000_000 + id,
    fileId: hasFile ? id - index + firstOfFile(season, spec.number, index) : 0,
    monitored: spec.monitored ?? season.monitored ?? (season.number > 0 && series.monitored),
    spec,
    seasonSpec: season,
  };
};

const airTime = ({ series, season, spec, start, index, first }: EpisodeParts): number | null => {
  if (spec.aired === 'none') return null;
  if (spec.aired !== undefined) return when(spec.aired, start);
  const every = season.every ?? (series.type === 'daily' ? '1d' : '7d');
  return first + index * (parseSpan(every) ?? 0);
};

/** Of the file that holds this episode the first one, by its index in the season. */
const firstOfFile = (season: WorldSeason, number: number, index: number): number => {
  if (season.shared === undefined) return index;
  const numbers = episodesOf(season).map((e) => e.number);
  const held = season.shared.map((group) => inRanges(group, numbers)).find((group) => group.includes(number));
  return held === undefined ? index : numbers.findIndex((n) => held.includes(n));
};

const withFiles = (season: WorldSeason): Set<number> => {
  const numbers = episodesOf(season).map((e) => e.number);
  const shared = (season.shared ?? []).flatMap((group) => inRanges(group, numbers));
  return new Set([...inRanges(season.files ?? 'none', numbers), ...shared]);
};
