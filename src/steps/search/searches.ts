import type { Rows } from '../../clients/http/types.js';
import type { PlanItem, Release, RunError } from '../../core/contracts/index.js';
import { counted } from '../../core/labels.js';
import { searchKey } from '../../core/planning/index.js';
import { SECOND, toInstant } from '../../core/time.js';
import { isSilence, itemError, namedError, ServerLost } from '../failures.js';
import { nameOf } from './ledger.js';
import type { Work } from './work.js';

/** After a search that took longer, others may have grabbed meanwhile. */
const SLOW = 20 * SECOND;
/** Searches in a row without any answer; more would only wait for the time-out each. */
const SILENT_IN_A_ROW = 2;

/** What was listed for an item. */
export interface Listing {
  /** All that was listed, of the whole season where that was searched; in Sonarr's order. */
  readonly releases: readonly Release[];
  /** The indexers answered nothing at all, or failed: looks the same. */
  readonly empty: boolean;
  /** It was listed for another episode, or by an earlier run: Sonarr may have got this one since. */
  readonly kept?: boolean;
}

/** Releases of an episode that are no season packs. */
const singlesOf = (releases: readonly Release[], episodeId: number): readonly Release[] =>
  releases.filter((release) => !release.fullSeason && release.episodeIds.includes(episodeId));

const listsEpisode = (releases: readonly Release[], episodeId: number): boolean =>
  singlesOf(releases, episodeId).length > 0;

/** An answer from before its last job failed: rejected because of a queue that has changed. */
const isOutdatedFor = (releases: readonly Release[], episodeId: number): boolean => {
  const own = singlesOf(releases, episodeId);
  return !own.some((r) => r.approved) && own.some((r) => r.rejections.some((text) => /\bin queue\b/i.test(text)));
};

/** Sonarr searches anime and specials one by one anyway. */
const hasSeasonSearch = (item: PlanItem): boolean => item.series.type !== 'anime' && item.season !== 0;

/** A search failed; the error names the episode or season, as people do. */
export class SearchFailed extends Error {
  readonly error: RunError;

  constructor(error: RunError) {
    super(error.message);
    this.error = error;
  }
}

/** Interactive searches, one at a time; a season's answer serves all its episodes. */
export class Searches {
  readonly #work: Work;
  /** Season searches of this run, so that a fallback does not ask for the season again. */
  readonly #seasonsAsked = new Map<string, readonly Release[]>();
  readonly #seasonsFailed = new Map<string, SearchFailed>();
  #silent = 0;
  #sent = 0;
  /** A search took so long that queue and history have to be read again before a grab. */
  slow = false;
  /** When the last answer without any release came, in milliseconds. */
  lastEmptyAt: number | null = null;

  constructor(work: Work) {
    this.#work = work;
  }

  /** What is listed for an item; throws `SearchFailed`, for each item of a season alike. */
  async listing(item: PlanItem): Promise<Listing> {
    const failed = this.#seasonsFailed.get(searchKey(item));
    if (failed !== undefined) throw failed;
    const kept = this.#kept(item);
    if (kept !== undefined && listsEpisode(kept, item.episodeId)) return { releases: kept, empty: false, kept: true };
    if (kept === undefined && this.#isSeason(item)) {
      const releases = await this.#searchSeason(item);
      if (listsEpisode(releases, item.episodeId)) return { releases, empty: false };
    }
    return this.#searchEpisode(item);
  }

  /** Sonarr has forgotten its releases: what was kept of the season is searched anew. */
  async again(item: PlanItem): Promise<Listing> {
    const { sonarrId } = item.series;
    const season =
      this.#seasonsAsked.has(searchKey(item)) ||
      this.#work.deps.shared.seasons.get(sonarrId, item.season) !== undefined;
    this.#work.deps.shared.seasons.forget(sonarrId, item.season);
    this.#seasonsAsked.delete(searchKey(item));
    if (!season) return this.#searchEpisode(item);
    const releases = await this.#searchSeason(item);
    return { releases, empty: releases.length === 0 };
  }

  #kept(item: PlanItem): readonly Release[] | undefined {
    const asked = this.#seasonsAsked.get(searchKey(item));
    if (asked !== undefined || !hasSeasonSearch(item)) return asked;
    const { shared, state } = this.#work.deps;
    // What it lists may be what has failed: Sonarr takes that again without a question.
    if (state.attempts.get(String(item.episodeId))?.outcome === 'failed') return undefined;
    const kept = shared.seasons.get(item.series.sonarrId, item.season);
    return kept === undefined || isOutdatedFor(kept, item.episodeId) ? undefined : kept;
  }

  #isSeason(item: PlanItem): boolean {
    if (!hasSeasonSearch(item)) return false;
    return this.#work.ledger.wanted().filter((other) => searchKey(other) === searchKey(item)).length >= 2;
  }

  async #searchSeason(item: PlanItem): Promise<readonly Release[]> {
    const { client, shared } = this.#work.deps;
    const { sonarrId, title } = item.series;
    try {
      const releases = await this.#timed(item, `${title} season ${item.season}`, () =>
        client.searchSeason(sonarrId, item.season),
      );
      shared.seasons.put(sonarrId, item.season, releases);
      this.#seasonsAsked.set(searchKey(item), releases);
      return releases;
    } catch (error) {
      if (error instanceof SearchFailed) this.#seasonsFailed.set(searchKey(item), error);
      throw error;
    }
  }

  async #searchEpisode(item: PlanItem): Promise<Listing> {
    const { client } = this.#work.deps;
    const releases = await this.#timed(item, nameOf(item), () => client.searchEpisode(item.episodeId));
    return { releases, empty: releases.length === 0 };
  }

  /** Sonarr is told to search an item, and to choose, by itself; throws `SearchFailed`. */
  async command(item: PlanItem): Promise<void> {
    const { client } = this.#work.deps;
    await this.#record(item);
    await this.#heard('let Sonarr search', nameOf(item), () => client.commandEpisodeSearch(item.episodeId));
  }

  async #timed(item: PlanItem, what: string, search: () => Promise<Rows<Release>>): Promise<readonly Release[]> {
    const { now, log } = this.#work.deps;
    const from = now();
    await this.#record(item);
    try {
      const { rows } = await this.#heard('search releases of', what, search);
      if (rows.length === 0) this.lastEmptyAt = now();
      log.debug('searched', `${what}: ${counted(rows.length, 'release')} listed in ${now() - from} ms.`);
      return rows;
    } finally {
      this.slow ||= now() - from > SLOW;
    }
  }

  /** Throws `SearchFailed`, or `ServerLost` when Sonarr is silent again. */
  async #heard<T>(doing: string, what: string, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.#silent = 0;
      return answer;
    } catch (error) {
      const failure = itemError(error, this.#work.deps.signal);
      this.#silent = isSilence(failure) ? this.#silent + 1 : 0;
      if (this.#silent >= SILENT_IN_A_ROW) throw new ServerLost(failure);
      throw new SearchFailed(namedError(failure, doing, what));
    }
  }

  /** For the budget of the day; sent counts, answered or not. */
  async #record(item: PlanItem): Promise<void> {
    const { now, state } = this.#work.deps;
    this.#sent += 1;
    const id = `${this.#work.ledger.plan.run.id} ${item.episodeId} ${this.#sent}`;
    await this.#work.remember('that it searched', () => state.searches.put({ id, at: toInstant(now()) }));
  }
}
