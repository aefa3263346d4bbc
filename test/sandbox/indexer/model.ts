import type { WorldIndexer, WorldRelease } from '../world/format.js';
import type { SandboxClock } from '../world/types.js';
import type { Listing } from './listing.js';

/** The indexer does not answer as it should; Sonarr swallows it and blocks the indexer. */
export class IndexerFailure extends Error {
  constructor(
    readonly status: number,
    /** Milliseconds that the indexer asks to be left alone. */
    readonly retryAfter: number | null = null,
  ) {
    super(`the indexer answered ${status}`);
  }
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** One indexer as one Sonarr uses it: at most one request each `spacing` seconds, searches and NZB fetches alike. */
export class Indexer {
  readonly id = 1;
  readonly name: string;
  readonly key = 'sandbox-indexer-key-7f3a';
  /** Requests it got; searches and NZB fetches. */
  requests = { search: 0, fetch: 0 };
  /** Releases that appeared while the sandbox ran, by episode id. */
  readonly appeared = new Map<number, WorldRelease[]>();
  /** HTTP status that every request gets; null: it is well. */
  failing: number | null;
  private lastTurn = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly spec: WorldIndexer = {},
    private readonly clock: SandboxClock,
  ) {
    this.name = spec.name ?? 'Sandbox Indexer';
    this.failing = spec.down === true ? 503 : null;
  }

  /** Waits for its turn and the search, as often as Sonarr asks; `find` looks when the last one is over. */
  async search(requests: number, find: () => Listing[]): Promise<Listing[]> {
    for (let i = 0; i < requests; i += 1) await this.searchOnce();
    const found = find();
    // Sonarr tries a second, wider query when the first finds nothing (`release_none_found`: 3.9 s)
    if (found.length === 0) await this.searchOnce();
    return found;
  }

  /** Fetches an NZB. Throws `IndexerFailure`; a 5xx after two repeats (`grab_nzb_500`). Answers whether the NZB is whole. */
  async fetchNzb(release: Listing): Promise<boolean> {
    await this.turn();
    this.requests.fetch += 1;
    const nzb = this.failing ?? release.spec.nzb;
    if (typeof nzb !== 'number') return nzb !== 'broken';
    if (nzb >= 500) for (let again = 0; again < 2; again += 1) await this.turn();
    throw new IndexerFailure(nzb, nzb === 429 ? HOUR : null);
  }

  private async searchOnce(): Promise<void> {
    await this.turn();
    this.requests.search += 1;
    if (this.failing !== null) throw new IndexerFailure(this.failing, this.failing === 429 ? HOUR : null);
    await this.clock.sleep((this.spec.searchTakes ?? 0.3) * SECOND);
  }

  private turn(): Promise<void> {
    const now = this.clock.now();
    const turn = Math.max(now, this.lastTurn + (this.spec.spacing ?? 2) * SECOND);
    this.lastTurn = turn;
    return this.clock.sleep(turn - now);
  }
}
