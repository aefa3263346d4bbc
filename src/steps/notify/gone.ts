import type { RunError } from '../../core/contracts/index.js';

/** The chosen notifier does not exist in Tautulli, or not any more. */
export class NotifierGone extends Error {
  override readonly name = 'NotifierGone';
  readonly code = 'notifier-gone';
  readonly #server: string;

  constructor(label: string, server: string) {
    super(
      `The notifier ${label} no longer exists in ${server}; choose another in the tautulli notify node. Its news is kept until then.`,
    );
    this.#server = server;
  }

  toRunError(): RunError {
    const { code, message } = this;
    return {
      code,
      message,
      server: this.#server,
      service: 'tautulli',
      operation: 'send a message',
      status: null,
      retryable: false,
    };
  }
}
