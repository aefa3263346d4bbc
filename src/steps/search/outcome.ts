import type { SonarrHealth } from '../../clients/sonarr/types.js';
import type { ChosenRelease, PlanItem, Release, SearchAttempt } from '../../core/contracts/index.js';
import { SECOND, toInstant } from '../../core/time.js';
import { serviceError } from '../failures.js';
import { failedAfter } from '../failed-after.js';
import { rememberDone } from './earlier.js';
import { markUnsettled } from './intents.js';
import { type FreeSpace, gb } from './free-space.js';
import { nameOf } from './ledger.js';
import type { Listing, Searches } from './searches.js';
import type { Taken, Tries } from './taking.js';
import type { Work } from './work.js';

/** Sonarr's names for indexers that fail or are not there: an empty answer then says nothing. */
const INDEXER_CHECKS: ReadonlySet<string> = new Set(['IndexerStatusCheck', 'IndexerSearchCheck']);

/** By then the first searches that were told to Sonarr have met their indexers (seen: 2 s), and health knows (1 s). */
const HEARD_AFTER = 5 * SECOND;

/** All indexers fail, or none is there: also those that Sonarr uses for itself. Of some that fail, others answer. */
const isAllFail = ({ source, type, wikiUrl }: SonarrHealth): boolean =>
  source === 'IndexerStatusCheck' ? type === 'error' : !wikiUrl.includes('with-interactive-search-enabled');

/** Writes down what came of each item: in the plan, and for the cool-down. */
export class Outcomes {
  readonly #work: Work;
  readonly #space: FreeSpace;
  /** Items whose last answer was empty, and when it came: `/health` decides about them. */
  readonly #empty = new Map<number, number>();
  /** What Sonarr was told to search, with the attempt before. */
  readonly #commanded = new Map<number, SearchAttempt | undefined>();

  constructor(work: Work, space: FreeSpace) {
    this.#work = work;
    this.#space = space;
  }

  async record(item: PlanItem, taken: Taken, listing: Listing, tries: Tries): Promise<void> {
    const { ledger, deps } = this.#work;
    const { episodeId } = item;
    deps.shared.searched.add(episodeId);
    switch (taken.kind) {
      case 'grabbed':
        return this.grabbed(item, taken.release, taken.sent.downloadId);
      case 'unsettled':
        ledger.error({ ...taken.sent.error.toRunError(), operation: `grab ${nameOf(item)}` });
        markUnsettled(this.#work, taken.sent.intent);
        return;
      case 'nothing-found':
        ledger.result(episodeId, 'nothing-found', `No release was found${packNote(item, listing)}.`);
        if (listing.empty) this.#empty.set(episodeId, deps.now());
        else await this.#attempt([episodeId], 'nothing');
        return;
      case 'nothing-acceptable':
        ledger.result(episodeId, 'nothing-acceptable', `${taken.text}${packNote(item, listing)}`);
        return this.#attempt([episodeId], 'nothing');
      case 'disk-full':
        this.#space.markFull(item, taken.release.size);
        return this.#attempt([episodeId], 'failed');
      case 'gone':
      case 'refused':
        if (tries.last === null) ledger.result(episodeId, 'failed', 'Sonarr keeps forgetting the releases it listed');
        else ledger.fail(episodeId, tries.last);
        return this.#attempt([episodeId], 'failed');
    }
  }

  /** A release counts for all the episodes that it holds. */
  async grabbed(item: PlanItem, release: Release, downloadId: string | null): Promise<void> {
    const { ledger, deps } = this.#work;
    const held = [...new Set([item.episodeId, ...release.episodeIds])];
    const episodeIds = held.filter((id) => {
      const other = ledger.get(id);
      return other !== undefined && other.reason.code !== 'on-disk';
    });
    const { title, size, indexer, protocol } = release;
    const chosen: ChosenRelease = { title, size, indexer, protocol, episodeIds };
    const text = `Grabbed from ${indexer} (${gb(size)}): ${title}`;
    for (const id of episodeIds) {
      ledger.change(id, { release: chosen, downloadId, result: { code: 'grabbed', text } });
    }
    for (const id of held) deps.shared.searched.add(id);
    this.#space.take(item.series.sonarrId, size);
    deps.log.info('grabbed', `${nameOf(item)}: ${text}.`);
    deps.onPartial(ledger.partial());
    await rememberDone(this.#work, episodeIds);
    // Failures are kept until the file is there: a grab that fails again and again backs off.
    const answered = held.map(String).filter((key) => deps.state.attempts.get(key)?.outcome === 'nothing');
    await this.#work.remember('that a search has ended', () => deps.state.attempts.remove(...answered));
  }

  /** Sonarr was told to search for it: what comes of that only `/health` hints at, later. */
  async commanded(item: PlanItem): Promise<void> {
    const { ledger, deps } = this.#work;
    ledger.result(item.episodeId, 'command-sent', 'Sonarr was told to search for it');
    await rememberDone(this.#work, [item.episodeId]);
    this.#commanded.set(item.episodeId, deps.state.attempts.get(String(item.episodeId)));
    deps.shared.searched.add(item.episodeId);
    await this.#attempt([item.episodeId], 'nothing');
  }

  /** Some seconds after the last command Sonarr's health tells whether all indexers fail. */
  async settleCommanded(): Promise<void> {
    if (this.#commanded.size === 0) return;
    await this.#work.deps.sleep(HEARD_AFTER);
    await this.#inVain(await this.#indexersFail(isAllFail));
  }

  async #inVain(failing: string | null): Promise<void> {
    const before = [...this.#commanded];
    this.#commanded.clear();
    if (failing === null) return;
    const { attempts } = this.#work.deps.state;
    this.#failed(
      before.map(([id]) => id),
      'Sonarr was told to search for it, perhaps in vain',
      failing,
    );
    const at = toInstant(this.#work.deps.now());
    await this.#work.remember('when it searched', () =>
      attempts.put(...before.map(([episodeId, attempt]) => failedAfter(attempt, { episodeId, at }))),
    );
  }

  /** For the cool-down. */
  async searchFailed({ episodeId }: PlanItem): Promise<void> {
    this.#work.deps.shared.searched.add(episodeId);
    await this.#attempt([episodeId], 'failed');
  }

  /** A second after the last empty answer Sonarr's health tells whether the indexers had failed. */
  async settleEmpty(searches: Searches): Promise<void> {
    if (this.#empty.size === 0) return;
    const { now, sleep } = this.#work.deps;
    const since = now() - (searches.lastEmptyAt ?? now());
    if (since < SECOND) await sleep(SECOND - Math.max(0, since));
    await this.#settle(await this.#indexersFail());
  }

  /** Nobody can be asked any more: what nobody vouches for counts as failed. */
  async giveUp(): Promise<void> {
    await this.#settle(UNASKED);
    await this.#inVain(UNASKED);
  }

  async #settle(failing: string | null): Promise<void> {
    const ids = [...this.#empty.keys()];
    if (failing !== null) this.#failed(ids, 'No release was listed, which is inconclusive', failing);
    await this.#attempt(ids, failing === null ? 'nothing' : 'failed');
    this.#empty.clear();
  }

  /** One failure of all of them, which names them; that Sonarr does not answer is told by itself. */
  #failed(ids: readonly number[], why: string, failing: string): void {
    const { ledger } = this.#work;
    const names = ids.flatMap((id) => ledger.get(id) ?? []).map(nameOf);
    for (const id of ids) ledger.result(id, 'failed', `${why}: ${failing}`);
    if (names.length === 0 || failing === UNASKED) return;
    ledger.error(this.#work.runError('indexers-failed', 'search releases', `${names.join(', ')}: ${why}: ${failing}`));
  }

  async #indexersFail(counts: (row: SonarrHealth) => boolean = () => true): Promise<string | null> {
    const { client, signal } = this.#work.deps;
    try {
      const health = await client.health();
      const failing = health.filter((row) => row.type !== 'ok' && INDEXER_CHECKS.has(row.source) && counts(row));
      return failing.length === 0 ? null : failing.map((row) => row.message).join('; ');
    } catch (error) {
      this.#work.ledger.error(serviceError(error, signal).toRunError());
      return UNASKED;
    }
  }

  async #attempt(ids: readonly number[], outcome: SearchAttempt['outcome']): Promise<void> {
    const { attempts } = this.#work.deps.state;
    const now = this.#work.deps.now();
    const entries = ids.map((episodeId): SearchAttempt => {
      const at = toInstant(this.#empty.get(episodeId) ?? now);
      if (outcome === 'nothing') return { episodeId, at, outcome, failures: 0 };
      return failedAfter(attempts.get(String(episodeId)), { episodeId, at });
    });
    await this.#work.remember('when it searched', () => attempts.put(...entries));
  }
}

const UNASKED = 'Sonarr could not be asked whether its indexers work';

const packNote = (item: PlanItem, { releases }: Listing): string => {
  const pack = releases.find((release) => release.fullSeason && release.episodeIds.includes(item.episodeId));
  return pack === undefined ? '' : ` (a season pack is listed but was left alone: ${pack.title}, ${gb(pack.size)})`;
};
