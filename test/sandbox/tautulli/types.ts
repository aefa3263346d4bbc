import type { WorldTautulli } from '../world/format.js';

export type NotifierAgent = NonNullable<WorldTautulli['notifiers']>[number]['agent'];

/** A show in Plex. Deleted and added again it is another one: new `ratingKey`, same `guid`. */
export interface StandInShow {
  readonly ratingKey: number;
  readonly title: string;
  readonly year: number | null;
  /** `plex://show/…`, or a legacy agent's. */
  readonly guid: string;
  /** `tvdb://…`, `tmdb://…`, `imdb://…`; empty for legacy and local agents. */
  readonly guids: readonly string[];
  readonly sectionId: number;
  /** No longer in Plex: its history stays, its metadata is gone. */
  readonly gone?: boolean;
  /** Seasons, as Plex counts children. */
  readonly children?: number;
}

export interface StandInLibrary {
  readonly id: number;
  readonly name: string;
  readonly type: 'show' | 'movie' | 'artist' | 'live';
}

export interface StandInUser {
  readonly id: number;
  /** As stored with each play. */
  readonly username: string;
  readonly friendlyName: string;
}

/** One playback, over or still running. */
export interface StandInPlay {
  readonly userId: number;
  /** The name as it was at the time. @default the user's */
  readonly username?: string;
  /** @default episode */
  readonly mediaType?: 'episode' | 'movie' | 'track';
  readonly live?: boolean;
  readonly ratingKey: number;
  /** Rating key of the season. */
  readonly seasonKey?: number;
  /** The show, or the artist of a track; none: a movie or live TV. */
  readonly show?: StandInShow;
  /** What live TV says instead, without any key. */
  readonly showTitle?: string;
  /** Library of what has no show. */
  readonly sectionId?: number;
  readonly title: string;
  /** Null: Plex sent none. */
  readonly season: number | null;
  readonly episode: number | null;
  /** The episode's year. */
  readonly year?: number | null;
  /** YYYY-MM-DD */
  readonly airDate?: string | null;
  /** The episode's guid. */
  readonly guid: string;
  /** Of the media, milliseconds. */
  readonly length: number;
  /** Percent of the length that was reached. */
  readonly progress: number;
  /** Where the first credits begin, milliseconds: from there on it counts as watched. */
  readonly creditsAt?: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Null: it is playing. */
  readonly stoppedAt: number | null;
  /** Seconds of pause. */
  readonly paused?: number;
  /** Of a running one. @default playing */
  readonly state?: 'playing' | 'paused' | 'buffering';
}

/** A finished play, as Tautulli's table holds it. */
export interface StoredPlay {
  readonly id: number;
  /** Id of the first row of its group. */
  readonly reference: number;
  readonly play: StandInPlay;
  readonly stoppedAt: number;
}

/** A play that is running. */
export interface Session {
  readonly key: number;
  readonly play: StandInPlay;
}

/** What a notifier's receiver got. */
export interface Notification {
  readonly id: number;
  readonly notifierId: number;
  readonly agent: NotifierAgent;
  readonly subject: string;
  readonly body: string;
  /** Of a webhook, from `headers` or the subject. */
  readonly headers: Readonly<Record<string, unknown>> | null;
  readonly at: number;
}
