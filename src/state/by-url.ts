import { ManyStores } from './many-stores.js';
import { Memory, type MemoryOptions } from './memory.js';
import type { Clock, Log, Store } from './types.js';

/** What a server's URL has of its own in this process, whichever config nodes mean it. */
export interface OpenByUrl {
  /** Normalised: no credentials, no trailing slash. */
  readonly url: string;
  /** Of the config nodes that take part at first; others `join` later. */
  readonly stores: readonly Store[];
  readonly log: Log;
  readonly now: Clock;
}

/** A memory that lives in the stores of all config nodes with the same URL. */
export class UrlMemory<T> {
  readonly memory: Memory<T>;
  readonly #stores: ManyStores;
  readonly #joining = new Map<Store, Promise<void>>();
  readonly #options: Omit<MemoryOptions<T>, 'store'>;

  constructor(options: Omit<MemoryOptions<T>, 'store'>, stores: readonly Store[]) {
    this.#stores = new ManyStores(stores);
    this.#options = options;
    this.memory = new Memory({ ...options, store: this.#stores });
  }

  /** A further config node: what its store holds and we do not know yet is taken over. Whoever joins waits for that. */
  join(store: Store): Promise<void> {
    const joining = this.#joining.get(store) ?? this.#takeOver(store);
    this.#joining.set(store, joining);
    return joining;
  }

  /** A config node is closed: its store keeps what it holds and gets nothing more. */
  leave(store: Store): void {
    this.#stores.remove(store);
    this.#joining.delete(store);
  }

  async #takeOver(store: Store): Promise<void> {
    this.#stores.add(store);
    try {
      const theirs = new Memory({ ...this.#options, store });
      await theirs.load();
      await this.memory.load();
      const unknown = theirs.all().filter((entry) => this.memory.get(this.#options.keyOf(entry)) === undefined);
      await this.memory.put(...unknown);
    } catch (error) {
      this.leave(store);
      throw error;
    }
  }
}
