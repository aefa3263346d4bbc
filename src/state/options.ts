import type { ServerRef } from '../core/contracts/index.js';
import { toMs } from '../core/time.js';
import type { Clock, Log, Store } from './types.js';

/** What the memories of one server are opened with. */
export interface StateOptions {
  /** Of this server alone (one per config node). */
  readonly store: Store;
  readonly server: ServerRef;
  readonly log: Log;
  readonly now: Clock;
}

/** Says whose memory a warning is about. */
export const namedLog = (log: Log, server: ServerRef): Log => ({
  error: (code, message) => {
    log.error(code, `${server.name}: ${message}`);
  },
  warn: (code, message) => {
    log.warn(code, `${server.name}: ${message}`);
  },
  info: (code, message) => {
    log.info(code, `${server.name}: ${message}`);
  },
  debug: (code, message) => {
    log.debug(code, `${server.name}: ${message}`);
  },
});

/** Keeps an entry for that long. One from the future (the clock was set back) is kept as long, and not for ever. */
export const within =
  (ms: number) =>
  (entry: { readonly at: string }, now: number): boolean =>
    Math.abs(now - toMs(entry.at)) < ms;
