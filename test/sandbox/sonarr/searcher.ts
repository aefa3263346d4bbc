import { seasonListings, singleListings, type Shelf } from '../indexer/catalogue.js';
import type { Listing } from '../indexer/listing.js';
import { IndexerFailure, type Indexer } from '../indexer/model.js';
import { qualityOf } from '../indexer/quality.js';
import type { Timeline } from '../world/clock.js';
import type { LibrarySeries } from '../world/library.js';
import { inSonarrsOrder, judge, type DecisionContext, type Judged } from './decision.js';
import type { EpisodeRow, SonarrStore } from './store.js';
import type { Tracker } from './tracker.js';

export interface SearcherOptions {
  readonly store: SonarrStore;
  readonly tracker: Tracker;
  readonly indexer: Indexer;
  readonly timeline: Timeline;
  readonly blocklist: ReadonlySet<string>;
}

const MINUTE = 60_000;
/** How long a failing indexer is left alone, by how often it failed in a row. */
const STEPS = [1, 5, 15, 30, 60].map((minutes) => minutes * MINUTE);
/** So many an RSS fetch brings up. */
const RSS_ROWS = 3;

/** Live queries of the indexer and Sonarr's verdict on what comes back. A failing indexer is swallowed and blocked at once. */
export class Searcher {
  /** Off: no indexer is enabled for interactive search. */
  enabled = true;
  /** Since when and until when the indexer is blocked; null: it is not. */
  blocked: { readonly since: number; readonly until: number } | null = null;
  private failures = 0;

  constructor(private readonly options: SearcherOptions) {}

  async episode(row: EpisodeRow): Promise<Judged[]> {
    const series = this.seriesOf(row);
    const requests = series.type === 'anime' || row.base.season === 0 ? 2 : 1;
    const found = await this.query([row], requests, () => singleListings(this.shelf(series), row.base));
    return this.judged(found, row);
  }

  /** An unknown season is answered without a query; anime and specials are searched episode by episode. */
  async season(series: LibrarySeries, season: number): Promise<Judged[]> {
    const rows = this.options.store.episodes(series.id).filter((r) => r.base.season === season);
    if (rows.length === 0) return [];
    if (series.type !== 'anime' && season !== 0)
      return this.judged(await this.query(rows, 1, () => seasonListings(this.shelf(series), season)), null);
    const found = new Map<string, Listing>();
    for (const row of rows)
      for (const listing of await this.query([row], 2, () => singleListings(this.shelf(series), row.base)))
        if (listing.recognised === 'all') found.set(listing.guid, listing);
    return this.judged([...found.values()], null);
  }

  /** What `GET /release` means without an episode and without series and season: everybody's newest (`release_series_only`). */
  async rss(): Promise<Judged[]> {
    const latest = this.latestEpisode();
    if (latest === undefined) return [];
    const series = this.seriesOf(latest);
    const listings = () =>
      seasonListings(this.shelf(series), latest.base.season).filter(
        (l) => !l.pack && l.episodes[0]?.id === latest.base.id,
      );
    return this.judged((await this.query([], 1, listings)).slice(0, RSS_ROWS), null);
  }

  /** A failed request, of a search or of an NZB. */
  fail(failure: IndexerFailure): void {
    const now = this.options.timeline.now();
    const step = STEPS[Math.min(this.failures, STEPS.length - 1)] ?? MINUTE;
    this.failures += 1;
    this.blocked = { since: this.blocked?.since ?? now, until: now + Math.max(step, failure.retryAfter ?? 0) };
  }

  isBlocked(): boolean {
    if (this.blocked !== null && this.options.timeline.now() >= this.blocked.until) this.blocked = null;
    return this.blocked !== null;
  }

  /** `lastSearchTime` moves whenever an indexer was asked, whatever came of it. */
  private async query(rows: readonly EpisodeRow[], requests: number, find: () => Listing[]): Promise<Listing[]> {
    const { store, timeline, indexer } = this.options;
    if (!this.enabled || this.isBlocked()) return [];
    store.searched(rows, timeline.now());
    try {
      const found = await indexer.search(requests, find);
      this.failures = 0;
      return found;
    } catch (error) {
      if (!(error instanceof IndexerFailure)) throw error;
      this.fail(error);
      return [];
    }
  }

  private judged(found: readonly Listing[], only: EpisodeRow | null): Judged[] {
    const { store, tracker, timeline, blocklist } = this.options;
    const context: DecisionContext = {
      store,
      now: timeline.now(),
      only,
      queued: (row) => {
        const holding = tracker.holding(row.base.id)[0];
        return holding === undefined ? null : qualityOf(holding.title).name;
      },
      blocklisted: (release) => blocklist.has(release.title),
    };
    return inSonarrsOrder(found.map((release) => judge(release, context)));
  }

  private shelf(series: LibrarySeries): Shelf {
    const { store, indexer, timeline } = this.options;
    const episodes = store.episodes(series.id).map((r) => r.base);
    return { series, episodes, now: timeline.now(), appeared: indexer.appeared };
  }

  private latestEpisode(): EpisodeRow | undefined {
    const { store, timeline } = this.options;
    const now = timeline.now();
    const aired = (row: EpisodeRow): number => (row.base.airs !== null && row.base.airs <= now ? row.base.airs : 0);
    return store.series
      .flatMap((s) => store.peek(s).filter((r) => aired(r) > now - 7 * 1440 * MINUTE))
      .sort((a, b) => aired(b) - aired(a))[0];
  }

  private seriesOf(row: EpisodeRow): LibrarySeries {
    const series = this.options.store.find(row.base.seriesId);
    if (series === undefined) throw new RangeError(`series ${row.base.seriesId} is gone`);
    return series;
  }
}
