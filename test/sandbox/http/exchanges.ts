import type { Exchange, ServerName, StandInAnswer, StandInRequest } from './types.js';

const BODY_LIMIT = 65_536;
const LIST_LIMIT = 5_000;

/** Bodies are cut, the list loses its oldest. */
export class ExchangeLog {
  readonly list: Exchange[] = [];

  constructor(private readonly server: ServerName) {}

  add(request: StandInRequest, began: number, answer: StandInAnswer | null, fault: string | null): Exchange {
    const exchange: Exchange = {
      server: this.server,
      at: began,
      ms: Date.now() - began,
      method: request.method,
      path: request.path,
      search: request.search,
      requestBody: cut(request.body),
      status: answer?.status ?? null,
      bytes: answer === null ? 0 : Buffer.byteLength(answer.body),
      responseBody: answer === null ? '' : cut(answer.body),
      fault,
    };
    this.list.push(exchange);
    if (this.list.length > LIST_LIMIT) this.list.splice(0, this.list.length - LIST_LIMIT);
    return exchange;
  }

  clear(): void {
    this.list.length = 0;
  }
}

const cut = (body: string | Buffer): string =>
  typeof body === 'string' ? body.slice(0, BODY_LIMIT) : body.subarray(0, BODY_LIMIT).toString('utf8');
