import type { Store } from './types.js';

interface Stored {
  readonly version: unknown;
  readonly entries: readonly unknown[];
}

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && Array.isArray((value as { entries?: unknown }).entries);

/**
 * One store over those of several config nodes that mean the same server: what any of them holds is read,
 * what is written goes to all. So it survives as long as one of them does.
 */
export class ManyStores implements Store {
  readonly #stores: Set<Store>;

  constructor(stores: Iterable<Store> = []) {
    this.#stores = new Set(stores);
  }

  add(store: Store): void {
    this.#stores.add(store);
  }

  remove(store: Store): void {
    this.#stores.delete(store);
  }

  async get(key: string): Promise<unknown> {
    const values = await Promise.all([...this.#stores].map((store) => store.get(key)));
    const there = values.filter((value) => value !== undefined && value !== null);
    const [first, ...others] = there.filter(isStored);
    if (first === undefined) return there[0];
    const alike = others.filter((other) => other.version === first.version);
    return { version: first.version, entries: [...first.entries, ...alike.flatMap((other) => other.entries)] };
  }

  /** Rejects when one of the stores does: what must be kept must be kept by all. */
  async set(key: string, value: unknown): Promise<void> {
    await Promise.all([...this.#stores].map((store) => store.set(key, value)));
  }
}

/** A key for what belongs to a URL, which is written with letters, digits and `_`: a context key is read as a property path. */
export const urlKey = (prefix: string, url: string): string =>
  `${prefix}.${url.replace(/[^A-Za-z0-9]/g, (char) => `_${(char.codePointAt(0) ?? 0).toString(16)}_`)}`;
