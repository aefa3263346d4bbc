import { PRODUCTS } from '../clients/http/failures.js';
import { versionNotice } from '../clients/http/versions.js';
import type { RunError, ServiceName } from '../core/contracts/index.js';
import type { StepScope } from './scope.js';
import { isWholeServer, memoryFailed, namedError, serviceError } from './failures.js';

/** What a step has to say besides its result: notes for a reader, and what went wrong without ending it. */
export class Report {
  readonly notes: string[];
  readonly errors: RunError[];
  readonly #scope: StepScope;
  readonly #vital: ServiceName | null;

  /** @param vital the server without which the step cannot go on */
  constructor(
    scope: StepScope,
    before: { readonly notes: readonly string[]; readonly errors: readonly RunError[] },
    vital: ServiceName | null,
  ) {
    this.notes = [...before.notes];
    this.errors = [...before.errors];
    this.#scope = scope;
    this.#vital = vital;
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  /** Says that rows of an answer could not be read. */
  unread(count: number, what: string): void {
    if (count > 0) this.note(`${count} of ${what} could not be read and ${count === 1 ? 'is' : 'are'} left out.`);
  }

  /** Asks for a server's version once per process; an old one is told in a sentence. */
  async checkVersion(
    service: ServiceName,
    session: { versionChecked: boolean },
    ask: () => Promise<string>,
  ): Promise<void> {
    if (session.versionChecked) return;
    const { log, signal } = this.#scope;
    try {
      const notice = versionNotice(service, await ask());
      session.versionChecked = true;
      if (notice === null) return;
      log.warn('old-version', notice);
      this.note(notice);
    } catch (error) {
      // What makes the server unusable comes to light with the other requests.
      const why = serviceError(error, signal).message;
      log.debug('unknown-version', `${PRODUCTS[service]}'s version is not known: ${why}`);
    }
  }

  /**
   * Records the failure of a part of the run, and answers it.
   * Throws it when the vital server cannot be used at all, or the work was stopped.
   * @param named what Sonarr's ids stand for
   */
  failed(error: unknown, named?: { readonly doing: string; readonly what: string }): RunError {
    const failure = serviceError(error, this.#scope.signal);
    if (failure.service === this.#vital && isWholeServer(failure)) throw failure;
    const runError = named === undefined ? failure.toRunError() : namedError(failure, named.doing, named.what);
    this.errors.push(runError);
    return runError;
  }

  /** Remembers something that the run can do without: a store that fails costs nothing else. */
  async remember(what: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.memoryFailed(what, error);
    }
  }

  /** Says that the context store failed: something is done again then that was done already. */
  memoryFailed(what: string, error: unknown): void {
    this.#scope.log.warn('memory-failed', memoryFailed(what, error));
  }
}
