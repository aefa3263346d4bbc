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
