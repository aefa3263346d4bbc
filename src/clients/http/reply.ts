import type { z } from 'zod';
import { BrokenJson, parseJson, readArray } from './array-slices.js';
import type { FailureCode } from './failures.js';
import type { RowReader } from './rows.js';
import type { ServiceError } from './service-error.js';
import type { Answer } from './transport.js';
import type { Rows } from './types.js';

/** Makes the error of this request: it knows the server, what was tried, and what has to be blacked out. */
export type Fail = (code: FailureCode, detail?: string) => ServiceError;

export interface ArrayReply<T> extends Rows<T> {
  /** What stands around the array, which is empty there. */
  readonly document: unknown;
}

/** A good answer (JSON, status 2xx), still to be read. */
export class Reply {
  readonly #answer: Answer;
  readonly fail: Fail;
  readonly #signal: AbortSignal | undefined;

  constructor(answer: Answer, fail: Fail, signal: AbortSignal | undefined) {
    this.#answer = answer;
    this.fail = fail;
    this.#signal = signal;
  }

  /** The whole document, for small ones. @throws ServiceError `bad-json`, `unexpected-answer` */
  read<T>(schema: z.ZodType<T>): T {
    const read = schema.safeParse(this.#parsed());
    if (read.success) return read.data;
    const fields = read.error.issues.map((issue) => issue.path.join('.') || 'the whole of it').slice(0, 3);
    throw this.fail('unexpected-answer', `could not read ${fields.join(', ')}`);
  }

  /**
   * The rows of the array at `path` (none: the document is the array), read one by one in short turns.
   * @throws ServiceError `bad-json`, `unexpected-answer` when there is no such array, `aborted`
   */
  async rows<T>(path: readonly string[], read: RowReader<T>): Promise<ArrayReply<T>> {
    const rows: T[] = [];
    let unread = 0;
    const found = await this.#guard(() =>
      readArray(this.#answer.body, path, (slice) => {
        if (this.#signal?.aborted === true) throw this.fail('aborted');
        for (const row of slice) {
          const good = read(row);
          if (good === null) unread += 1;
          else rows.push(good);
        }
      }),
    );
    if (found === null) throw this.fail('unexpected-answer', `no list ${path.join('.')}`.trimEnd());
    return { rows, unread, document: found.document };
  }

  #parsed(): unknown {
    try {
      return parseJson(this.#answer.body);
    } catch (error) {
      throw this.#readable(error);
    }
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#readable(error);
    }
  }

  #readable(error: unknown): unknown {
    return error instanceof BrokenJson ? this.fail('bad-json') : error;
  }
}
