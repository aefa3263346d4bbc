import type {
  HistoryPage,
  HistoryRow,
  Notifier,
  ShowMetadata,
  TautulliClient,
} from '../../../src/clients/tautulli/types.js';

/** A Tautulli that answers from memory, and keeps what it was asked. */
export class FakeTautulli implements TautulliClient {
  rows: HistoryRow[] = [];
  unread = 0;
  total: number | null = null;
  readonly shows = new Map<string, ShowMetadata>();
  agents: Notifier[] = [];
  plex: boolean | null = true;
  tautulliVersion = 'v2.17.2';
  /** What the next calls fail with, by the text that `asked` would show. */
  readonly failures = new Map<string, Error>();
  /** One line per request. */
  asked: string[] = [];
  readonly sent: { notifier: number; subject: string; body: string }[] = [];

  version = () => this.#answer('version', () => this.tautulliVersion);
  history = (query: Parameters<TautulliClient['history']>[0]): Promise<HistoryPage> =>
    this.#answer(`history after ${query.after}${query.includeActivity ? ' with activity' : ''}`, () => {
      const rows = this.rows.filter((row) => query.includeActivity || row.state === null).slice(0, query.length);
      return { rows, unread: this.unread, total: this.total ?? rows.length };
    });
  showMetadata = (key: string) =>
    this.#answer(`show ${key}`, () => (this.plex === false ? null : (this.shows.get(key) ?? null)));
  plexConnected = () => this.#answer('plex', () => this.plex);
  notifiers = () => this.#answer('notifiers', () => this.agents);
  users = () => this.#answer('users', () => []);
  libraries = () => this.#answer('libraries', () => []);
  notify = (message: { notifier: number; subject: string; body: string }) =>
    this.#answer(`notify ${message.notifier}`, () => {
      this.sent.push(message);
    });

  async #answer<T>(what: string, answer: () => T): Promise<T> {
    this.asked.push(what);
    await Promise.resolve();
    const failure = this.failures.get(what);
    if (failure !== undefined) throw failure;
    return answer();
  }
}
