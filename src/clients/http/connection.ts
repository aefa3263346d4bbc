import { performance } from 'node:perf_hooks';
import { Semaphore } from 'async-mutex';
import type { ServiceName } from '../../core/contracts/index.js';
import { linkSignals, pause } from './abort.js';
import { judgeAnswer } from './answers.js';
import type { FailureCode, Verdict } from './failures.js';
import { networkFailure } from './network-errors.js';
import { placeOrAbort } from './places.js';
import { quote } from './redact.js';
import { Reply } from './reply.js';
import { ServiceError } from './service-error.js';
import { secretsOf, type Setup, setUp } from './settings.js';
import { type Answer, createTransport, LARGEST_BODY, MOST_AT_ONCE, type Outcome, type Transport } from './transport.js';
import type { CallScope, Connection } from './types.js';

/** Milliseconds before the second and the third try of a request that may be repeated. */
const REPEAT_AFTER = [200, 600] as const;
const REPEATED_STATUS: readonly number[] = [502, 503, 504];
const REPEATED_FAILURES: readonly FailureCode[] = ['refused', 'unknown-host', 'unreachable', 'reset', 'network'];

export interface HttpRequest {
  /** What it is for, as a verb phrase: `read the queue`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base URL, without query: `/api/v3/queue`. */
  readonly path: string;
  /** Encoded, without `?`. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** It changes nothing, so it is sent up to two times more when the connection fails or the answer is 502–504; never after a time-out. */
  readonly repeatable: boolean;
  /** Milliseconds that it is given at least, however short the connection's own time-out is. */
  readonly atLeast?: number;
  /** The service's own reading of an answer, asked before the general one; null when it has none. */
  readonly judge?: (answer: Answer) => Verdict | null;
}

/** Bytes and headers of a request as they go out. */
const wire = ({ method, path, query = '', headers = {}, form, json }: HttpRequest) => {
  const target = { method, path: query === '' ? path : `${path}?${query}` };
  if (form !== undefined) {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return { ...target, headers: { ...headers, ...type }, body: new URLSearchParams(form).toString() };
  }
  if (json === undefined) return { ...target, headers, body: null };
  return { ...target, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(json) };
};

interface Tried {
  readonly outcome: Answer | Verdict;
  /** How often it was sent. */
  readonly tries: number;
}

interface Sent {
  readonly status?: number | null;
  readonly tries?: number;
}

const isFailure = (outcome: Answer | Verdict): outcome is Verdict => 'code' in outcome;

const mayWorkAgain = (outcome: Answer | Verdict): boolean =>
  isFailure(outcome) ? REPEATED_FAILURES.includes(outcome.code) : REPEATED_STATUS.includes(outcome.status);

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/**
 * One server: its sockets, its secrets, its limit of four requests at a time.
 * The clients of all scopes share it; nothing of it shows when it is printed.
 */
export class OpenConnection {
  readonly service: ServiceName;
  readonly #connection: Connection;
  readonly #setup: Setup;
  readonly #secrets: readonly string[];
  readonly #transport: Transport;
  readonly #places = new Semaphore(MOST_AT_ONCE);
  readonly #closing = new AbortController();

  constructor(connection: Connection) {
    this.service = connection.service;
    this.#connection = connection;
    this.#setup = setUp(connection);
    this.#secrets = secretsOf(connection);
    this.#transport = createTransport(connection, this.#setup.url);
  }

  /** The normalised URL; "" when there is none. */
  get url(): string {
    return this.#setup.url;
  }

  /** For the client that knows where the key goes. */
  apiKey(): string {
    return this.#connection.apiKey;
  }

  /** Text of a server as it may be shown: one line, no secrets, no queries of URLs. */
  quote(text: string): string {
    return quote(text, this.#secrets);
  }

  /** The error of one operation; `detail` is quoted. */
  failure(operation: string, { code, detail = '' }: Verdict, { status = null, tries = 1 }: Sent = {}): ServiceError {
    return new ServiceError(code, {
      service: this.service,
      server: this.#setup.server,
      operation,
      status,
      tries,
      detail: this.quote(detail),
    });
  }

  /** Aborts what is under way and destroys the sockets; later requests fail with `aborted`. */
  close(): void {
    this.#closing.abort();
    this.#transport.close();
  }

  /** @throws ServiceError */
  async send(request: HttpRequest, scope: CallScope = {}): Promise<Reply> {
    if (this.#setup.problem !== null) throw this.failure(request.operation, this.#setup.problem);
    const stop = linkSignals(scope.signal, this.#closing.signal);
    try {
      const place = this.#places.acquire().then(([, free]) => free);
      const free = await placeOrAbort(place, stop.signal);
      if (free === null) throw this.failure(request.operation, { code: 'aborted' });
      try {
        return this.#settle(request, await this.#tries(request, scope, stop.signal), scope);
      } finally {
        free();
      }
    } finally {
      stop.unlink();
    }
  }

  #settle(request: HttpRequest, { outcome, tries }: Tried, { signal }: CallScope): Reply {
    if (isFailure(outcome)) throw this.failure(request.operation, outcome, { tries });
    const verdict = request.judge?.(outcome) ?? judgeAnswer(outcome, { base: this.#setup.url, path: request.path });
    const { status } = outcome;
    if (verdict !== null) throw this.failure(request.operation, verdict, { status, tries });
    const fail = (code: FailureCode, detail = ''): ServiceError =>
      this.failure(request.operation, { code, detail }, { status, tries });
    return new Reply(outcome, fail, signal);
  }

  async #tries(request: HttpRequest, scope: CallScope, stop: AbortSignal): Promise<Tried> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#once(request, scope, stop);
      const wait = request.repeatable ? REPEAT_AFTER[tries - 1] : undefined;
      if (wait === undefined || !mayWorkAgain(outcome)) return { outcome, tries };
      await pause(wait, stop);
    }
  }

  async #once(request: HttpRequest, scope: CallScope, stop: AbortSignal): Promise<Answer | Verdict> {
    if (stop.aborted) return { code: 'aborted' };
    const began = performance.now();
    const allowed = Math.max(this.#connection.timeout, request.atLeast ?? 0);
    const limit = linkSignals(stop);
    const timer = setTimeout(() => limit.abort(), allowed);
    const outcome = await this.#transport.send(wire(request), limit.signal);
    clearTimeout(timer);
    limit.unlink();
    this.#trace(request, scope, outcome, performance.now() - began);
    if ('answer' in outcome) return outcome.answer;
    if (stop.aborted) return { code: 'aborted' };
    if (limit.signal.aborted) return { code: 'timeout', detail: seconds(allowed) };
    if (outcome.error === 'TOO_LARGE') return { code: 'too-large', detail: `${LARGEST_BODY / 2 ** 20} MiB` };
    return networkFailure(outcome.error, new URL(this.#setup.url).protocol.slice(0, -1));
  }

  #trace({ method, operation, path }: HttpRequest, scope: CallScope, outcome: Outcome, ms: number): void {
    const answer = 'answer' in outcome ? outcome.answer : null;
    scope.onRequest?.({
      service: this.service,
      method,
      operation,
      path: new URL(this.#setup.url + path).pathname,
      status: answer?.status ?? null,
      ms,
      bytes: answer?.body.length ?? 0,
    });
  }
}

/**
 * Never throws: an incomplete or bad setting makes every request fail with `not-set-up` or `bad-url`, and none is sent.
 */
export const openConnection = (connection: Connection): OpenConnection => new OpenConnection(connection);
