import type { Place } from './json/types.js';

export const SERVICES = ['tautulli', 'sonarr', 'sabnzbd'] as const;
export type Service = (typeof SERVICES)[number];

/** What became of one option of the reference. Never holds a key, a password or the address of a ping. */
export interface Fate {
  /** As it stands in the file: `sonarr.cache_time`. */
  readonly option: string;
  /** Null: it does not stand there. */
  readonly at: Place | null;
  readonly became: string;
  /** Something is left for the user to do or to look at. */
  readonly attention: boolean;
}

export interface Variable {
  readonly name: string;
  /** Null: nothing usable stands in the file; the user is to fill it in. */
  readonly value: string | null;
}

/** What the flow takes over. */
export interface Settings {
  /** Properties by the type of the node that takes them, without `plex-jit-`. */
  readonly nodes: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
  /** Credentials of a server node besides its key, as references to the environment. */
  readonly credentials: Readonly<Partial<Record<Service, Readonly<Record<string, string>>>>>;
  /** Minutes between runs; null: as in the example. */
  readonly every: number | null;
}

export interface Conversion {
  readonly settings: Settings;
  readonly variables: readonly Variable[];
  readonly fates: readonly Fate[];
}
