import { setTimeout as wait } from 'node:timers/promises';

/** Resolves after that many milliseconds; rejects with the signal's reason when the node is closed. */
export const sleeper =
  (signal: AbortSignal) =>
  async (ms: number): Promise<void> => {
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  };

/** What the work comes to; undefined when it has not ended after that many milliseconds. Rejects as it does. */
export const atMost = async <T>(ms: number, work: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([work, patience]).finally(() => clearTimeout(timer));
};
