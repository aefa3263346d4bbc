import type { SonarrClient } from '../../../src/clients/sonarr/types.js';
import type { Episode, GrabRecord, QueueRow, Series } from '../../../src/core/contracts/index.js';
import { failure } from '../failing.js';

/** A Sonarr that answers reading requests from memory, and keeps what it was asked. */
export class FakeSonarr implements SonarrClient {
  readonly library = new Map<number, Series>();
  readonly episodes = new Map<number, Episode>();
  /** Its download clients' names, by id. */
  clientNames: Record<number, string> = { 1: 'SABnzbd' };
  readonly labels: { id: number; label: string }[] = [];
  queueRows: QueueRow[] = [];
  historyRows: GrabRecord[] = [];
  sonarrVersion = '4.0.19.2979';
  readonly failures = new Map<string, Error>();
  /** One line per request. */
  asked: string[] = [];
  /** Ids of the readings by id. */
  readonly idsAsked: (readonly number[])[] = [];

  status = () =>
    this.#answer('status', () => ({
      appName: 'Sonarr',
      version: this.sonarrVersion,
    }));
  series = () => this.#answer('series', () => ({ rows: [...this.library.values()], unread: 0 }));
  downloadClients = () =>
    this.#answer('download clients', () =>
      Object.entries(this.clientNames).map(([id, name]) => ({
        ...{ id: Number(id), name, program: name },
        ...{ enabled: true, protocol: 'usenet' as const },
      })),
    );
  tags = () => this.#answer('tags', () => this.labels);
  episodesOfSeries = (seriesId: number) =>
    this.#answer(`list ${seriesId}`, () => ({
      rows: [...this.episodes.values()].filter((episode) => episode.seriesId === seriesId),
      unread: 0,
    }));
  episodesByIds = (ids: readonly number[]) =>
    this.#answer('episodes', () => {
      this.idsAsked.push(ids);
      const rows = ids.flatMap((id) => this.episodes.get(id) ?? []);
      if (rows.length < ids.length) throw failure('sonarr', 'unknown-episode');
      return { rows, unread: 0 };
    });
  queue = () => this.#answer('queue', () => ({ rows: this.queueRows, unread: 0 }));
  historySince = (date: string) => this.#answer(`history since ${date}`, () => ({ rows: this.historyRows, unread: 0 }));

  grabsOfEpisode = () => this.#never('grabsOfEpisode');
  searchEpisode = () => this.#never('searchEpisode');
  searchSeason = () => this.#never('searchSeason');
  grab = () => this.#never('grab');
  commandEpisodeSearch = () => this.#never('commandEpisodeSearch');
  setMonitored = () => this.#never('setMonitored');
  health = () => this.#never('health');
  diskSpace = () => this.#never('diskSpace');
  indexers = () => this.#never('indexers');

  #never(what: string): Promise<never> {
    return Promise.reject(new Error(`a look-up does not call ${what}`));
  }

  async #answer<T>(what: string, answer: () => T): Promise<T> {
    this.asked.push(what);
    await Promise.resolve();
    const failing = this.failures.get(what);
    if (failing !== undefined) throw failing;
    return answer();
  }
}
