import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A request as the server got it. */
export interface Received {
  readonly method: string;
  /** Path below the base path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly form: URLSearchParams;
}

export interface Sent {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** What the server does with a request: an answer, or something rude with the socket. */
export type Behaviour = (request: Received, raw: { request: IncomingMessage; response: ServerResponse }) => Sent | null;

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const reply = (response: ServerResponse, sent: Sent, gzip: boolean): void => {
  const { status = 200, type = 'application/json; charset=utf-8', headers = {}, body = '' } = sent;
  const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const packed = gzip && text.length > 0;
  response.writeHead(status, {
    ...(type === '' ? {} : { 'content-type': type }),
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
    ...headers,
  });
  response.end(packed ? gzipSync(text) : text);
};

/** A small server that answers as it is told, below a base path, and remembers what it was asked. */
export class LocalServer implements AsyncDisposable {
  readonly received: Received[] = [];
  behave: Behaviour = () => ({ status: 404, type: '', body: '' });
  gzip = true;
  readonly #server: Server;
  readonly #scheme: 'http' | 'https';

  private constructor(
    readonly base: string,
    tls: ServerOptions | null,
  ) {
    const handle = (request: IncomingMessage, response: ServerResponse): void => void this.#handle(request, response);
    this.#scheme = tls === null ? 'http' : 'https';
    this.#server = tls === null ? createServer(handle) : createTlsServer(tls, handle);
  }

  static async start(base = '/base', tls: ServerOptions | null = null, port = 0): Promise<LocalServer> {
    const server = new LocalServer(base, tls);
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** With the base path. */
  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}${this.base}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if ('closeAllConnections' in this.#server) (this.#server as ReturnType<typeof createServer>).closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x');
    const body = await read(request);
    const seen: Received = {
      method: request.method ?? '',
      path: url.pathname.startsWith(this.base) ? url.pathname.slice(this.base.length) : `(outside) ${url.pathname}`,
      query: url.searchParams,
      headers: request.headers,
      body,
      form: new URLSearchParams(body),
    };
    this.received.push(seen);
    const sent = this.behave(seen, { request, response });
    const gzip = this.gzip && (request.headers['accept-encoding'] ?? '').includes('gzip');
    if (sent !== null) reply(response, sent, gzip);
  }
}
