import type { ServiceError } from '../../clients/http/service-error.js';
import type { Plan, PlanItem, SearchSettings } from '../../core/contracts/index.js';
import { toMs } from '../../core/time.js';
import { carryEarlier, rememberDone } from './earlier.js';
import { endIfLost, forgetGrabs, NotRemembered } from './grab.js';
import { alone } from '../alone.js';
import { isSilence, ServerLost } from '../failures.js';
import { FreeSpace } from './free-space.js';
import { dropJustSearched, freshen, isJustSearched, isStale } from './freshen.js';
import { markFound, markUnsettled, settleIntents } from './intents.js';
import { shortNameOf } from './ledger.js';
import { monitor, putBackMonitoring } from './monitoring.js';
import { Outcomes } from './outcome.js';
import { type Listing, SearchFailed, Searches } from './searches.js';
import { noTries, type Taken, Taking } from './taking.js';
import { type SearchDeps, Work } from './work.js';

export interface SearchOutcome {
  /** With everything that was done, also when the run ended early. */
  readonly plan: Plan;
  /** Sonarr could not be used, or not any more. */
  readonly fatal: ServiceError | null;
}

/**
 * Carries out what a plan says is to be searched: monitors, searches and grabs, in the order of need, alone among all
 * flows that use this Sonarr. Failures of single items are in the plan; `fatal` says that the server itself failed.
 * Rejects when aborted; intents to grab are kept then.
 */
export const searchAndGrab = async (plan: Plan, settings: SearchSettings, deps: SearchDeps): Promise<SearchOutcome> => {
  const work = new Work(plan, settings, deps);
  const { lock, intents } = deps.shared;
  return untilLost(work, async () => {
    await deps.shared.load();
    await carryEarlier(work);
    if (work.dryRun) return wouldSearch(work);
    await putBackMonitoring(work);
    const waited = lock.isLocked();
    // With nothing to search the others need not be waited for.
    if (work.ledger.wanted().length === 0 && (waited || intents.size === 0)) return monitor(work);
    if (waited) deps.progress?.('waiting for another search');
    await alone(lock, deps.signal, () => underLock(work, waited));
  });
};

const untilLost = async (work: Work, run: () => Promise<void>): Promise<SearchOutcome> => {
  try {
    await run();
    return { plan: work.ledger.filled(), fatal: null };
  } catch (error) {
    if (!(error instanceof ServerLost)) throw error;
    work.ledger.error(error.error.toRunError());
    skipRest(work, error.message);
    return { plan: work.ledger.filled(), fatal: error.error };
  }
};

const underLock = async (work: Work, waited: boolean): Promise<void> => {
  const { ledger } = work;
  const found = await settleIntents(work);
  if (ledger.wanted().length > 0 && (waited || found.length > 0 || isStale(work) || isJustSearched(work))) {
    await freshen(work, Math.min(...found.map(({ trace }) => toMs(trace.date))));
  }
  dropJustSearched(work);
  await rememberDone(
    work,
    found.flatMap((one) => markFound(work, one)),
  );
  if (ledger.wanted().length === 0) return monitor(work);
  const space = await FreeSpace.read(work);
  if (space === null)
    return skipRest(work, 'the free space could not be read (set "Keep free on disk" to 0 to skip this)');
  for (const item of ledger.wanted()) if (!space.fits(item.series.sonarrId)) space.markFull(item);
  await monitor(work);
  try {
    await searchAll(work, space);
  } catch (error) {
    if (error instanceof ServerLost) await forgetGrabs(work);
    throw error;
  }
  await forgetGrabs(work);
};

/** No request at all: a search loads the indexers. */
const wouldSearch = (work: Work): void => {
  for (const intent of work.deps.shared.intents.all()) markUnsettled(work, intent);
  for (const item of work.ledger.wanted()) {
    work.ledger.result(item.episodeId, 'would-search', 'Dry run: nothing is searched for');
  }
};

const skipRest = (work: Work, why: string): void => {
  for (const item of work.ledger.wanted()) work.ledger.result(item.episodeId, 'skipped', `Not tried: ${why}`);
};

const searchAll = async (work: Work, space: FreeSpace): Promise<void> => {
  const searches = new Searches(work);
  const outcomes = new Outcomes(work, space);
  const taking = new Taking(work, space);
  const wanted = work.ledger.wanted();
  const one =
    work.settings.choose === 'sonarr'
      ? (item: PlanItem) => letSonarrSearch(work, { item, searches, outcomes })
      : (item: PlanItem) => searchItem(work, { item, searches, outcomes, taking });
  try {
    for (const [i, { episodeId }] of wanted.entries()) {
      if (work.stopped !== null) break;
      const item = work.ledger.get(episodeId);
      // A release that was grabbed for another episode may hold this one.
      if (item === undefined || !work.ledger.isWanted(episodeId)) continue;
      work.deps.progress?.(`searching ${i + 1}/${wanted.length} · ${shortNameOf(item)}`);
      await one(item);
    }
    await outcomes.settleEmpty(searches);
    await outcomes.settleCommanded();
  } catch (error) {
    if (error instanceof ServerLost) await outcomes.giveUp();
    throw error;
  }
  if (work.stopped !== null) skipRest(work, work.stopped);
};

interface Parts {
  readonly item: PlanItem;
  readonly searches: Searches;
  readonly outcomes: Outcomes;
}

const searchItem = async (work: Work, parts: Parts & { readonly taking: Taking }): Promise<void> => {
  const { item, searches, outcomes, taking } = parts;
  const tries = noTries();
  try {
    let listing = await searches.listing(item);
    let taken = await takeFresh(work, { ...parts, listing }, () => taking.take(item, listing, tries));
    if (taken?.kind === 'gone') {
      tries.again = true;
      listing = await searches.again(item);
      taken = await takeFresh(work, { ...parts, listing }, () => taking.take(item, listing, tries));
    }
    if (taken === null) return;
    await outcomes.record(item, taken, listing, tries);
    if (taken.kind === 'grabbed') endIfLost(taken.sent.lost);
    if (taken.kind === 'unsettled') endIfLost(taken.sent.error);
  } catch (error) {
    await itemFailed(work, parts, error);
  }
};

/** Reads queue and history again where the search took long, or the listing is an older one; null: the item is on its way by now. */
const takeFresh = async (
  work: Work,
  { item, searches, listing }: Parts & { readonly listing: Listing },
  take: () => Promise<Taken>,
): Promise<Taken | null> => {
  if (searches.slow || (listing.kept === true && isStale(work))) {
    searches.slow = false;
    await freshen(work);
  }
  return work.ledger.isWanted(item.episodeId) ? take() : null;
};

const itemFailed = async (work: Work, { item, outcomes }: Parts, error: unknown): Promise<void> => {
  if (error instanceof ServerLost && work.ledger.isWanted(item.episodeId)) {
    work.ledger.fail(item.episodeId, error.error.toRunError());
    if (isSilence(error.error)) await outcomes.searchFailed(item);
  }
  if (error instanceof NotRemembered) {
    work.ledger.fail(item.episodeId, error.error);
    work.stopped = 'what is about to be grabbed cannot be saved';
    await outcomes.searchFailed(item);
    return;
  }
  if (!(error instanceof SearchFailed)) throw error;
  work.ledger.fail(item.episodeId, error.error);
  await outcomes.searchFailed(item);
};

const letSonarrSearch = async (work: Work, parts: Parts): Promise<void> => {
  const { item, searches, outcomes } = parts;
  try {
    await searches.command(item);
    await outcomes.commanded(item);
  } catch (error) {
    await itemFailed(work, parts, error);
  }
};
