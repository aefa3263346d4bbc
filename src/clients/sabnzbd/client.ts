import { counted } from '../../core/labels.js';
import { z } from 'zod';
import type { SabQueue } from '../../core/contracts/index.js';
import type { OpenConnection } from '../http/connection.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/service-error.js';
import type { CallScope } from '../http/types.js';
import { judgeSabnzbd } from './errors.js';
import { isJobId, queueHeader, readHistoryId, readJob } from './queue.js';
import type { SabnzbdClient } from './types.js';

/** The only numbers that are ever sent: -4 stops a job for good, any other is stored unresolved. */
const PRIORITIES = { Force: 2, High: 1, Normal: 0 } as const;

const versionSchema = z.object({ version: z.string() });
const authSchema = z.object({ auth: z.enum(['apikey', 'nzbkey', 'badkey']) });
const positionSchema = z.object({ position: z.number().int() });
const switchSchema = z.object({ result: positionSchema });
const KEY_KINDS = { apikey: 'full', nzbkey: 'nzb-only', badkey: 'wrong' } as const;

interface Command {
  readonly operation: string;
  readonly mode: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** It only reads. */
  readonly repeatable: boolean;
  readonly withKey?: boolean;
}

class Sabnzbd implements SabnzbdClient {
  readonly #http: OpenConnection;
  readonly #scope: CallScope;

  constructor(http: OpenConnection, scope: CallScope) {
    this.#http = http;
    this.#scope = scope;
  }

  async version(): Promise<string> {
    const command = { operation: 'read its version', mode: 'version', repeatable: true, withKey: false };
    return (await this.#post(command)).read(versionSchema).version;
  }

  async keyKind(): Promise<'full' | 'nzb-only' | 'wrong'> {
    // `key`, not `apikey`: the latter is not looked at here, and everything is then called good.
    const parameters = { key: this.#http.apiKey() };
    const command = { operation: 'check the API key', mode: 'auth', parameters, repeatable: true, withKey: false };
    return KEY_KINDS[(await this.#post(command)).read(authSchema).auth];
  }

  async queue(): Promise<SabQueue> {
    const reply = await this.#send({ operation: 'read the queue', mode: 'queue', repeatable: true });
    const { rows, document } = await reply.rows(['queue', 'slots'], readJob);
    const header = queueHeader.safeParse(document);
    if (!header.success) throw reply.fail('unexpected-answer', 'no queue');
    return { jobs: rows, paused: header.data.queue.paused, version: header.data.queue.version };
  }

  async knownToHistory(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const operation = 'read the history of jobs';
    // Without a limit SABnzbd answers its newest ten.
    const parameters = { nzo_ids: this.#idList(operation, ids), limit: String(ids.length) };
    const reply = await this.#send({ operation, mode: 'history', parameters, repeatable: true });
    return (await reply.rows(['history', 'slots'], readHistoryId)).rows;
  }

  async setPriority(ids: readonly string[], priority: 'Force' | 'High' | 'Normal'): Promise<number> {
    const operation = `set the priority of ${counted(ids.length, 'job')} to ${priority}`;
    if (!Object.hasOwn(PRIORITIES, priority)) throw this.#fault(operation, 'only Force, High and Normal are ever set');
    if (ids.length === 0) return -1;
    const parameters = {
      name: 'priority',
      value: this.#idList(operation, ids),
      value2: String(PRIORITIES[priority]),
    };
    const reply = await this.#send({ operation, mode: 'queue', parameters, repeatable: false });
    return reply.read(positionSchema).position;
  }

  async switchTo(id: string, target: string | number): Promise<number> {
    const operation = 'move a job in the queue';
    const isIndex = typeof target === 'number';
    // SABnzbd counts a negative index from the end.
    if (isIndex && !(Number.isSafeInteger(target) && target >= 0)) throw this.#fault(operation, `no index ${target}`);
    const value2 = isIndex ? String(target) : this.#idList(operation, [target]);
    const parameters = { value: this.#idList(operation, [id]), value2 };
    const reply = await this.#send({ operation, mode: 'switch', parameters, repeatable: false });
    return reply.read(switchSchema).result.position;
  }

  #fault(operation: string, detail: string): ServiceError {
    return this.#http.failure(operation, { code: 'bad-call', detail });
  }

  /** Order kept, doubles dropped. */
  #idList(operation: string, ids: readonly string[]): string {
    const foreign = ids.find((id) => !isJobId(id));
    if (foreign !== undefined) throw this.#fault(operation, `${foreign} is no id of a SABnzbd job`);
    return [...new Set(ids)].join(',');
  }

  #post({ operation, mode, parameters, repeatable, withKey = true }: Command): Promise<Reply> {
    const key: Record<string, string> = withKey ? { apikey: this.#http.apiKey() } : {};
    const form = { mode, output: 'json', ...key, ...parameters };
    const request = { operation, method: 'POST', path: '/api', form, repeatable, judge: judgeSabnzbd } as const;
    return this.#http.send(request, this.#scope);
  }

  async #send(command: Command): Promise<Reply> {
    try {
      return await this.#post(command);
    } catch (error) {
      throw await this.#explained(error, command.operation);
    }
  }

  /** The NZB key is refused in the words for a wrong key; one more question tells them apart. */
  async #explained(error: unknown, operation: string): Promise<unknown> {
    if (!(error instanceof ServiceError) || error.code !== 'key-refused') return error;
    const kind = await this.keyKind().catch(() => null);
    return kind === 'nzb-only'
      ? this.#http.failure(operation, { code: 'nzb-key-only' }, { status: error.status })
      : error;
  }
}

/** SABnzbd over an open connection; every scope gets a client of its own. */
export const sabnzbdClient = (open: OpenConnection, scope: CallScope = {}): SabnzbdClient => new Sabnzbd(open, scope);
