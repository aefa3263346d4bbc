import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Timeline } from '../sandbox/world/clock.js';

/** Milliseconds: no pause of the product is so long, and no time limit of a request shorter. */
const LIMIT = 25_000;
/** Longer ones are the sandbox's own alarm clock, which stands still here. */
const NEVER = 2 ** 29;
/** Turns of the event loop without news, after which nothing more comes by itself. */
const CALM = 25;
/** Real milliseconds without news, after which a request is taken for one that hangs. */
const HANGS = 30;
/** Real milliseconds. */
const PATIENCE = 20_000;

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

type Promises = Record<
  'setTimeout',
  (ms: number, value?: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>
>;
const promises = createRequire(__filename)('node:timers/promises') as Promises;

const REAL = {
  now: Date.now,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  sleep: promises.setTimeout,
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The work does not end, and nothing is left that it could wait for. */
export class Stuck extends Error {}

/**
 * The process lives by the sandbox's clock: `Date.now`, timers and pauses. Time passes only when everything waits for
 * it, and then at once, so neither the machine's speed nor its load changes what happens.
 */
export class VirtualTime {
  /** How far Node-RED's clock is ahead of the servers', in milliseconds. */
  ahead = 0;
  readonly #timeline: Timeline;
  readonly #timers = new Map<object, Timer>();
  readonly #limits = new Set<object>();
  #news = 0;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  install(): void {
    Date.now = () => Math.round(this.#timeline.now()) + this.ahead;
    globalThis.setTimeout = ((work: () => void, ms = 0, ...rest: readonly unknown[]) =>
      Number.isFinite(ms) && ms < NEVER
        ? this.#set(work, ms)
        : REAL.setTimeout(work, ms, ...rest)) as typeof setTimeout;
    globalThis.clearTimeout = (timer?: NodeJS.Timeout | string | number): void => {
      if (!this.#clear(timer)) REAL.clearTimeout(timer);
    };
    promises.setTimeout = (ms, value, options) => this.#sleep(ms, value, options?.signal);
    syncBuiltinESMExports();
  }

  uninstall(): void {
    Date.now = REAL.now;
    globalThis.setTimeout = REAL.setTimeout;
    globalThis.clearTimeout = REAL.clearTimeout;
    promises.setTimeout = REAL.sleep;
    syncBuiltinESMExports();
  }

  /** Something happens that no timer knows of. */
  readonly notice = (): void => {
    this.#news += 1;
  };

  /** Lets time pass until the work is over. @param mayHang whether a request may be left without an answer now */
  async until(isOver: () => boolean, mayHang: () => boolean): Promise<void> {
    for (;;) {
      await this.#calm(mayHang);
      if (isOver()) return;
      if (!this.#next() && !(await this.#goesOn()))
        throw new Stuck('nothing is left to wait for, and the run has not ended');
    }
  }

  /** Time has passed by itself: what was left waiting comes to its end. */
  fireDue(): void {
    for (const [key, { at, fire }] of [...this.#timers]) {
      if (at > this.#timeline.now()) continue;
      this.#clear(key);
      fire();
    }
  }

  async #calm(mayHang: () => boolean): Promise<void> {
    const began = performance.now();
    let [turns, seen, since] = [0, this.#news, began];
    while (turns < CALM) {
      await turn();
      const now = performance.now();
      if (seen !== this.#news) [turns, seen, since] = [0, this.#news, now];
      else if (this.#limits.size === 0 || (mayHang() && now - since > HANGS)) turns += 1;
      if (now - began > PATIENCE)
        throw new Stuck(
          `no calm after ${PATIENCE} real ms: ${this.#limits.size} requests without answer, ${this.#timers.size} timers`,
        );
    }
  }

  /** Something happens after all: another thread had work to do, as zlib has. */
  async #goesOn(): Promise<boolean> {
    const [seen, began] = [this.#news, performance.now()];
    while (seen === this.#news && performance.now() - began < PATIENCE) await turn();
    return seen !== this.#news;
  }

  /** Jumps to the next timer; false: there is none. */
  #next(): boolean {
    const [first] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at);
    if (first === undefined) return false;
    const [key, { at, fire }] = first;
    this.#clear(key);
    this.#timeline.advance(Math.max(0, at - this.#timeline.now()));
    fire();
    return true;
  }

  #set(fire: () => void, ms: number): object {
    const key = { ref: () => key, unref: () => key, hasRef: () => true, [Symbol.toPrimitive]: () => 0 };
    this.#news += 1;
    this.#timers.set(key, { at: this.#timeline.now() + Math.max(0, ms), fire });
    if (ms >= LIMIT) this.#limits.add(key);
    return key;
  }

  #clear(key: unknown): boolean {
    this.#news += 1;
    this.#limits.delete(key as object);
    return this.#timers.delete(key as object);
  }

  #sleep(ms: number, value: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#clear(timer);
        reject(new DOMException('The operation was aborted', 'AbortError'));
      };
      const timer = this.#set(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      }, ms);
      if (signal?.aborted === true) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
