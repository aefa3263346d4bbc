import { isProper, qualityOf, qualityResource } from '../indexer/quality.js';
import type { Listing } from '../indexer/listing.js';
import { instant } from './answers.js';
import type { EpisodeRow } from './store.js';

/** Sonarr's numbers of the events that happen here. */
export const EVENTS = { grabbed: 1, seriesFolderImported: 2, downloadFolderImported: 3, downloadFailed: 4 } as const;
export const EVENT_NAMES: Readonly<Record<number, string>> = {
  1: 'grabbed',
  2: 'seriesFolderImported',
  3: 'downloadFolderImported',
  4: 'downloadFailed',
  5: 'episodeFileDeleted',
  6: 'episodeFileRenamed',
  7: 'downloadIgnored',
};

export interface HistoryRecord {
  readonly id: number;
  readonly episodeId: number;
  readonly seriesId: number;
  readonly sourceTitle: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly downloadId: string;
  readonly event: number;
  readonly data: Readonly<Record<string, string | null>>;
}

/** What Sonarr remembers of grabs and their ends, oldest first. */
export class History {
  readonly records: HistoryRecord[] = [];

  add(rows: readonly EpisodeRow[], record: Omit<HistoryRecord, 'id' | 'episodeId' | 'seriesId'>): void {
    for (const { base } of rows)
      this.records.push({ ...record, id: this.records.length + 1, episodeId: base.id, seriesId: base.seriesId });
  }
}

export const historyResource = (record: HistoryRecord) => ({
  episodeId: record.episodeId,
  seriesId: record.seriesId,
  sourceTitle: record.sourceTitle,
  languages: [{ id: 1, name: 'English' }],
  quality: qualityResource(qualityOf(record.sourceTitle), isProper(record.sourceTitle)),
  customFormats: [],
  customFormatScore: 0,
  qualityCutoffNotMet: false,
  date: instant(record.date),
  downloadId: record.downloadId,
  eventType: EVENT_NAMES[record.event],
  data: record.data,
});

export interface GrabData {
  readonly release: Listing;
  readonly now: number;
  readonly indexer: { readonly name: string; readonly key: string };
  readonly client: string;
  readonly source: 'InteractiveSearch' | 'Search' | 'UserInvokedSearch';
}

/** All strings, `imdbId` null (`history_episode_grabbed`); the download URL holds the indexer's key. */
export const grabData = ({ release, now, indexer, client, source }: GrabData): HistoryRecord['data'] => {
  const minutes = (now - release.published) / 60_000;
  return {
    indexer: indexer.name,
    nzbInfoUrl: release.guid,
    releaseGroup: release.group,
    age: String(Math.floor(minutes / 1440)),
    ageHours: String(minutes / 60),
    ageMinutes: String(minutes),
    publishedDate: instant(release.published),
    downloadClient: client,
    downloadClientName: client,
    size: String(release.size),
    downloadUrl: downloadUrl(release, indexer.key),
    guid: release.guid,
    tvdbId: '0',
    tvRageId: '0',
    imdbId: null,
    protocol: release.protocol === 'usenet' ? '1' : '2',
    customFormatScore: '0',
    seriesMatchType: 'Title',
    releaseSource: source,
    indexerFlags: '0',
    releaseType: releaseType(release),
  };
};

const releaseType = ({ pack, episodes }: Listing): string => {
  if (pack) return 'SeasonPack';
  return episodes.length > 1 ? 'MultiEpisode' : 'SingleEpisode';
};

export const downloadUrl = (release: Listing, key: string): string =>
  `${release.guid.replace('/details/', '/get/')}/${release.title}.nzb?apikey=${key}`;
