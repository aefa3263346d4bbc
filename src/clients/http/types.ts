import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { ServiceName } from '../../core/contracts/index.js';

/** A proxy between Node-RED and the server. */
export interface ForwardProxy {
  /** `http:` or `https:`: how the proxy itself is spoken to. */
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  /** "" without a login. */
  readonly user: string;
  readonly password: string;
}

/** How to reach one server. Everything secret in it stays inside the HTTP kit. */
export interface Connection {
  readonly service: ServiceName;
  /** The name the user gave the server, or the product's name; begins error messages. */
  readonly name: string;
  /** Base URL with its path, e.g. `http://nas:8989/sonarr`; no credentials. */
  readonly url: string;
  readonly apiKey: string;
  /** Basic auth of a reverse proxy. */
  readonly basicAuth?: { readonly user: string; readonly password: string };
  /** Extra headers for a reverse proxy; values are secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for an ordinary request. */
  readonly timeout: number;
  /** From Node-RED's TLS config node or proxy settings. */
  readonly httpAgent?: HttpAgent;
  readonly httpsAgent?: HttpsAgent;
  /** Without it the server is asked directly, whatever the environment says. */
  readonly proxy?: ForwardProxy;
}

/** One request as a log may show it: no key, no query values. */
export interface RequestTrace {
  readonly service: ServiceName;
  readonly method: string;
  /** What it is for, e.g. `read the queue`. */
  readonly operation: string;
  /** Path without the query. */
  readonly path: string;
  readonly status: number | null;
  /** Milliseconds. */
  readonly ms: number;
  /** Bytes of the decoded body. */
  readonly bytes: number;
}

/** What one piece of work gives its requests: a way to be aborted, and somebody to count and log them. */
export interface CallScope {
  readonly signal?: AbortSignal;
  /** Called once per request that was sent, repeated tries included. */
  readonly onRequest?: (trace: RequestTrace) => void;
}

/** Rows that could be read, and how many could not. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly unread: number;
}
