import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { ExchangeLog } from './exchanges.js';
import { Faults, type Fault } from './faults.js';
import { Gzip } from './gzip.js';
import { Listener } from './listener.js';
import { loginPage, proxyAnswer, truncated } from './proxy.js';
import { readRequest } from './request.js';
import type { StandIn, StandInAnswer, StandInOptions, StandInRequest } from './types.js';

const SLOW_SECONDS = 2;
const OUTAGE_SECONDS = 1;

/**
 * A real HTTP server on 127.0.0.1 that answers by `handler` and can be made to fail.
 *
 * `refused` without a route begins at once (or after its `after` requests), with one when such a request comes (it is cut);
 * it ends by `clearFaults`, or after `seconds` (1) when `times` (the number of outages) is given. All other kinds strike request by request.
 */
export const startStandIn = async (options: StandInOptions): Promise<StandIn> => {
  const running = new RunningStandIn(options);
  await running.open();
  return running;
};

class RunningStandIn implements StandIn {
  private readonly faults = new Faults();
  private readonly log: ExchangeLog;
  private readonly gzip = new Gzip();
  private readonly listener: Listener;
  private readonly waiting = new Set<NodeJS.Timeout>();
  onExchange: StandIn['onExchange'] = null;

  constructor(private readonly options: StandInOptions) {
    this.log = new ExchangeLog(options.server);
    this.listener = new Listener((incoming, response) => void this.serve(incoming, response));
  }

  get url(): string {
    return this.listener.url + (this.options.basePath ?? '');
  }

  get exchanges(): StandIn['exchanges'] {
    return this.log.list;
  }

  get refusing(): boolean {
    return this.listener.isDown;
  }

  async open(): Promise<void> {
    await this.listener.open(this.options.port ?? 0);
    for (const fault of this.options.faults ?? []) this.addFault(fault);
  }

  clearExchanges(): void {
    this.log.clear();
  }

  addFault(fault: Fault): void {
    this.faults.add(fault);
    this.beginOutage(this.faults.outage());
  }

  clearFaults(): void {
    this.faults.clear();
    this.listener.up();
  }

  async close(): Promise<void> {
    for (const timer of this.waiting) clearTimeout(timer);
    await this.listener.close();
  }

  /** Never rejects: a client that went away is no failure of the server. */
  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      await this.respond(request, response);
    } catch {
      response.destroy();
    }
  }

  private async respond(request: StandInRequest, response: ServerResponse): Promise<void> {
    const began = Date.now();
    const fault = loginPage(request) === null ? this.faults.strike(this.options.route(request)) : null;
    if (fault?.kind === 'slow') await this.wait((fault.seconds ?? SLOW_SECONDS) * 1000);
    const answer = await this.answer(request, fault);
    const lost = fault !== null && LEFT_WITHOUT_ANSWER.has(fault.kind);
    const exchange = this.log.add(request, began, lost ? null : answer, fault?.kind ?? null);
    this.onExchange?.(exchange);
    if (lost) this.lose(fault, response);
    else await this.send(request, response, answer);
    this.beginOutage(this.faults.outage());
  }

  /** Does the work unless the fault strikes before it. */
  private async answer(request: StandInRequest, fault: Fault | null): Promise<StandInAnswer> {
    const { errorBody, wrongKey, empty } = this.options;
    switch (fault?.kind) {
      case 'status':
        return errorBody(fault.status ?? 500, request);
      case 'wrong-key':
        return wrongKey(request);
      case 'empty':
        return empty(request);
      case 'truncated':
        return truncated(await this.handle(request));
      case 'refused':
      case 'reset-before':
      case 'hang':
        return NOTHING;
      default:
        return loginPage(request) ?? (fault && proxyAnswer(fault, request)) ?? (await this.handle(request));
    }
  }

  /** A handler that throws is a mistake in the sandbox: it shows in the answer, not as a crash. */
  private async handle(request: StandInRequest): Promise<StandInAnswer> {
    try {
      return await this.options.handler(request);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { status: 500, headers: { 'content-type': 'text/plain' }, body: `stand-in failed: ${text}` };
    }
  }

  private lose(fault: Fault, response: ServerResponse): void {
    if (fault.kind === 'refused') this.beginOutage(fault);
    else if (fault.kind.startsWith('reset')) response.socket?.resetAndDestroy();
  }

  private async send(request: StandInRequest, response: ServerResponse, answer: StandInAnswer): Promise<void> {
    const zip = this.gzip.wanted(request.headers['accept-encoding'], answer.body.length);
    const body = zip ? await this.gzip.of(answer.body) : answer.body;
    response.writeHead(answer.status, {
      ...answer.headers,
      ...(zip ? { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : {}),
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
    await finished(response).catch(() => undefined);
  }

  private beginOutage(fault: Fault | null): void {
    if (fault === null) return;
    this.listener.down(fault.times === undefined ? undefined : (fault.seconds ?? OUTAGE_SECONDS) * 1000);
  }

  private async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(timer);
        resolve();
      }, ms);
      this.waiting.add(timer);
    });
  }
}

const NOTHING: StandInAnswer = { status: 0, body: '' };
const LEFT_WITHOUT_ANSWER: ReadonlySet<Fault['kind']> = new Set([
  'refused',
  'reset-before',
  'reset-after',
  'hang',
  'hang-after',
]);
