import { z } from 'zod';
import type { Episode, GrabRecord, Instant, QueueRow, Release, Series, Tag } from '../../core/contracts/index.js';
import { counted } from '../../core/labels.js';
import type { HttpRequest, OpenConnection } from '../http/connection.js';
import { oneOf, text, yes } from '../http/fields.js';
import { type RowReader, rowReader } from '../http/rows.js';
import type { Reply } from '../http/reply.js';
import type { CallScope, Rows } from '../http/types.js';
import { grabRecordReader, queueRowReader, releaseReader } from './downloads.js';
import { judgeGrab, judgeSonarr } from './errors.js';
import { idLists, listQuery } from './id-lists.js';
import { bySeasonAndNumber, readEpisode, readSeries } from './series.js';
import type {
  DiskSpace,
  SonarrClient,
  SonarrDownloadClient,
  SonarrHealth,
  SonarrIndexer,
  SonarrStatus,
} from './types.js';

/** Records of the queue in one request. */
const PAGE = 1000;
/** Milliseconds: a search asks each indexer once per 2 s, an anime season took 46 s. */
const SEARCH_TIME = 180_000;
/** Milliseconds: Sonarr waits 2 s between grabs, fetches an NZB up to three times, and runs webhooks before it answers. */
const GRAB_TIME = 120_000;

const statusSchema = z.object({ appName: text, version: z.string() });
const readTag = rowReader<Tag>(z.object({ id: z.number(), label: z.string() }));
const readDisk = rowReader<DiskSpace>(z.object({ path: z.string(), freeSpace: z.number() }));
const readHealth = rowReader<SonarrHealth>(
  z.object({ source: text, type: oneOf(['ok', 'notice', 'warning', 'error'], 'other'), message: text, wikiUrl: text }),
);
// Their `fields` hold keys of others, and are never read.
const readIndexer = rowReader<SonarrIndexer>(
  z
    .object({ name: text, enableInteractiveSearch: yes, supportsSearch: yes })
    .transform((row) => ({ name: row.name, interactiveSearch: row.enableInteractiveSearch && row.supportsSearch })),
);
const readDownloadClient = rowReader<SonarrDownloadClient>(
  z
    .object({
      id: z.number(),
      name: z.string(),
      enable: yes,
      protocol: oneOf(['usenet', 'torrent'], 'other'),
      implementationName: text,
    })
    .transform(({ id, name, enable, protocol, implementationName }) => ({
      id,
      name,
      enabled: enable,
      protocol,
      program: implementationName,
    })),
);
const pageHeader = z.object({ totalRecords: z.number() });
const commandSchema = z.object({ id: z.number() });

const sum = <T>(parts: readonly Rows<T>[]): Rows<T> => ({
  rows: parts.flatMap((part) => part.rows),
  unread: parts.reduce((unread, part) => unread + part.unread, 0),
});

/** A request without what all requests to Sonarr have. */
type SonarrRequest = Pick<HttpRequest, 'operation' | 'method' | 'path'> & Partial<HttpRequest>;

class Sonarr implements SonarrClient {
  readonly #http: OpenConnection;
  readonly #scope: CallScope;

  constructor(http: OpenConnection, scope: CallScope) {
    this.#http = http;
    this.#scope = scope;
  }

  async status(): Promise<SonarrStatus> {
    const reply = await this.#send({ operation: 'read its status', method: 'GET', path: '/system/status' });
    return reply.read(statusSchema);
  }

  series(): Promise<Rows<Series>> {
    return this.#list('read all series', '/series', '', readSeries);
  }

  async tags(): Promise<readonly Tag[]> {
    return (await this.#list('read the tags', '/tag', '', readTag)).rows;
  }

  async episodesOfSeries(seriesId: number): Promise<Rows<Episode>> {
    const operation = `read the episodes of series ${seriesId}`;
    this.#check(operation, { seriesId });
    const { rows, unread } = await this.#list(operation, '/episode', `seriesId=${seriesId}`, readEpisode);
    return { rows: rows.toSorted(bySeasonAndNumber), unread };
  }

  async episodesByIds(ids: readonly number[]): Promise<Rows<Episode>> {
    const operation = `read ${counted(ids.length, 'episode')} by id`;
    for (const episodeId of ids) this.#check(operation, { episodeId });
    return sum(
      await Promise.all(idLists(ids).map((list) => this.#list(operation, '/episode', listQuery(list), readEpisode))),
    );
  }

  async queue(): Promise<Rows<QueueRow>> {
    const first = await this.#queuePage(1);
    const pages: Rows<QueueRow>[] = [first];
    // Counted, since a page past the end is an earlier page again.
    for (let page = 2; page <= Math.ceil(first.total / PAGE); page += 1) pages.push(await this.#queuePage(page));
    const { rows, unread } = sum(pages);
    // A record may move to the next page between two readings.
    return { rows: [...new Map(rows.map((row) => [row.id, row])).values()], unread };
  }

  historySince(date: Instant): Promise<Rows<GrabRecord>> {
    const query = `date=${encodeURIComponent(date)}`;
    return this.#list('read the history', '/history/since', query, grabRecordReader(this.#quote));
  }

  async grabsOfEpisode(episodeId: number, limit = 1): Promise<Rows<GrabRecord>> {
    const operation = `read the grabs of episode ${episodeId}`;
    this.#check(operation, { episodeId, limit });
    const query = `episodeId=${episodeId}&eventType=1&pageSize=${limit}`;
    const reply = await this.#send({ operation, method: 'GET', path: '/history', query });
    const { rows, unread } = await reply.rows(['records'], grabRecordReader(this.#quote));
    return { rows, unread };
  }

  searchEpisode(episodeId: number): Promise<Rows<Release>> {
    return this.#search(`search releases of episode ${episodeId}`, { episodeId });
  }

  searchSeason(seriesId: number, season: number): Promise<Rows<Release>> {
    return this.#search(`search releases of series ${seriesId} season ${season}`, { seriesId, seasonNumber: season });
  }

  async grab({ guid, indexerId }: { guid: string; indexerId: number }): Promise<void> {
    const operation = 'grab a release';
    this.#check(operation, { indexerId });
    await this.#send({
      operation,
      method: 'POST',
      path: '/release',
      json: { guid, indexerId },
      judge: judgeGrab,
      atLeast: GRAB_TIME,
    });
  }

  async commandEpisodeSearch(episodeId: number): Promise<number> {
    const operation = `have episode ${episodeId} searched`;
    this.#check(operation, { episodeId });
    const json = { name: 'EpisodeSearch', episodeIds: [episodeId] };
    const reply = await this.#send({ operation, method: 'POST', path: '/command', json });
    return reply.read(commandSchema).id;
  }

  async setMonitored(episodeIds: readonly number[], monitored: boolean): Promise<void> {
    if (episodeIds.length === 0) return;
    const operation = `${monitored ? 'monitor' : 'stop monitoring'} ${counted(episodeIds.length, 'episode')}`;
    for (const episodeId of episodeIds) this.#check(operation, { episodeId });
    // `monitored` must be there: without it Sonarr takes the episodes out of monitoring.
    const json = { episodeIds: [...new Set(episodeIds)], monitored };
    await this.#send({ operation, method: 'PUT', path: '/episode/monitor', json });
  }

  async health(): Promise<readonly SonarrHealth[]> {
    const { rows } = await this.#list('read its health', '/health', '', readHealth);
    return rows.map((check) => ({ ...check, message: this.#quote(check.message) }));
  }

  async diskSpace(): Promise<readonly DiskSpace[]> {
    return (await this.#list('read the free space', '/diskspace', '', readDisk)).rows;
  }

  async indexers(): Promise<readonly SonarrIndexer[]> {
    return (await this.#list('read the indexers', '/indexer', '', readIndexer)).rows;
  }

  async downloadClients(): Promise<readonly SonarrDownloadClient[]> {
    return (await this.#list('read the download clients', '/downloadclient', '', readDownloadClient)).rows;
  }

  readonly #quote = (said: string): string => this.#http.quote(said);

  #send(request: SonarrRequest): Promise<Reply> {
    const repeatable = request.method === 'GET';
    const headers = { 'X-Api-Key': this.#http.apiKey() };
    const path = `/api/v3${request.path}`;
    return this.#http.send({ judge: judgeSonarr, repeatable, headers, ...request, path }, this.#scope);
  }

  async #list<T>(operation: string, path: string, query: string, read: RowReader<T>): Promise<Rows<T>> {
    const { rows, unread } = await (await this.#send({ operation, method: 'GET', path, query })).rows([], read);
    return { rows, unread };
  }

  async #queuePage(page: number): Promise<Rows<QueueRow> & { readonly total: number }> {
    const query = `pageSize=${PAGE}&includeUnknownSeriesItems=true${page === 1 ? '' : `&page=${page}`}`;
    const reply = await this.#send({ operation: 'read the queue', method: 'GET', path: '/queue', query });
    const { rows, unread, document } = await reply.rows(['records'], queueRowReader(this.#quote));
    const header = pageHeader.safeParse(document);
    if (!header.success) throw reply.fail('unexpected-answer', 'no totalRecords');
    return { rows, unread, total: header.data.totalRecords };
  }

  async #search(operation: string, ids: Readonly<Record<string, number>>): Promise<Rows<Release>> {
    this.#check(operation, ids);
    const query = Object.entries(ids)
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    const request = {
      operation,
      method: 'GET',
      path: '/release',
      query,
      repeatable: false,
      atLeast: SEARCH_TIME,
    } as const;
    const { rows, unread } = await (await this.#send(request)).rows([], releaseReader(this.#quote));
    return { rows, unread };
  }

  /** A missing id turns `/release` into a fetch of every indexer's feed and `/episode` into a 400. */
  #check(operation: string, ids: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(ids)) {
      const least = name === 'seasonNumber' ? 0 : 1;
      if (Number.isSafeInteger(value) && value >= least) continue;
      throw this.#http.failure(operation, { code: 'bad-call', detail: `${name} ${value} is no number of Sonarr's` });
    }
  }
}

/** Sonarr over an open connection; every scope gets a client of its own. */
export const sonarrClient = (open: OpenConnection, scope: CallScope = {}): SonarrClient => new Sonarr(open, scope);
