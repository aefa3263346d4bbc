import type { LogCode } from '../core/log-codes.js';

/** Where a memory lives: one key in one context store. Implemented on Node-RED's context by `src/runtime`, in memory by tests. */
export interface Store {
  /** Undefined when nothing is stored. */
  get(key: string): Promise<unknown>;
  /** Resolves when the store has called back: what is awaited is kept as well as that store keeps things. */
  set(key: string, value: unknown): Promise<void>;
}

/** What a step may log; `warn` and `error` only for what needs the user's attention. */
export interface Log {
  error(code: LogCode, message: string): void;
  warn(code: LogCode, message: string): void;
  info(code: LogCode, message: string): void;
  debug(code: LogCode, message: string): void;
}

/** Milliseconds since 1970; injected so that tests own the clock. */
export type Clock = () => number;
