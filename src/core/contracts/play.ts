import type { Choice, Day, Instant } from './basics.js';

export interface Viewer {
  /** Stable id at the source (Tautulli: `user_id`; 0 is the local user). */
  readonly id: string;
  readonly name: string;
}

export interface Library {
  /** Plex section id. */
  readonly id: string | null;
  readonly name: string | null;
}

/** Ids of a series or an episode at the public databases; null when unknown. */
export interface ExternalIds {
  readonly tvdb: number | null;
  readonly tmdb: number | null;
  /** With its prefix, e.g. `tt11280740`. */
  readonly imdb: string | null;
}

export interface PlayedShow {
  readonly title: string;
  /** First year of the *show* (a history row has the episode's year). */
  readonly year: number | null;
  /** Plex rating key of the show; changes when the show is deleted and added again. */
  readonly key: string | null;
  readonly ids: ExternalIds;
  /** Whether title and year come from the show's own metadata; if not, title and ids are only hints of the history row. */
  readonly metadata: boolean;
}

/**
 * One viewing of one episode by one viewer, running or ended: the message between any source and `sonarr-lookup`.
 * Consecutive history rows of one viewer and episode (stopped and resumed) are already one play here.
 */
export interface Play {
  /** Unique among the plays of one message; orders plays that began and stopped alike. Higher is later. */
  readonly id: number;
  readonly viewer: Viewer;
  readonly library: Library;
  readonly show: PlayedShow;
  /** 0 is the specials; null when the source sends none (daily shows). */
  readonly season: number | null;
  readonly episode: number | null;
  /** Title of the episode, "" when unknown. */
  readonly title: string;
  /** When the episode first aired, as the source knows it. */
  readonly airDate: Day | null;
  /** Ids of the *episode*. */
  readonly episodeIds: ExternalIds;
  readonly startedAt: Instant;
  /** When it was last taken up again, if it was stopped in between: the age of a running play counts from here. */
  readonly resumedAt?: Instant;
  /** When it was stopped; for a running play the moment of the reading. */
  readonly stoppedAt: Instant;
  /** How far it got, in percent of the episode, 0–100. */
  readonly progress: number;
  /** Tautulli's `watched_status` 1. */
  readonly watched: boolean;
  /** It is playing (or paused in the player) now. */
  readonly playing: boolean;
  /** Began, or was taken up again, within `days to check`, or is running since 24 h at most; otherwise it is only remembered. */
  readonly active: boolean;
}

/** How many plays the user's filters left out, and why. */
export interface FilteredPlays {
  readonly viewers: number;
  readonly libraries: number;
  /** Below the minimum progress, not yet two minutes old, or not watched where that is asked for. */
  readonly progress: number;
}

export interface AllowDeny {
  /** Empty allows all. */
  readonly allowed: readonly Choice[];
  readonly denied: readonly Choice[];
}

/** Whose plays, and of which libraries, the source sends: open wants of others are not planned either. */
export interface PlayFilters {
  readonly viewers: AllowDeny;
  readonly libraries: AllowDeny;
}
