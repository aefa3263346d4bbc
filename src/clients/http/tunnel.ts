import { type ClientRequest, request as httpRequest } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import type { ForwardProxy } from './types.js';

/** Milliseconds in which a proxy must have opened a tunnel. */
const OPENED_IN = 10_000;

type Done = (error: Error | null, stream: Duplex) => void;

/** What became of a tunnel, as the code of a network error. */
const failure = (code: string): Error => Object.assign(new Error('no tunnel'), { code });

const loginOf = ({ user, password }: ForwardProxy): Record<string, string> =>
  user === '' ? {} : { 'Proxy-Authorization': `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };

/**
 * An agent for https through a proxy: what is said to the server goes through a tunnel that the proxy cannot look into.
 * Unlike that of axios it ends tunnels that are not open yet when it is destroyed.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: ForwardProxy;
  readonly #opening = new Set<ClientRequest>();

  constructor(options: AgentOptions, proxy: ForwardProxy) {
    super(options);
    this.#proxy = proxy;
  }

  /** Node asks for a connection to the server, with the TLS options of this agent. */
  override createConnection(options: ConnectionOptions, done: Done): undefined {
    this.#open(`${options.host ?? ''}:${options.port ?? 443}`, (error, socket) => {
      if (socket === null) return done(error, undefined as never);
      done(null, connect({ ...options, socket }));
    });
  }

  override destroy(): void {
    this.#opening.forEach((asked) => asked.destroy());
    super.destroy();
  }

  #open(target: string, done: (error: Error | null, socket: Duplex | null) => void): void {
    const { protocol, host, port } = this.#proxy;
    const headers = { host: target, ...loginOf(this.#proxy) };
    const ask = protocol === 'https:' ? httpsRequest : httpRequest;
    const asked = ask({ host, port, method: 'CONNECT', path: target, headers, agent: false, timeout: OPENED_IN });
    this.#opening.add(asked);
    asked.once('close', () => this.#opening.delete(asked));
    asked.once('timeout', () => asked.destroy(failure('ETIMEDOUT')));
    asked.once('error', (error) => done(error, null));
    asked.once('connect', ({ statusCode }, socket) => {
      this.#opening.delete(asked);
      if (statusCode === 200) return done(null, socket);
      socket.destroy();
      done(failure(`PROXY_${statusCode ?? ''}`), null);
    });
    asked.end();
  }
}
