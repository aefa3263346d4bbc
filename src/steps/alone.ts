import type { Mutex } from 'async-mutex';
import { placeOrAbort } from '../clients/http/places.js';

/**
 * Does what nobody else may do meanwhile; who is stopped while waiting for the others does not wait any longer.
 * Rejects with the reason of the stop.
 */
export const alone = async (lock: Mutex, signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
  const free = await placeOrAbort(lock.acquire(), signal);
  if (free === null) throw signal.reason as Error;
  try {
    await work();
  } finally {
    free();
  }
};
