import type { Release, SearchSettings } from '../contracts/index.js';

export type ReleaseSettings = Pick<SearchSettings, 'protocol'>;

/** What an answer of Sonarr holds for one episode; each list in Sonarr's order, best first. */
export interface EpisodeReleases {
  /** Approved releases of this episode alone or of a few, this one among them. */
  readonly approved: readonly Release[];
  /** Approved packs of its whole season. */
  readonly packs: readonly Release[];
  /** Every release that is not a season pack and holds it, rejected ones included: none means that it wants a search of its own. */
  readonly listed: readonly Release[];
}

const hasProtocol = ({ protocol }: Release, settings: ReleaseSettings): boolean =>
  settings.protocol === 'any' || protocol === settings.protocol;

/** Sonarr would take it; a temporary rejection (minimum age, blocked indexer) is one too. */
const isAcceptable = (release: Release, settings: ReleaseSettings): boolean =>
  release.approved && !release.temporarilyRejected && release.downloadAllowed && hasProtocol(release, settings);

/** What to grab for an episode, from the answer to its own search or to that of its season. */
export function releasesFor(episodeId: number, rows: readonly Release[], settings: ReleaseSettings): EpisodeReleases {
  const holding = rows.filter((release) => release.episodeIds.includes(episodeId));
  const listed = holding.filter((release) => !release.fullSeason);
  return {
    approved: listed.filter((release) => isAcceptable(release, settings)),
    packs: holding.filter((release) => release.fullSeason && isAcceptable(release, settings)),
    listed,
  };
}

export interface PackWanted extends ReleaseSettings {
  /** All episodes of the season that have aired. */
  readonly seasonEpisodes: readonly number[];
  /** Those of them that have no file and are needed. */
  readonly wantedMissing: readonly number[];
  /** Percent of the season that must be missing and wanted; 0 never takes a pack. */
  readonly share: number;
}

/** The season pack to take instead of single episodes: Sonarr's best one that holds all that is wanted, or null. */
export function choosePack(rows: readonly Release[], wanted: PackWanted): Release | null {
  const { seasonEpisodes, wantedMissing, share } = wanted;
  const reached = wantedMissing.length * 100 >= share * seasonEpisodes.length;
  if (share <= 0 || wantedMissing.length === 0 || !reached) return null;
  const holdsAll = ({ episodeIds }: Release) => wantedMissing.every((id) => episodeIds.includes(id));
  return rows.find((row) => row.fullSeason && isAcceptable(row, wanted) && holdsAll(row)) ?? null;
}

/** Why it is not taken, in Sonarr's words where it has any. */
export function objections(release: Release, settings: ReleaseSettings): readonly string[] {
  if (!hasProtocol(release, settings)) return [`not ${settings.protocol}`];
  if (release.rejections.length > 0) return release.rejections;
  return isAcceptable(release, settings) ? [] : ['not allowed by Sonarr'];
}
