import type { Listing } from '../indexer/listing.js';
import { FILE_QUALITY, isProper, isWanted, qualityOf } from '../indexer/quality.js';
import type { EpisodeRow, SonarrStore } from './store.js';

/** A listed release with Sonarr's verdict. */
export interface Judged {
  readonly release: Listing;
  readonly rows: readonly EpisodeRow[];
  readonly rejections: readonly string[];
  readonly approved: boolean;
  readonly rejected: boolean;
  readonly temporarilyRejected: boolean;
  readonly downloadAllowed: boolean;
  readonly requested: boolean;
}

export interface DecisionContext {
  readonly store: SonarrStore;
  readonly now: number;
  /** The one episode that is searched for; null: a whole season, or RSS. */
  readonly only: EpisodeRow | null;
  /** Whether the queue, as Sonarr sees it, holds one of these; held-back ones do not count (`release_pending`). */
  readonly queued: (row: EpisodeRow) => string | null;
  readonly blocklisted: (release: Listing) => boolean;
}

const MB = 1_048_576;
const MINIMUM_MB_PER_MINUTE = 4;
const DAY = 86_400_000;
/** Minutes that Sonarr assumes for the first season's episodes while no runtime is known (`release_zero_runtime`). */
const ASSUMED = 45;

/** Sonarr's decision engine in the order in which it words its rejections. */
export const judge = (release: Listing, context: DecisionContext): Judged => {
  const rows = release.episodes.flatMap((e) => context.store.episode(e.id) ?? []);
  const unknown = notRecognised(release);
  const temporary = release.spec.temporarilyRejected;
  const permanent = unknown ?? permanentRejections(release, rows, context);
  const rejections = [...permanent, ...(temporary === undefined ? [] : [temporary])];
  return {
    release,
    rows,
    rejections,
    approved: rejections.length === 0,
    rejected: permanent.length > 0,
    temporarilyRejected: permanent.length === 0 && temporary !== undefined,
    downloadAllowed: unknown === null,
    requested: unknown === null && (context.only === null || rows.includes(context.only)),
  };
};

/** Best first, as Sonarr's comparer sorts (rejected ones among them); what it did not recognise at all stands last. */
export const inSonarrsOrder = (judged: readonly Judged[]): Judged[] =>
  [...judged].sort(
    (a, b) =>
      Number(a.release.recognised === 'nothing') - Number(b.release.recognised === 'nothing') ||
      weight(b.release) - weight(a.release) ||
      Number(b.release.pack) - Number(a.release.pack) ||
      a.rows.length - b.rows.length ||
      firstNumber(a) - firstNumber(b) ||
      b.release.size - a.release.size,
  );

export const weight = ({ title }: Listing): number => qualityOf(title).weight + (isProper(title) ? 2 : 1);

const firstNumber = ({ rows }: Judged): number => rows[0]?.base.number ?? 0;

const notRecognised = ({ recognised }: Listing): string[] | null => {
  if (recognised === 'nothing') return ['Unknown Series'];
  if (recognised === 'all') return null;
  return ['Unable to identify correct episode(s) using release name and scene mappings'];
};

const permanentRejections = (release: Listing, rows: readonly EpisodeRow[], context: DecisionContext): string[] => {
  if (release.spec.rejected !== undefined) return [release.spec.rejected];
  const quality = qualityOf(release.title);
  const unaired = release.pack && rows.some(({ base }) => base.airs === null || base.airs > context.now + DAY);
  const queued = rows.map(context.queued).find((q) => q !== null);
  return [
    ...(context.blocklisted(release) ? ['Release is blocklisted'] : []),
    ...(unaired ? ["Full season release rejected. All episodes haven't aired yet."] : []),
    ...tooSmall(release, rows, context),
    ...(isWanted(quality) ? [] : [`${quality.name} is not wanted in profile`]),
    ...(queued === undefined ? [] : [`Release in queue already meets cutoff: ${queued} v1`]),
    ...onDisk(release, rows, quality.weight),
    ...(release.pack && context.only !== null ? ['Full season pack'] : []),
  ];
};

const tooSmall = (release: Listing, rows: readonly EpisodeRow[], context: DecisionContext): string[] => {
  const minutes = rows.reduce((sum, row) => sum + runtimeOf(row, context), 0);
  if (minutes === 0 || (release.pack && rows.every(({ base }) => base.runtime === 0)))
    return ['Runtime of all episodes is 0, unable to validate size until it is available'];
  const minimum = minutes * MINIMUM_MB_PER_MINUTE;
  if (release.size / MB >= minimum) return [];
  return [
    `${(release.size / MB).toFixed(1)} MB is smaller than minimum allowed ${minimum.toFixed(1)} MB (for ${minutes}min)`,
  ];
};

const runtimeOf = ({ base }: EpisodeRow, { store }: DecisionContext): number => {
  const known = base.runtime > 0 ? base.runtime : (store.find(base.seriesId)?.runtime ?? 0);
  return known > 0 || base.season !== 1 ? known : ASSUMED;
};

const onDisk = (release: Listing, rows: readonly EpisodeRow[], rank: number): string[] => {
  const files = rows.filter((r) => r.fileId > 0).length;
  if (files === 0) return [];
  if (release.pack) {
    const missing = rows.length - files;
    const percent = Number(((missing / rows.length) * 100).toFixed(2));
    return [
      `Season pack does not meet the upgrade criteria. Upgradable: ${missing}/${rows.length} (${percent}%), Mode: All, Threshold: 100%`,
    ];
  }
  const better = rank > 1100 ? ['Existing file and the Quality profile does not allow upgrades'] : [];
  return [...better, `Existing file meets cutoff: ${FILE_QUALITY.name}`];
};
