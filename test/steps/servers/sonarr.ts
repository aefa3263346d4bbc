import type { SonarrClient, SonarrHealth } from '../../../src/clients/sonarr/types.js';
import { ServiceError } from '../../../src/clients/http/service-error.js';
import type { FailureCode } from '../../../src/clients/http/failures.js';
import type { Episode, GrabRecord, QueueRow, Release } from '../../../src/core/contracts/index.js';
import { toInstant, toMs } from '../../../src/core/time.js';
import type { TestClock } from './scope.js';

const STATUS: Partial<Record<FailureCode, number>> = {
  'release-gone': 404,
  'release-refused': 409,
  'download-client-failed': 500,
  'server-error': 500,
  'key-refused': 401,
};

const sonarrFailure = (code: FailureCode, operation = 'do it'): ServiceError =>
  new ServiceError(code, {
    service: 'sonarr',
    server: 'Sonarr at http://nas:8989',
    operation,
    status: STATUS[code] ?? null,
    detail: '',
  });

/** What happens to a request: before it is done, or only its answer is lost. */
export interface Fault {
  readonly code: FailureCode;
  /** The work is done all the same. */
  readonly done?: boolean;
}

interface FakeEpisode {
  readonly id: number;
  readonly seriesId: number;
  readonly season: number;
  readonly episode: number;
  monitored: boolean;
  hasFile: boolean;
}

/** `grab` of `grab <guid>`. */
const kindOf = (request: string): string => request.split(' ')[0] ?? '';

/** A Sonarr of a few series: searches list what its indexer has, grabs make history at once and a queue row 5 s later. */
export class FakeSonarr implements SonarrClient {
  readonly episodes = new Map<number, FakeEpisode>();
  /** What the indexer has. */
  releases: Release[] = [];
  readonly history: GrabRecord[] = [];
  readonly rows: QueueRow[] = [];
  healthRows: SonarrHealth[] = [];
  disks = [{ path: '/tv', freeSpace: 500e9 }];
  /** Every request, in order. */
  readonly requests: string[] = [];
  /** By request, or by kind of request. */
  readonly faults = new Map<string, Fault>();
  /** Milliseconds that a search takes. */
  searchTakes = 600;
  /** Its download clients. */
  clients = [{ id: 1, name: 'SABnzbd' }];
  /** Called when a search is being worked on. */
  duringSearch: () => void | Promise<void> = () => undefined;
  duringGrab: () => void | Promise<void> = () => undefined;
  /** Of the job that a grab makes. */
  onJob: (id: string) => void = () => undefined;
  #cache = new Set<string>();
  #jobs = 0;
  #ids = 0;

  constructor(readonly clock: TestClock) {}

  /** Requests of one kind, e.g. `grab`. */
  sent(kind: string): string[] {
    return this.requests.filter((request) => kindOf(request) === kind);
  }

  restart(): void {
    this.#cache = new Set();
  }

  async #ask(request: string): Promise<void> {
    this.requests.push(request);
    await Promise.resolve();
    this.clock.pass(5);
    const fault = this.#faultOf(request);
    if (fault !== undefined && fault.done !== true) throw sonarrFailure(fault.code, request);
  }

  #faultOf(request: string): Fault | undefined {
    return this.faults.get(request) ?? this.faults.get(kindOf(request));
  }

  /** Fails where the answer is to be lost after the work was done. */
  #answer(request: string): void {
    const fault = this.#faultOf(request);
    if (fault?.done === true) throw sonarrFailure(fault.code, kindOf(request));
  }

  status() {
    return Promise.resolve({ appName: 'Sonarr', version: '5' });
  }
  series() {
    return Promise.resolve({ rows: [], unread: 0 });
  }
  tags() {
    return Promise.resolve([]);
  }
  episodesOfSeries() {
    return Promise.resolve({ rows: [], unread: 0 });
  }

  async episodesByIds(ids: readonly number[]) {
    await this.#ask(`episodes ${ids.join(',')}`);
    const rows = ids.map((id) => {
      const episode = this.episodes.get(id);
      if (episode === undefined) throw sonarrFailure('unknown-episode');
      return { ...episode, fileId: null } as unknown as Episode;
    });
    return { rows, unread: 0 };
  }

  async queue() {
    await this.#ask('queue');
    return { rows: [...this.rows], unread: 0 };
  }

  async historySince(date: string) {
    await this.#ask('history');
    return { rows: this.history.filter((row) => toMs(row.date) >= toMs(date)), unread: 0 };
  }

  async grabsOfEpisode(episodeId: number, limit = 10) {
    await this.#ask(`grabs ${episodeId}`);
    const rows = this.history.filter((row) => row.event === 'grabbed' && row.episodeId === episodeId);
    return { rows: rows.reverse().slice(0, limit), unread: 0 };
  }

  searchEpisode(episodeId: number) {
    return this.#search(
      `search ${episodeId}`,
      (release) => release.episodeIds.includes(episodeId) && !release.fullSeason,
    );
  }

  searchSeason(seriesId: number, season: number) {
    const first = seriesId * 10000 + season * 100;
    return this.#search(`season ${seriesId}/${season}`, (release) =>
      release.episodeIds.some((id) => id >= first && id < first + 100),
    );
  }

  async #search(request: string, has: (release: Release) => boolean) {
    const from = this.clock.ms;
    await this.#ask(request);
    await this.duringSearch();
    this.clock.ms = Math.max(this.clock.ms, from + this.searchTakes);
    this.#answer(request);
    const rows = this.releases.filter(has);
    for (const { indexerId, guid } of rows) this.#cache.add(`${indexerId}_${guid}`);
    return { rows, unread: 0 };
  }

  /** Checks nothing, as the real one: the same release twice makes two jobs. */
  async grab({ guid, indexerId }: { guid: string; indexerId: number }) {
    const request = `grab ${guid}`;
    await this.#ask(request);
    await this.duringGrab();
    const release = this.releases.find((one) => one.guid === guid && this.#cache.has(`${indexerId}_${guid}`));
    if (release === undefined) throw sonarrFailure('release-gone');
    this.addGrab(release);
    this.#answer(request);
  }

  /** What a grab leaves in history, whoever made it. */
  addGrab(release: Release, date = toInstant(this.clock.ms)): string {
    this.#jobs += 1;
    const downloadId = `SABnzbd_nzo_job${this.#jobs}`;
    for (const episodeId of release.episodeIds) {
      this.#ids += 1;
      this.history.push({
        id: this.#ids,
        seriesId: this.episodes.get(episodeId)?.seriesId ?? 0,
        episodeId,
        event: 'grabbed',
        date,
        downloadId,
        sourceTitle: release.title,
        guid: release.guid,
        indexer: release.indexer,
        protocol: release.protocol,
        client: 'SABnzbd',
        size: release.size,
        message: null,
      });
    }
    this.onJob(downloadId);
    return downloadId;
  }

  async commandEpisodeSearch(episodeId: number) {
    await this.#ask(`command ${episodeId}`);
    return 1;
  }

  async setMonitored(episodeIds: readonly number[], monitored: boolean) {
    await this.#ask(`${monitored ? 'monitor' : 'unmonitor'} ${episodeIds.join(',')}`);
    for (const id of episodeIds) {
      const episode = this.episodes.get(id);
      if (episode !== undefined) episode.monitored = monitored;
    }
  }

  async health() {
    await this.#ask('health');
    return this.healthRows;
  }

  indexers = () => Promise.reject(new Error('only the editor asks for indexers'));

  async downloadClients() {
    await this.#ask('clients');
    return this.clients.map(({ id, name }) => ({
      id,
      name,
      enabled: true,
      protocol: 'usenet' as const,
      program: name,
    }));
  }

  async diskSpace() {
    await this.#ask('diskspace');
    return this.disks;
  }
}
