import type { RunError, ServiceName } from '../../core/contracts/index.js';
import { FAILURES, type FailureCode, type FailureFacts } from './failures.js';

/**
 * A failure of one request. Plain data: it holds no request, no answer, no cause and no key,
 * so that it may go wherever messages and logs go.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: FailureCode;
  readonly service: ServiceName;
  readonly server: string;
  readonly operation: string;
  readonly status: number | null;
  /** What came back, as it stands in the sentence. */
  readonly detail: string;
  readonly retryable: boolean;
  /** How often the request was sent. */
  readonly tries: number;

  constructor(code: FailureCode, facts: FailureFacts) {
    super(FAILURES[code].text(facts));
    this.code = code;
    this.service = facts.service;
    this.server = facts.server;
    this.operation = facts.operation;
    this.status = facts.status;
    this.detail = facts.detail;
    this.retryable = FAILURES[code].retryable;
    this.tries = facts.tries ?? 1;
  }

  toRunError(): RunError {
    const { code, server, service, operation, status, retryable, message } = this;
    return { code, server, service, operation, status, retryable, message };
  }
}
