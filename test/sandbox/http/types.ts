import type { WorldFault } from '../world/format.js';

export type ServerName = WorldFault['server'];

/** A request as a stand-in's handler gets it. */
export interface StandInRequest {
  readonly method: string;
  /** The raw path, not decoded, base path included. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The raw query string. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface StandInAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes as they go out; the kit gzips when asked to. */
  readonly body: string | Buffer;
}

export type Handler = (request: StandInRequest) => StandInAnswer | Promise<StandInAnswer>;

/** What a stand-in tells about one request; for readers, tests and the benchmark's counts. */
export interface Exchange {
  readonly server: ServerName;
  /** Milliseconds of the real clock. */
  readonly at: number;
  readonly ms: number;
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly requestBody: string;
  readonly status: number | null;
  /** Bytes of the answer before gzip. */
  readonly bytes: number;
  readonly responseBody: string;
  /** The fault that struck. */
  readonly fault: string | null;
}

/** A stand-in that listens. */
export interface StandIn {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** The fault `refused` is on: nothing listens. */
  readonly refusing: boolean;
  /** Told of each exchange as it ends; for a log. */
  onExchange: ((exchange: Exchange) => void) | null;
  clearExchanges(): void;
  addFault(fault: Omit<WorldFault, 'server'>): void;
  clearFaults(): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly server: ServerName;
  readonly handler: Handler;
  /** How this server words an HTTP error, for the fault `status`. */
  readonly errorBody: (status: number, request: StandInRequest) => StandInAnswer;
  /** How it refuses a key, for the fault `wrong-key`. */
  readonly wrongKey: (request: StandInRequest) => StandInAnswer;
  /** Success that holds nothing, for the fault `empty`. */
  readonly empty: (request: StandInRequest) => StandInAnswer;
  /** The words that faults name a route by, e.g. `GET /api/v3/queue`, `cmd=get_history`, `mode=queue&name=priority`. */
  readonly route: (request: StandInRequest) => string;
  readonly faults?: readonly Omit<WorldFault, 'server'>[];
  /** Path that the server lives under, e.g. `/sonarr`: ends the stand-in's `url`. @default none */
  readonly basePath?: string;
  /** @default 0: any free port */
  readonly port?: number;
}
