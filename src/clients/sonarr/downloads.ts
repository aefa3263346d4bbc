import { z } from 'zod';
import type { GrabEvent, GrabRecord, Protocol, QueueRow, Release } from '../../core/contracts/index.js';
import { instant, listOf, oneOf, positiveNumber, seconds, someNumber, text, textOrNull, yes } from '../http/fields.js';
import { type RowReader, rowReader } from '../http/rows.js';
import type { Fields } from './specification.js';

/** Blacks out what a text of Sonarr should not say (an indexer's key in a URL). */
type Quote = (text: string) => string;

const protocol = oneOf(['usenet', 'torrent'], 'unknown');
/** May be absent (unmapped or held-back items); another type makes the row unreadable, since it decides whether an episode is on its way. */
const id = z
  .number()
  .int()
  .positive()
  .nullish()
  .transform((value) => value ?? null);

const queueFields = {
  id: z.number(),
  seriesId: id,
  episodeId: id,
  title: text,
  status: text,
  trackedDownloadStatus: textOrNull,
  trackedDownloadState: textOrNull,
  statusMessages: listOf(z.object({ title: text, messages: listOf(z.string()) })),
  errorMessage: textOrNull,
  downloadId: z.string().nullish(),
  protocol,
  downloadClient: textOrNull,
  indexer: textOrNull,
  size: someNumber,
  sizeleft: someNumber,
  timeleft: seconds,
} satisfies Fields<'QueueResource'>;

type QueueResource = z.output<z.ZodObject<typeof queueFields>>;

/** What Sonarr says of it; the title of a status counts where it has no messages and says more than the row's own. */
const messagesOf = ({ statusMessages, errorMessage, title }: QueueResource): readonly string[] => {
  const said = statusMessages.flatMap((status) => {
    if (status.messages.length > 0) return status.messages;
    return status.title === title || status.title === '' ? [] : [status.title];
  });
  return errorMessage === null ? said : [...said, errorMessage];
};

export const queueRowReader = (quote: Quote): RowReader<QueueRow> =>
  rowReader(
    z.object(queueFields).transform((row) => ({
      id: row.id,
      seriesId: row.seriesId,
      episodeId: row.episodeId,
      title: row.title,
      status: row.status,
      trackedStatus: row.trackedDownloadStatus,
      trackedState: row.trackedDownloadState,
      messages: messagesOf(row).map(quote),
      downloadId: row.downloadId ?? null,
      protocol: row.protocol,
      client: row.downloadClient,
      indexer: row.indexer,
      size: row.size,
      sizeLeft: row.sizeleft,
      timeLeft: row.timeleft,
    })),
  );

const EVENTS: Readonly<Record<string, GrabEvent>> = {
  grabbed: 'grabbed',
  seriesFolderImported: 'imported',
  downloadFolderImported: 'imported',
  downloadFailed: 'failed',
  downloadIgnored: 'ignored',
};

/** History keeps the enum's number as text. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  '1': 'usenet',
  '2': 'torrent',
  usenet: 'usenet',
  torrent: 'torrent',
};

const historyFields = {
  id: z.number(),
  seriesId: z.number().int().positive(),
  episodeId: z.number().int().positive(),
  eventType: z.string(),
  date: instant,
  downloadId: z.string().nullish(),
  sourceTitle: text,
  data: z
    .object({
      guid: textOrNull,
      indexer: textOrNull,
      protocol: textOrNull,
      downloadClient: textOrNull,
      downloadClientName: textOrNull,
      size: positiveNumber,
      message: textOrNull,
    })
    .partial()
    .nullish(),
} satisfies Fields<'HistoryResource'>;

export const grabRecordReader = (quote: Quote): RowReader<GrabRecord> =>
  rowReader(
    z.object(historyFields).transform(({ data, ...row }) => ({
      id: row.id,
      seriesId: row.seriesId,
      episodeId: row.episodeId,
      event: EVENTS[row.eventType] ?? 'other',
      date: row.date,
      downloadId: row.downloadId ?? null,
      sourceTitle: row.sourceTitle,
      guid: data?.guid ?? null,
      indexer: data?.indexer ?? null,
      protocol: PROTOCOLS[data?.protocol ?? ''] ?? 'unknown',
      client: data?.downloadClientName ?? data?.downloadClient ?? null,
      size: data?.size ?? null,
      message: typeof data?.message === 'string' ? quote(data.message) : null,
    })),
  );

const releaseFields = {
  guid: z.string().min(1),
  indexerId: z.number().int().positive(),
  indexer: text,
  title: z.string(),
  size: z.number(),
  protocol,
  approved: yes,
  temporarilyRejected: yes,
  rejections: listOf(z.string()),
  downloadAllowed: yes,
  fullSeason: yes,
  mappedSeriesId: positiveNumber,
  mappedSeasonNumber: someNumber,
  mappedEpisodeInfo: listOf(z.object({ id: z.number().int().positive() }).transform((episode) => episode.id)),
} satisfies Fields<'ReleaseResource'>;

export const releaseReader = (quote: Quote): RowReader<Release> =>
  rowReader(
    z.object(releaseFields).transform(({ mappedSeasonNumber, mappedEpisodeInfo, rejections, ...release }) => ({
      ...release,
      rejections: rejections.map(quote),
      mappedSeason: mappedSeasonNumber,
      episodeIds: mappedEpisodeInfo,
    })),
  );
