import { coded } from '../core/log-codes.js';
import type { RunError, ServiceName } from '../core/contracts/index.js';
import { StoreFailed } from './context-store.js';

interface Facts extends Partial<Omit<RunError, 'code' | 'message'>> {
  readonly tries?: number;
}

/** What a node gives to `done()`: plain facts, no key, no request. Catch sees `message`, `code` and, as `cause`, the same facts. */
export class NodeError extends Error {
  override readonly name = '';
  readonly code: string;
  readonly service: ServiceName | null;
  readonly server: string | null;
  readonly operation: string | null;
  readonly status: number | null;
  readonly retryable: boolean;
  /** How often the request was sent, for the status line. */
  readonly tries: number;

  constructor(code: string, message: string, facts: Facts = {}) {
    super(message);
    this.code = code;
    this.service = facts.service ?? null;
    this.server = facts.server ?? null;
    this.operation = facts.operation ?? null;
    this.status = facts.status ?? null;
    this.retryable = facts.retryable ?? false;
    this.tries = facts.tries ?? 1;
    const { service, server, operation, status, retryable } = this;
    // Core's Catch copies `cause` and no other property than `code`.
    Object.defineProperty(this, 'cause', { value: { code, service, server, operation, status, retryable } });
  }

  /** As a line of the log, which has the code too; Catch takes `toString()`, which has not. */
  [Symbol.toPrimitive](): string {
    return coded(this.code, this.message);
  }
}

/** A part of the settings is missing: the node says "not set up" and sends no request. */
export const notSetUp = (what: string): NodeError => new NodeError('not-set-up', `Not set up: ${what}`);

/** What to do about an environment variable that is not set. */
export const SET_IT = 'Set it where Node-RED runs and restart Node-RED, or enter a value.';

const CHECK_STORE = 'Check the store chosen for this server.';

/** What ends in a value has no full stop yet. */
const sentence = (what: string): string => (/[.?!…]$/.test(what) ? what : `${what}.`);

/** The message that came in is not what this node works on. */
export const wrongInput = (what: string): NodeError => new NodeError('wrong-input', sentence(what));

/** A setting, or its override in the message, has a wrong type or is out of range. */
export const wrongSetting = (what: string): NodeError => new NodeError('wrong-setting', sentence(what));

const fromRunError = (error: RunError & Facts): NodeError => new NodeError(error.code, error.message, error);

interface Described {
  toRunError(): RunError;
  readonly tries?: number;
}

const isDescribed = (error: unknown): error is Described =>
  error instanceof Error && 'toRunError' in error && typeof error.toRunError === 'function';

const isRunError = (error: unknown): error is RunError =>
  typeof error === 'object' && error !== null && 'operation' in error && 'retryable' in error && 'message' in error;

/** Any failure as a clean error; one of a server keeps its facts, an unforeseen one its sentence and its stack. */
export const toNodeError = (error: unknown): NodeError => {
  if (error instanceof NodeError) return error;
  if (isDescribed(error)) return fromRunError({ ...error.toRunError(), tries: error.tries ?? 1 });
  if (isRunError(error)) return fromRunError(error);
  if (error instanceof StoreFailed) return new NodeError('memory-failed', `${sentence(error.message)} ${CHECK_STORE}`);
  const unforeseen = new NodeError('internal', error instanceof Error ? error.message : String(error));
  if (error instanceof Error && error.stack !== undefined) unforeseen.stack = error.stack;
  return unforeseen;
};
