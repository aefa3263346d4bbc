import type { Done, JitMessage, Send } from './node-types.js';

/** One message that came in, with Node-RED's two functions for it. */
export interface Job {
  readonly msg: JitMessage;
  readonly send: Send;
  readonly done: Done;
  /** Told when it is let go without any work on it. */
  dropped?(): void;
}

/** Whether an incoming message makes a waiting one needless. */
export type Replaces = (incoming: JitMessage, waiting: JitMessage) => boolean;

/** Every message is worked on, one after the other, in order. */
export const everyMessage: Replaces = () => false;

/** While the node is busy at most one message waits: the latest. */
export const latestOnly: Replaces = () => true;

/** A replaced or closed-away message gets its `done()` and sends nothing. */
const letGo = (job: Job): void => {
  job.dropped?.();
  job.done();
};

/** Works on messages one at a time. */
export class WorkQueue<J extends Job = Job> {
  readonly #run: (job: J) => Promise<void>;
  readonly #replaces: Replaces;
  #waiting: J[] = [];
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #closed = false;

  /** `run` must not reject. */
  constructor(run: (job: J) => Promise<void>, replaces: Replaces) {
    this.#run = run;
    this.#replaces = replaces;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  push(job: J): void {
    if (this.#closed) {
      letGo(job);
      return;
    }
    const place = this.#waiting.findIndex((waiting) => this.#replaces(job.msg, waiting.msg));
    const replaced = place < 0 ? undefined : this.#waiting[place];
    if (replaced === undefined) this.#waiting.push(job);
    else this.#waiting[place] = job;
    if (replaced !== undefined) letGo(replaced);
    if (!this.#busy) this.#running = this.#work();
  }

  /** Lets go of what waits; resolves when the one at work has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    const left = this.#waiting;
    this.#waiting = [];
    for (const job of left) letGo(job);
    await this.#running;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) await this.#run(job);
    this.#busy = false;
  }
}
