import type { Day, ExternalIds, Instant } from '../../core/contracts/index.js';
import type { Rows } from '../http/types.js';

/** One row of `get_history` (grouping=0); a running session has no id. */
export interface HistoryRow {
  readonly id: number | null;
  readonly startedAt: Instant;
  readonly stoppedAt: Instant;
  readonly userId: string;
  /** Friendly name, else the name as stored. */
  readonly userName: string;
  readonly live: boolean;
  readonly ratingKey: string | null;
  readonly showKey: string | null;
  readonly showTitle: string;
  readonly title: string;
  readonly season: number | null;
  readonly episode: number | null;
  readonly airDate: Day | null;
  /** The *episode's* guid as stored, "" when unknown. */
  readonly guid: string;
  /** Percent, cut to 0–100. */
  readonly progress: number;
  readonly watched: boolean;
  /** `playing`, `paused`, `buffering` for a running session, else null. */
  readonly state: string | null;
}

export interface HistoryPage extends Rows<HistoryRow> {
  /** Rows that match in all, running ones included. */
  readonly total: number;
}

export interface ShowMetadata {
  readonly key: string;
  readonly title: string;
  readonly year: number | null;
  readonly ids: ExternalIds;
  readonly libraryId: string | null;
  readonly libraryName: string | null;
}

export interface Notifier {
  readonly id: number;
  /** `webhook`, `email`, `discord`, … as Tautulli names its agents. */
  readonly agent: string;
  readonly label: string;
}

export interface TautulliUser {
  readonly id: string;
  /** Friendly name, as history rows show it. */
  readonly name: string;
  readonly username: string;
}

export interface TautulliLibrary {
  readonly id: string;
  readonly name: string;
  readonly type: 'show' | 'movie' | 'artist' | 'photo' | 'live' | 'other';
}

/** Tautulli's API v2; key and parameters go in the form body. */
export interface TautulliClient {
  version(): Promise<string>;
  /** Episodes only, newest start first, `grouping=0`. `after` is a day of the server's own time zone: widen it. */
  history(query: { after: Day; length: number; includeActivity: boolean }): Promise<HistoryPage>;
  /** Null: no such item, or Plex is down (`plexConnected` tells). */
  showMetadata(showKey: string): Promise<ShowMetadata | null>;
  plexConnected(): Promise<boolean | null>;
  notifiers(): Promise<readonly Notifier[]>;
  /** All that Tautulli knows, who were removed from Plex and `Local` (id 0) included. */
  users(): Promise<readonly TautulliUser[]>;
  /** Also while Plex is down. */
  libraries(): Promise<readonly TautulliLibrary[]>;
  /** Never repeated by itself; generous time-out (Tautulli waits for the receiver). */
  notify(message: { notifier: number; name?: string; subject: string; body: string }): Promise<void>;
}
