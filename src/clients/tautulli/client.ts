import { z } from 'zod';
import type { Day } from '../../core/contracts/index.js';
import type { OpenConnection } from '../http/connection.js';
import type { Reply } from '../http/reply.js';
import type { CallScope } from '../http/types.js';
import { judgeTautulli } from './errors.js';
import { historyHeader, readHistoryRow, readLibrary, readNotifier, readUser, showSchema } from './rows.js';
import type { HistoryPage, Notifier, ShowMetadata, TautulliClient, TautulliLibrary, TautulliUser } from './types.js';

/** Milliseconds: Tautulli waits for whoever receives the message, without a time-out of its own. */
const NOTIFY_TIME = 60_000;

/** The envelope of every answer. */
const answer = <T>(data: z.ZodType<T>) => z.object({ response: z.object({ data }) });

const infoSchema = answer(z.object({ tautulli_version: z.string() }));
const statusSchema = answer(z.object({ connected: z.boolean().nullish() }));
/** An unknown item and a Plex that is down both answer success with `{}`. */
const metadataSchema = answer(z.union([showSchema, z.strictObject({}).transform(() => null)]));

/** What a notification agent is called in sentences. */
export const notifierLabel = (notifier: number, name = ''): string =>
  name.trim() === '' ? `${notifier}` : `"${name.trim()}" (${notifier})`;

class Tautulli implements TautulliClient {
  readonly #http: OpenConnection;
  readonly #scope: CallScope;

  constructor(http: OpenConnection, scope: CallScope) {
    this.#http = http;
    this.#scope = scope;
  }

  async version(): Promise<string> {
    return (await this.#read('read its version', 'get_tautulli_info')).read(infoSchema).response.data.tautulli_version;
  }

  async history(query: { after: Day; length: number; includeActivity: boolean }): Promise<HistoryPage> {
    const operation = 'read the history';
    // Anything but a day is taken without complaint, and answers nothing or everything.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(query.after)) {
      throw this.#http.failure(operation, { code: 'bad-call', detail: `${query.after} is no day` });
    }
    const reply = await this.#read(operation, 'get_history', {
      // Both default to settings of the user.
      grouping: '0',
      include_activity: query.includeActivity ? '1' : '0',
      media_type: 'episode',
      after: query.after,
      order_column: 'date',
      order_dir: 'desc',
      start: '0',
      length: String(query.length),
    });
    const { rows, unread, document } = await reply.rows(['response', 'data', 'data'], readHistoryRow);
    const header = historyHeader.safeParse(document);
    if (!header.success) throw reply.fail('unexpected-answer', 'no count of rows');
    const { recordsFiltered, draw } = header.data.response.data;
    if (draw === 0) throw reply.fail('query-failed');
    return { rows: rows.filter((row) => !row.live), unread, total: recordsFiltered };
  }

  async showMetadata(showKey: string): Promise<ShowMetadata | null> {
    const reply = await this.#read(`read the metadata of show ${showKey}`, 'get_metadata', { rating_key: showKey });
    return reply.read(metadataSchema).response.data;
  }

  async plexConnected(): Promise<boolean | null> {
    const reply = await this.#read('ask whether Plex is connected', 'server_status');
    return reply.read(statusSchema).response.data.connected ?? null;
  }

  async notifiers(): Promise<readonly Notifier[]> {
    const reply = await this.#read('list the notification agents', 'get_notifiers');
    return (await reply.rows(['response', 'data'], readNotifier)).rows;
  }

  async users(): Promise<readonly TautulliUser[]> {
    const reply = await this.#read('list the users', 'get_users');
    return (await reply.rows(['response', 'data'], readUser)).rows;
  }

  async libraries(): Promise<readonly TautulliLibrary[]> {
    // Not get_libraries: that one is empty while Plex is down.
    const reply = await this.#read('list the libraries', 'get_library_names');
    return (await reply.rows(['response', 'data'], readLibrary)).rows;
  }

  async notify(message: { notifier: number; name?: string; subject: string; body: string }): Promise<void> {
    const { notifier, name, subject, body } = message;
    const parameters = { notifier_id: String(notifier), subject, body };
    const operation = `send a message by notification agent ${notifierLabel(notifier, name)}`;
    await this.#send({ operation, command: 'notify', parameters, repeatable: false, atLeast: NOTIFY_TIME });
  }

  #read(operation: string, command: string, parameters: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.#send({ operation, command, parameters, repeatable: true });
  }

  #send(request: {
    readonly operation: string;
    readonly command: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly repeatable: boolean;
    readonly atLeast?: number;
  }): Promise<Reply> {
    const { command, parameters, ...rest } = request;
    // In the form, since a proxy logs URLs.
    const form = { apikey: this.#http.apiKey(), cmd: command, ...parameters };
    return this.#http.send({ ...rest, method: 'POST', path: '/api/v2', form, judge: judgeTautulli }, this.#scope);
  }
}

/** Tautulli over an open connection; every scope gets a client of its own. */
export const tautulliClient = (open: OpenConnection, scope: CallScope = {}): TautulliClient =>
  new Tautulli(open, scope);
