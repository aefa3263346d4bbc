import type { Choice } from './basics.js';

/** Settings of `tautulli-history`; names as in `msg.plexJit`. */
export interface HistorySettings {
  /** @default 2 */
  readonly daysToCheck: number;
  /** @default 30 */
  readonly rememberedDays: number;
  /** What is playing now counts. @default true */
  readonly includePlaying: boolean;
  /** Percent; 0 counts every play. @default 0 */
  readonly minimumProgress: number;
  /** Only plays that Tautulli counts as watched. @default false */
  readonly watchedOnly: boolean;
  /** An empty allow-list allows all. */
  readonly viewersAllowed: readonly Choice[];
  readonly viewersDenied: readonly Choice[];
  readonly librariesAllowed: readonly Choice[];
  readonly librariesDenied: readonly Choice[];
}

/** Settings of `sonarr-lookup`. */
export interface LookupSettings {
  /** Sonarr tags: picked, or their labels. */
  readonly excludeTags: readonly Choice[];
  /** Shows that are ignored: picked, or their titles, `tvdb:123` or `sonarr:12`. */
  readonly ignoreShows: readonly Choice[];
  /** Units read afresh after each position. @default 24 */
  readonly unitsRead: number;
  /** Hours that the series index and episode lists are kept. @default 6 */
  readonly cacheTime: number;
  /** Hours until the same episode is searched again. @default 48 */
  readonly searchCache: number;
}

/** Another look-ahead (or none at all) for a viewer, a library or a Sonarr tag; the first that fits counts. */
export interface LookAheadRule {
  readonly for: 'viewer' | 'library' | 'tag';
  /** When it was picked: that of the viewer, the library or the tag; it alone counts then. */
  readonly id?: string;
  /** Name or id of the viewer or library, label of the tag. */
  readonly name: string;
  /** Episodes to look ahead; 0 ignores. */
  readonly episodesToCheck: number;
}

/** Settings of `next-episodes`. */
export interface PlanningSettings {
  /** @default 5 */
  readonly episodesToCheck: number;
  /** @default 3 */
  readonly checkOverflow: number;
  /** Minutes. @default 60 */
  readonly execFrequency: number;
  /** @default true */
  readonly skipSpecials: boolean;
  readonly rules: readonly LookAheadRule[];
  /** Accounts that several people share: `watched` never applies to them. */
  readonly sharedViewers: readonly Choice[];
  /** @default 10 */
  readonly searchesPerRun: number;
  /** @default 50 */
  readonly searchesPerDay: number;
}

export const CHOOSE = ['pick', 'sonarr'] as const;
export const PROTOCOLS = ['any', 'usenet'] as const;
export const MONITOR = ['until-file', 'for-good', 'never'] as const;

/** Settings of `sonarr-search`. */
export interface SearchSettings {
  /** `pick`: choose the release and know its download at once · `sonarr`: let Sonarr search. @default pick */
  readonly choose: (typeof CHOOSE)[number];
  /** `any`: as Sonarr ranks. @default any */
  readonly protocol: (typeof PROTOCOLS)[number];
  /** @default until-file */
  readonly monitor: (typeof MONITOR)[number];
  /** GB (10^9 bytes) that stay free; 0 does not ask. @default 20 */
  readonly keepFree: number;
  /** Take a season pack when at least this share (percent) of the season is missing and wanted; 0 is off. @default 0 */
  readonly seasonPacks: number;
  readonly dryRun: boolean;
}

export const RAISE = ['high', 'force'] as const;

/** Settings of `sabnzbd-priority`. */
export interface PrioritySettings {
  /** @default high */
  readonly raise: (typeof RAISE)[number];
  /** Seconds to wait for a job that SABnzbd does not list yet. @default 10 */
  readonly waitForJob: number;
  readonly dryRun: boolean;
}

export const TELL = ['grabbed', 'problems', 'unmatched'] as const;
export type Tell = (typeof TELL)[number];

/** Settings of `tautulli-notify`. */
export interface NotifySettings {
  /** Tautulli's notifier id; null sends nothing. @default null */
  readonly notifier: number | null;
  /** What it was called when it was picked, for sentences; empty when that is not known. */
  readonly notifierName?: string;
  /** Mustache templates. */
  readonly subject: string;
  readonly body: string;
  /** What is told. @default grabbed, problems */
  readonly tell: readonly Tell[];
  readonly dryRun: boolean;
}
