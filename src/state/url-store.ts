import type { Store } from './types.js';

const urlOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { url?: unknown }).url : undefined;

/**
 * A store for what holds ids of the server at one URL. The URL is kept in each value, and a value of another URL is
 * not read, as ids may mean something else there; one of an earlier version, which kept none, counts as of this URL.
 */
export class UrlStore implements Store {
  /** The URL whose values were left out, if any was. */
  otherUrl: string | null = null;
  readonly #store: Store;
  readonly #url: string;
  /** What is to stand in the store instead of what was read: nothing, or the same with its URL. */
  readonly #unsettled = new Map<string, object | undefined>();

  /** `url`: normalised, without credentials. */
  constructor(store: Store, url: string) {
    this.#store = store;
    this.#url = url;
  }

  async get(key: string): Promise<unknown> {
    const value = await this.#store.get(key);
    const url = urlOf(value);
    if (typeof url === 'string' && url !== this.#url) {
      this.otherUrl = url;
      this.#unsettled.set(key, undefined);
      return undefined;
    }
    if (url === undefined && typeof value === 'object' && value !== null)
      this.#unsettled.set(key, { ...value, url: this.#url });
    return value;
  }

  async set(key: string, value: unknown): Promise<void> {
    this.#unsettled.delete(key);
    await this.#store.set(key, { ...(value as object), url: this.#url });
  }

  /** Removes what was left out, and writes the URL to what had none. */
  async settle(): Promise<void> {
    for (const [key, value] of [...this.#unsettled]) {
      // It may have been written meanwhile.
      if (this.#unsettled.delete(key)) await this.#store.set(key, value);
    }
  }
}
