import { setTimeout as wait } from 'node:timers/promises';

/** Resolves after that many milliseconds; rejects with the signal's reason when the node is closed. */
export const sleeper =
  (signal: AbortSignal) =>
  async (ms: number): Promise<void> => {
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  };

/** Resolves once the work has ended, and after that many milliseconds at the latest; rejects as it does. */
export const atMost = async (ms: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]).finally(() => clearTimeout(timer));
};
