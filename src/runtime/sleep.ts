import { setTimeout as wait } from 'node:timers/promises';

/** Resolves after that many milliseconds; rejects with the signal's reason when the node is closed. */
export const sleeper =
  (signal: AbortSignal) =>
  async (ms: number): Promise<void> => {
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  };
