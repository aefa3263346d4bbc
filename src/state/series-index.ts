import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { z } from 'zod';
import type { Series, Tag } from '../core/contracts/index.js';
import { SeriesIndex } from '../core/matching/index.js';
import { inSlices } from './slices.js';
import { series, tag } from './schemas.js';
import type { Log, Store } from './types.js';

const VERSION = 1;
export const INDEX_KEY = 'plexJit.sonarr.index';

/** Sonarr's series and tags as they were read together. */
export interface IndexRead {
  readonly series: readonly Series[];
  readonly tags: readonly Tag[];
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

export interface KnownSeries extends IndexRead {
  readonly index: SeriesIndex;
  readonly byId: ReadonlyMap<number, Series>;
}

const known = (read: IndexRead): KnownSeries => ({
  ...read,
  index: new SeriesIndex(read.series),
  byId: new Map(read.series.map((one) => [one.id, one])),
});

const stored = z.object({ version: z.literal(VERSION), url: z.string(), readAt: z.number(), deflated: z.string() });
const content = z.object({ series: z.array(z.unknown()), tags: z.array(tag) });

/**
 * The series index, kept over restarts. One deflated text, since a file store writes all keys of a context again
 * whenever one of them changes: as plain rows, a large library would cost each of those writes tens of milliseconds.
 */
export class SeriesIndexMemory {
  readonly #store: Store;
  readonly #log: Log;
  readonly #url: string;
  #known: KnownSeries | null = null;
  #loading: Promise<void> | undefined;

  /** `url`: of the Sonarr; what was read at another one is left alone, as ids may differ there. */
  constructor(store: Store, log: Log, url: string) {
    this.#store = store;
    this.#log = log;
    this.#url = url;
  }

  /** Reads the store once; rejects when the store fails, and reads again at the next call. */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Null before the first read. */
  get current(): KnownSeries | null {
    return this.#known;
  }

  /** Counts at once; resolves when the store has called back. */
  async put(read: IndexRead): Promise<void> {
    this.#known = known(read);
    const text = JSON.stringify({ series: read.series, tags: read.tags });
    const deflated = (await promisify(deflate)(text)).toString('base64');
    await this.#store.set(INDEX_KEY, { version: VERSION, url: this.#url, readAt: read.readAt, deflated });
  }

  async #read(): Promise<void> {
    const raw = await this.#store.get(INDEX_KEY);
    if (raw === undefined || raw === null) return;
    const read = await this.#inflated(raw).catch(() => null);
    if (read === null)
      this.#log.warn('memory-damaged', 'The stored series index cannot be read and is fetched again from Sonarr.');
    else if (read.url === this.#url) this.#known ??= known(read);
  }

  async #inflated(raw: unknown): Promise<IndexRead & { readonly url: string }> {
    const { url, readAt, deflated } = stored.parse(raw);
    const text = (await promisify(inflate)(Buffer.from(deflated, 'base64'))).toString();
    const { series: rows, tags } = content.parse(JSON.parse(text));
    const good: Series[] = [];
    await inSlices(rows, (row) => good.push(series.parse(row)));
    return { series: good, tags, readAt, url };
  }
}
