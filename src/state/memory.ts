import type { z } from 'zod';
import type { Clock, Log, Store } from './types.js';

export interface MemoryOptions<T> {
  readonly store: Store;
  readonly key: string;
  /** Of the entry's shape; entries stored under another version are dropped (all memories can be rebuilt or asked for again). */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  readonly keyOf: (entry: T) => string;
  /** Whether an entry is still worth keeping. */
  readonly keep: (entry: T, now: number) => boolean;
  /** At most this many entries, the newest kept. */
  readonly limit: number;
  readonly log: Log;
  readonly now: Clock;
}

/**
 * A bounded collection of entries under one key of a store, with a working copy in this process.
 * A damaged entry is dropped with a warning. Entries stay in the order in which they were last put.
 */
export class Memory<T> {
  readonly #options: MemoryOptions<T>;
  #entries = new Map<string, T>();
  #loading: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** The store has failed to take the latest state. */
  #isUnwritten = false;

  constructor(options: MemoryOptions<T>) {
    this.#options = options;
  }

  /** Reads the store once; later calls do nothing. Rejects when the store fails, and reads again at the next call. */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  all(): readonly T[] {
    return [...this.#entries.values()];
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Adds or replaces entries; resolves when the store has called back. */
  async put(...entries: readonly T[]): Promise<void> {
    if (entries.length === 0) return;
    await this.load();
    for (const entry of entries) {
      const key = this.#options.keyOf(entry);
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    await this.#write();
  }

  /** Removes entries; writes only when one was there. */
  async remove(...keys: readonly string[]): Promise<void> {
    await this.load();
    const removed = keys.filter((key) => this.#entries.delete(key));
    if (removed.length > 0) await this.#write();
  }

  /** Replaces everything; writes only when that changes something, or the store failed before. */
  async replace(entries: readonly T[]): Promise<void> {
    await this.load();
    const before = JSON.stringify(this.all());
    this.#entries = new Map(entries.map((entry) => [this.#options.keyOf(entry), entry]));
    if (this.#isUnwritten || JSON.stringify(this.all()) !== before) await this.#write();
  }

  /** Drops what is no longer worth keeping; writes only when something was dropped, or the store failed before. */
  async prune(): Promise<void> {
    await this.load();
    if (this.#dropOld() || this.#isUnwritten) await this.#write();
  }

  #dropOld(): boolean {
    const { keep, limit, now } = this.#options;
    const before = this.#entries.size;
    for (const [key, entry] of this.#entries) if (!keep(entry, now())) this.#entries.delete(key);
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= limit) break;
      this.#entries.delete(key);
    }
    return this.#entries.size !== before;
  }

  async #read(): Promise<void> {
    const { store, key, version, schema, keyOf, log } = this.#options;
    const stored = await store.get(key);
    if (stored === undefined || stored === null) return;
    const { version: storedVersion, entries } = stored as { version?: unknown; entries?: unknown };
    if (storedVersion !== version || !Array.isArray(entries)) {
      log.warn('memory-damaged', `What was remembered under "${key}" cannot be read and is reset.`);
      return;
    }
    let damaged = 0;
    for (const raw of entries as unknown[]) {
      const entry = schema.safeParse(raw);
      if (entry.success) this.#entries.set(keyOf(entry.data), entry.data);
      else damaged += 1;
    }
    if (damaged > 0) log.warn('memory-damaged', `${damaged} damaged entries under "${key}" were dropped.`);
    this.#dropOld();
  }

  /** Writes follow each other, so that an older state never overwrites a newer one: one that was given up on may still arrive, but was sent first. */
  #write(): Promise<void> {
    this.#dropOld();
    const write = this.#writing.catch(() => undefined).then(() => this.#store());
    this.#writing = write;
    return write;
  }

  async #store(): Promise<void> {
    const { store, key, version } = this.#options;
    try {
      await store.set(key, { version, entries: this.all() });
      this.#isUnwritten = false;
    } catch (error) {
      this.#isUnwritten = true;
      throw error;
    }
  }
}
