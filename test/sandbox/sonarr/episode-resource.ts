import { FILE_QUALITY, qualityResource } from '../indexer/quality.js';
import { instant } from './answers.js';
import { embeddedSeries } from './series-resource.js';
import { FILE_SIZE, isImported, type EpisodeRow, type SonarrStore } from './store.js';

export interface EpisodeExtras {
  readonly series?: boolean;
  readonly file?: boolean;
  readonly images?: boolean;
}

/** One episode; missing dates and numbers are left out, as Sonarr does. */
export const episodeResource = (store: SonarrStore, row: EpisodeRow, extras: EpisodeExtras = {}) => {
  const { base } = row;
  const series = store.find(base.seriesId);
  return {
    seriesId: base.seriesId,
    tvdbId: base.tvdbId,
    episodeFileId: row.fileId,
    seasonNumber: base.season,
    episodeNumber: base.number,
    title: base.title,
    airDate: base.airDate ?? undefined,
    airDateUtc: base.airs === null ? undefined : instant(base.airs),
    lastSearchTime: row.lastSearch === null ? undefined : instant(row.lastSearch),
    runtime: base.runtime,
    overview: `Invented summary of season ${base.season} episode ${base.number}.`,
    episodeFile: extras.file === true && row.fileId > 0 ? fileResource(row) : undefined,
    hasFile: row.fileId > 0,
    monitored: row.monitored,
    absoluteEpisodeNumber: base.absolute ?? undefined,
    unverifiedSceneNumbering: false,
    series: extras.series === true && series !== undefined ? embeddedSeries(store, series) : undefined,
    images: extras.images === true ? [] : undefined,
    id: base.id,
  };
};

const fileResource = ({ base, fileId }: EpisodeRow) => {
  const relativePath = `Season ${base.season}/S${base.season}E${base.number} HDTV-1080p.mkv`;
  return {
    seriesId: base.seriesId,
    seasonNumber: base.season,
    relativePath,
    path: `/tv/${base.seriesId}/${relativePath}`,
    size: FILE_SIZE,
    dateAdded: '2024-01-01T12:00:00Z',
    ...(isImported(fileId) ? { sceneName: `imported.${base.id}-GRPA`, releaseGroup: 'GRPA' } : {}),
    languages: [{ id: 1, name: 'English' }],
    quality: qualityResource(FILE_QUALITY),
    customFormats: [],
    customFormatScore: 0,
    indexerFlags: 0,
    releaseType: 'singleEpisode',
    mediaInfo: {
      audioBitrate: 640_000,
      audioChannels: 5.1,
      audioCodec: 'EAC3',
      audioLanguages: 'eng',
      audioStreamCount: 1,
      videoBitDepth: 8,
      videoBitrate: 4_000_000,
      videoCodec: 'h264',
      videoFps: 23.976,
      videoDynamicRange: '',
      videoDynamicRangeType: '',
      resolution: '1920x1080',
      runTime: '42:00',
      scanType: 'Progressive',
      subtitles: 'eng',
    },
    qualityCutoffNotMet: false,
    id: fileId,
  };
};

/** Sonarr's database gives rows in no order of its own: neither do we. */
export const unordered = (rows: readonly EpisodeRow[]): EpisodeRow[] =>
  [...rows].sort((a, b) => scattered(a.base.id) - scattered(b.base.id));

const scattered = (id: number): number => Math.imul(id, 0x9e3779b1) >>> 0;
