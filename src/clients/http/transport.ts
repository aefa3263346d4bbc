import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosResponse } from 'axios';
import { TunnelAgent } from './tunnel.js';
import type { Connection, ForwardProxy } from './types.js';

/** Most requests of one connection that run at the same time. */
export const MOST_AT_ONCE = 4;
/**
 * For every agent that leads to one of the servers. Idle sockets go before the servers close them
 * (SABnzbd and Tautulli do so after about 10 s), so that no grab is sent into a closed one.
 */
export const AGENT_OPTIONS = { keepAlive: true, maxSockets: MOST_AT_ONCE, timeout: 4_000 } as const;
/** Bytes of a decoded body; a library of 5,000 series is about 25 MB. */
export const LARGEST_BODY = 200 * 1024 * 1024;

/** One HTTP request below the base URL, ready to be sent. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base URL, query included. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string;
  readonly asksForLogin: boolean;
  readonly body: Buffer;
}

/** Either an answer, whatever its status, or the code of the error that came in its place. */
export type Outcome = { readonly answer: Answer } | { readonly error: string };

export interface Transport {
  /** Sends once and never throws; an aborted request ends in the error `ERR_CANCELED`. */
  send(request: WireRequest, signal: AbortSignal): Promise<Outcome>;
  /** Destroys its sockets (not those of agents that were passed in). */
  close(): void;
}

const header = (response: AxiosResponse<Buffer>, name: string): string => {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : '';
};

const toAnswer = (response: AxiosResponse<Buffer>): Answer => ({
  status: response.status,
  contentType: header(response, 'content-type'),
  location: header(response, 'location'),
  asksForLogin: header(response, 'www-authenticate') !== '',
  body: response.data,
});

/** Node has one code for all that OpenSSL refuses; these words of OpenSSL's stand for the one that it also has. */
const OLD_TLS = /:tlsv1 alert protocol version:|:unsupported protocol:/;

/** Only the code of an axios error is kept: its message, request and configuration may hold the key. */
const errorCode = (error: unknown): string => {
  if (!axios.isAxiosError(error)) return 'UNKNOWN';
  if (error.message.startsWith('maxContentLength')) return 'TOO_LARGE';
  if (error.code === 'EPROTO' && OLD_TLS.test(error.message)) return 'ERR_SSL_UNSUPPORTED_PROTOCOL';
  return error.code ?? 'UNKNOWN';
};

/** What a reverse proxy in front of the server wants to see. */
const reverseProxyHeaders = ({ basicAuth, headers }: Connection): Record<string, string> => {
  if (basicAuth === undefined) return { ...headers };
  const login = Buffer.from(`${basicAuth.user}:${basicAuth.password}`).toString('base64');
  return { Authorization: `Basic ${login}`, ...headers };
};

/** What axios wants for http, where the proxy gets the whole request; https has a tunnel of its own. */
const throughProxy = ({ protocol, host, port, user, password }: ForwardProxy) => ({
  protocol,
  host,
  port,
  ...(user === '' ? {} : { auth: { username: user, password } }),
});

/** What sends requests to one server; `base` is its normalised URL. */
export const createTransport = (connection: Connection, base: string): Transport => {
  const http = new HttpAgent(AGENT_OPTIONS);
  const { proxy } = connection;
  const tls = { ...AGENT_OPTIONS, ...connection.httpsAgent?.options };
  const https = proxy === undefined ? new HttpsAgent(AGENT_OPTIONS) : new TunnelAgent(tls, proxy);
  const instance = axios.create({
    httpAgent: connection.httpAgent ?? http,
    httpsAgent: proxy === undefined ? (connection.httpsAgent ?? https) : https,
    headers: { 'User-Agent': 'node-red-plex-jit', ...reverseProxyHeaders(connection) },
    // Proxies are the caller's business, not that of axios' own reading of the environment.
    proxy: proxy === undefined || base.startsWith('https:') ? false : throughProxy(proxy),
    // A redirect is a wrong URL, and would carry the key elsewhere.
    maxRedirects: 0,
    responseType: 'arraybuffer',
    maxContentLength: LARGEST_BODY,
    validateStatus: () => true,
  });
  return {
    send: async ({ method, path, headers, body }, signal) => {
      // br comes out larger from Sonarr than gzip (1,109 kB instead of 143 kB for a big /series).
      const sent = { ...headers, Accept: 'application/json', 'Accept-Encoding': 'gzip' };
      const data = body === null ? {} : { data: body };
      try {
        const response = await instance.request<Buffer>({ url: base + path, method, headers: sent, signal, ...data });
        return { answer: toAnswer(response) };
      } catch (error) {
        return { error: errorCode(error) };
      }
    },
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
};
