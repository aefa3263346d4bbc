/** A moment: ISO 8601 in UTC, e.g. `2026-11-22T17:05:00.000Z`. */
export type Instant = string;

/** A calendar day as the broadcaster counts it: `YYYY-MM-DD`. */
export type Day = string;

export type ServiceName = 'tautulli' | 'sonarr' | 'sabnzbd';

/** Which configured server a message is about. Holds no credentials. */
export interface ServerRef {
  /** Id of the config node; the key of that server's memory. */
  readonly id: string;
  /** The name that the user gave it, or the product's name. */
  readonly name: string;
  /** The normalised URL (no credentials, no trailing slash): the key of locks, intents and the wanted order. */
  readonly url: string;
}

/** Requests that this run has sent, per service. */
export interface RequestCounts {
  tautulli: number;
  sonarr: number;
  sabnzbd: number;
}

/** Made by the first node of a run and carried through to the last one. */
export interface RunInfo {
  /** Unique per run; partial plans of one run share it. */
  readonly id: string;
  readonly startedAt: Instant;
  /** Plans and reports, and sends nothing that changes anything on a server. */
  readonly dryRun: boolean;
  readonly requests: RequestCounts;
}

/** A failure of one part of the run (a series, an episode, a job, a whole server); never holds a key. */
export interface RunError {
  /** One of the codes of `src/clients/http/failures.ts`, or of the step that failed. */
  readonly code: string;
  /** Name and URL of the server as a person knows it, e.g. `Sonarr at http://nas:8989`. */
  readonly server: string;
  readonly service: ServiceName;
  /** What was tried, e.g. `search releases of Harbour Lights S02E06`. */
  readonly operation: string;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  /** Whether the same request may work later without anybody changing anything. */
  readonly retryable: boolean;
  /** The sentence for people: which server, what was tried, what came back, what to do. */
  readonly message: string;
}

/** What was picked from a server's list: known by its id, and shown by the name that it had when it was picked. */
export interface Picked {
  /** `3`; of a series `tvdb:4711` or `sonarr:12`; empty for a text that somebody typed. */
  readonly id: string;
  readonly name: string;
}

/** One of several things in a setting: picked, or as a user types it (name or id; case and outer spaces do not matter). */
export type Choice = string | Picked;
