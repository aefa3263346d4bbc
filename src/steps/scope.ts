import type { SabnzbdClient } from '../clients/sabnzbd/types.js';
import type { SonarrClient } from '../clients/sonarr/types.js';
import type { TautulliClient } from '../clients/tautulli/types.js';
import type { Choice, ServerRef } from '../core/contracts/index.js';
import type { TautulliState } from '../state/tautulli.js';
import type { Clock, Log } from '../state/types.js';

/** What every step is given besides its servers: how to be stopped, the clock, and somebody to tell. */
export interface StepScope {
  readonly signal: AbortSignal;
  readonly now: Clock;
  readonly log: Log;
  /** Resolves after that many milliseconds; rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Shows what is being done now, in a few words. */
  readonly progress?: (text: string) => void;
}

/** What the steps that use Tautulli are given. */
export interface TautulliDeps extends StepScope {
  readonly client: TautulliClient;
  readonly server: ServerRef;
  readonly state: TautulliState;
}

/** What the steps that use Sonarr are given; each adds what it remembers. */
export interface SonarrDeps extends StepScope {
  readonly client: SonarrClient;
  readonly server: ServerRef;
  /** The SABnzbd that this Sonarr feeds, when the user named it. */
  readonly sabnzbd: { readonly client: SabnzbdClient; readonly server: ServerRef } | null;
  /** Which of Sonarr's download clients that is, when the user chose it: jobs of others are not ours. */
  readonly downloadClient?: Choice;
}
