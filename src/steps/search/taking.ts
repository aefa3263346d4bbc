import type { PlanItem, Release, RunError } from '../../core/contracts/index.js';
import { choosePack, explainRejections, releasesFor } from '../../core/releases/index.js';
import { searchKey } from '../../core/planning/index.js';
import { endIfLost, sendGrab, type Sent } from './grab.js';
import { namedError } from '../failures.js';
import type { FreeSpace } from './free-space.js';
import { nameOf } from './ledger.js';
import type { Listing } from './searches.js';
import type { Work } from './work.js';

/** Refused releases of one item, before it is left for a later run. */
const REFUSALS = 3;
/** Releases in a row that the download client did not take. */
const CLIENT_FAILURES = 2;

/** What came of what was listed for an item. */
export type Taken =
  | { readonly kind: 'grabbed'; readonly release: Release; readonly sent: Extract<Sent, { kind: 'grabbed' }> }
  | { readonly kind: 'unsettled'; readonly sent: Extract<Sent, { kind: 'unsettled' }> }
  | { readonly kind: 'nothing-found' }
  | { readonly kind: 'nothing-acceptable'; readonly text: string }
  | { readonly kind: 'disk-full'; readonly release: Release }
  /** Sonarr has forgotten the releases. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused' };

/** Takes the first release that Sonarr approved and that can be had. */
export class Taking {
  readonly #work: Work;
  readonly #space: FreeSpace;
  /** Over the whole run. */
  #clientFailures = 0;

  constructor(work: Work, space: FreeSpace) {
    this.#work = work;
    this.#space = space;
  }

  async take(item: PlanItem, listing: Listing, tries: Tries): Promise<Taken> {
    const { settings } = this.#work;
    const { listed, approved } = releasesFor(item.episodeId, listing.releases, settings);
    const pack = this.#pack(item, listing.releases);
    const candidates = (pack === null ? approved : [pack, ...approved]).filter((release) => this.#isFree(release));
    if (candidates.length > 0) return this.#first(item, candidates, tries);
    if (listed.length === 0) return { kind: 'nothing-found' };
    const taken = approved.length > 0 ? 'The acceptable releases contain an episode that is already on its way' : null;
    return { kind: 'nothing-acceptable', text: taken ?? explainRejections(listed, settings) };
  }

  async #first(item: PlanItem, candidates: readonly Release[], tries: Tries): Promise<Taken> {
    for (const release of candidates) {
      if (tries.refused.size >= REFUSALS || this.#work.stopped !== null) break;
      if (tries.refused.has(release.guid)) continue;
      if (!this.#space.fits(item.series.sonarrId, release.size)) return { kind: 'disk-full', release };
      const sent = await sendGrab(this.#work, item, release);
      if (sent.kind === 'unsettled') return { kind: 'unsettled', sent };
      if (sent.kind === 'grabbed') {
        this.#clientFailures = 0;
        return { kind: 'grabbed', release, sent };
      }
      if (sent.error.code === 'release-gone' && !tries.again) return { kind: 'gone' };
      await this.#refused(item, release, sent, tries);
    }
    return { kind: 'refused' };
  }

  async #refused(
    item: PlanItem,
    release: Release,
    sent: Extract<Sent, { kind: 'refused' }>,
    tries: Tries,
  ): Promise<void> {
    const error = namedError(sent.error, 'grab', `${nameOf(item)} (${release.title})`);
    tries.refused.add(release.guid);
    tries.last = error;
    this.#work.deps.log.info('grab-refused', error.message);
    if (sent.error.code === 'download-client-failed') await this.#clientFailed(release);
    endIfLost(sent.error);
  }

  /** SABnzbd being down and a broken NZB look alike to Sonarr. */
  async #clientFailed(release: Release): Promise<void> {
    const work = this.#work;
    this.#clientFailures += 1;
    if (this.#clientFailures >= CLIENT_FAILURES) {
      work.stopped = 'the download client rejected two releases in a row';
      return;
    }
    const { sabnzbd, signal } = work.deps;
    if (sabnzbd === null || release.protocol === 'torrent') return;
    try {
      await sabnzbd.client.version();
    } catch {
      signal.throwIfAborted();
      work.stopped = `SABnzbd at ${sabnzbd.server.url} is not responding`;
    }
  }

  /** None of what it holds is on its way: Sonarr is blind for some seconds, and its verdicts may be older. */
  #isFree(release: Release): boolean {
    return !release.episodeIds.some((id) => {
      const item = this.#work.ledger.get(id);
      if (item === undefined) return false;
      const { result, download } = item;
      return (
        result?.code === 'grabbed' || result?.code === 'unsettled' || (download !== null && !FAILED.has(download.state))
      );
    });
  }

  #pack(item: PlanItem, releases: readonly Release[]): Release | null {
    const { settings, ledger } = this.#work;
    const best = releases.find((release) => release.fullSeason && release.episodeIds.includes(item.episodeId));
    if (best === undefined || settings.seasonPacks <= 0) return null;
    const wantedMissing = ledger
      .items()
      .filter(
        (other) => searchKey(other) === searchKey(item) && other.result === null && MISSING.has(other.reason.code),
      )
      .map((other) => other.episodeId);
    // The pack itself tells how many episodes the season has.
    return choosePack(releases, {
      protocol: settings.protocol,
      seasonEpisodes: best.episodeIds,
      wantedMissing,
      share: settings.seasonPacks,
    });
  }
}

/** What has been tried for one item. */
export interface Tries {
  /** Guids of the releases that could not be had. */
  readonly refused: Set<string>;
  /** The search was repeated because Sonarr had forgotten its releases. */
  again: boolean;
  /** Why the last release could not be had. */
  last: RunError | null;
}

export const noTries = (): Tries => ({ refused: new Set(), again: false, last: null });

const FAILED: ReadonlySet<string> = new Set(['failed', 'blocked']);
const MISSING: ReadonlySet<string> = new Set(['search', 'cooling-down', 'budget']);
