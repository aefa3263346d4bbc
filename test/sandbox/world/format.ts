/**
 * The world file of the sandbox (`npm start -- --world FILE`); documented for people in docs/sandbox.md.
 * Moments are relative to the start: `-2h`, `-3d`, `-40m`, `+10m`, `-1d2h30m`, `0`; absolute ISO 8601 works too.
 * Lists of numbers are ranges: `1-3,5`, `all`, `none`.
 */
export type When = string;
export type Ranges = string;

export interface WorldFile {
  readonly $schema?: string;
  readonly description?: string;
  readonly clock?: { /** Sandbox seconds per real second. @default 1 */ readonly speed?: number };
  readonly series: readonly WorldSeries[];
  readonly households: readonly WorldHousehold[];
  readonly tautulli?: WorldTautulli;
  readonly sonarr?: WorldSonarr;
  readonly sabnzbd?: WorldSabnzbd;
  readonly indexer?: WorldIndexer;
  /** Jobs already under way when the world begins. */
  readonly downloads?: readonly WorldDownload[];
  readonly faults?: readonly WorldFault[];
}

export interface WorldSeries {
  /** Sonarr's title; plays name the series by it. Unique in the file (or use `key`). */
  readonly title: string;
  /** How the file refers to the series, when titles are not unique. @default title */
  readonly key?: string;
  /** Show title in Plex. @default title */
  readonly plexTitle?: string;
  readonly year?: number;
  readonly tvdb?: number;
  readonly tmdb?: number;
  readonly imdb?: string;
  /** Ids as Plex knows them. @default the same; `none`: Plex knows none (a local or legacy agent) */
  readonly plexIds?: 'same' | 'none';
  /** Deleted from Plex since: history stays, metadata is gone. */
  readonly goneFromPlex?: boolean;
  /** Sonarr does not have it. */
  readonly notInSonarr?: boolean;
  readonly type?: 'standard' | 'daily' | 'anime';
  readonly status?: 'continuing' | 'ended' | 'upcoming';
  /** Minutes. @default 45 */
  readonly runtime?: number;
  readonly monitored?: boolean;
  readonly tags?: readonly string[];
  readonly library?: string;
  readonly alternateTitles?: readonly string[];
  readonly seasons: readonly WorldSeason[];
}

export interface WorldSeason {
  /** 0 is the specials. */
  readonly number: number;
  /** How many, or each by itself. */
  readonly episodes: number | readonly WorldEpisode[];
  /** First episode's air time. @default -400d; of a daily series so that the last one aired a day ago */
  readonly firstAired?: When;
  /** Between episodes. @default 7d; of a daily series 1d */
  readonly every?: string;
  /** Episodes with a file. @default none */
  readonly files?: Ranges;
  /** Episodes that share one file, e.g. `["2-3"]`. */
  readonly shared?: readonly Ranges[];
  readonly monitored?: boolean;
  /** Episodes for which the indexer has releases. @default all (of those that aired) */
  readonly releases?: Ranges;
  /** The indexer has a pack of the season. @default true once all have aired */
  readonly pack?: boolean;
}

export interface WorldEpisode {
  readonly number: number;
  readonly title?: string;
  /** `none`: no air date. */
  readonly aired?: When;
  readonly runtime?: number;
  readonly file?: boolean;
  readonly monitored?: boolean;
  readonly absolute?: number;
  readonly tvdb?: number;
  readonly releases?: number | readonly WorldRelease[];
}

export interface WorldRelease {
  readonly title?: string;
  /** GB (10^9 bytes). @default runtime × 45 MB */
  readonly size?: number;
  readonly protocol?: 'usenet' | 'torrent';
  /** Sonarr's verdict; any text rejects it. */
  readonly rejected?: string;
  readonly temporarilyRejected?: string;
  /** Episode numbers of the season that it holds. @default its own */
  readonly episodes?: Ranges;
  /** What comes of fetching its NZB: an HTTP status, or `broken`. */
  readonly nzb?: number | 'broken';
  /** The download ends as failed. */
  readonly failsDownload?: boolean;
}

export interface WorldHousehold {
  readonly name?: string;
  readonly viewers: readonly WorldViewer[];
}

export interface WorldViewer {
  readonly name: string;
  readonly id?: number;
  readonly plays: readonly WorldPlay[];
}

export interface WorldPlay {
  /** Key (or title) of a series of this file. */
  readonly series: string;
  readonly season: number | null;
  /** A number or a range: several are watched one after the other, the last one from `at` on; null: Plex sends none (daily shows). */
  readonly episode: number | Ranges | null;
  /** When the (last) play began. */
  readonly at: When;
  /** `yyyy-MM-dd`: which episode it is, where `episode` is null. */
  readonly airDate?: string;
  /** Percent. @default 100 */
  readonly progress?: number;
  readonly playing?: boolean;
  readonly live?: boolean;
}

export interface WorldTautulli {
  readonly apiKey?: string;
  readonly urlBase?: string;
  /** @default v2.17.2 */
  readonly version?: string;
  /** Tautulli's own time zone, hours east of UTC. @default 0 */
  readonly utcOffset?: number;
  readonly plexDown?: boolean;
  readonly notifiers?: readonly {
    readonly id: number;
    readonly agent: 'webhook' | 'email' | 'discord' | 'script';
    readonly name?: string;
    readonly fails?: boolean;
  }[];
}

export interface WorldSonarr {
  readonly apiKey?: string;
  readonly urlBase?: string;
  /** 4.x words a few errors differently. @default 5.0.0.1204 */
  readonly version?: string;
  /** GB free where the series are. @default 500 */
  readonly freeSpace?: number;
  /** Seconds after a grab until the queue shows it. @default 5 */
  readonly queueBlindness?: number;
  /** Minutes a searched release can be grabbed. @default 30 */
  readonly releaseCache?: number;
  /** Seconds between refreshes of the queue. @default 60 */
  readonly refreshEvery?: number;
  /** Sonarr searches again by itself after a failed download. @default true */
  readonly redownloadFailed?: boolean;
  /** SABnzbd is switched on as its download client. @default true */
  readonly usenetClient?: boolean;
}

export interface WorldIndexer {
  readonly name?: string;
  /** Sonarr's settings say so; searches go on as they are. @default true */
  readonly interactiveSearch?: boolean;
  /** Seconds between two requests (searches and NZB fetches alike). @default 2 */
  readonly spacing?: number;
  /** Seconds a search takes. @default 0.3 */
  readonly searchTakes?: number;
  /** All searches fail, with the health that goes with it. */
  readonly down?: boolean;
}

export interface WorldSabnzbd {
  readonly apiKey?: string;
  readonly nzbKey?: string;
  readonly urlBase?: string;
  /** @default 5.0.1 */
  readonly version?: string;
  readonly paused?: boolean;
  /** MB/s. @default 20 */
  readonly rate?: number;
  /** Seconds from download to import. @default 5 */
  readonly importTakes?: number;
  /** SABnzbd refuses host names that are not listed. */
  readonly checkHostname?: boolean;
}

export interface WorldDownload {
  /** A series' episode(s) that Sonarr grabbed; without it a job of somebody else. */
  readonly series?: string;
  readonly season?: number;
  readonly episodes?: Ranges;
  readonly name?: string;
  readonly category?: string;
  readonly priority?: 'Force' | 'High' | 'Normal' | 'Low';
  readonly paused?: boolean;
  /** GB. @default 2 */
  readonly size?: number;
  /** Percent done. @default 0 */
  readonly done?: number;
  /** Another client: a torrent or a second usenet client. @default sabnzbd */
  readonly client?: 'sabnzbd' | 'torrent' | 'nzbget';
  /** How Sonarr sees it. `waiting`: held back · `blocked`, `failed`: still in its queue · `unmapped`: no episode id. @default as the job goes */
  readonly state?: 'waiting' | 'blocked' | 'failed' | 'unmapped';
  readonly message?: string;
  readonly grabbed?: When;
}

export interface WorldFault {
  readonly server: 'tautulli' | 'sonarr' | 'sabnzbd';
  /** Words that all occur in the request's method, path or command (`get_history`, `POST /release`). @default all requests */
  readonly route?: string;
  readonly kind: FaultKind;
  /** How often it strikes. @default for ever */
  readonly times?: number;
  /** Requests of that route that go well before. @default 0 */
  readonly after?: number;
  /** How long `slow` takes, or `refused` with `times` lasts. @default 2 and 1 */
  readonly seconds?: number;
  /** Of the answer to `status`, `html`, `login` or `redirect`. @default 500, 200, 302 and 307 */
  readonly status?: number;
}

/**
 * `refused`: nothing listens · `reset-before`, `reset-after`: the connection is cut before or after the work was done · `hang`: never answers ·
 * `hang-after`: does the work and never answers · `status`: that status with the body the real server sends · `html`: a page instead of JSON ·
 * `truncated`: half of the JSON · `empty`: success with nothing in it · `wrong-key` · `redirect`: as with a missing URL base · `login`: a proxy's login page
 */
export const FAULT_KINDS = [
  'refused',
  'reset-before',
  'reset-after',
  'slow',
  'hang',
  'hang-after',
  'status',
  'html',
  'truncated',
  'empty',
  'wrong-key',
  'redirect',
  'login',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
