import type { Mutex } from 'async-mutex';

/** Resolves to what frees the lock; rejects with the reason of a stop, at once. */
const taken = async (lock: Mutex, signal: AbortSignal): Promise<() => void> => {
  signal.throwIfAborted();
  const place = lock.acquire();
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason as Error);
      void place.then((free) => free());
    };
    signal.addEventListener('abort', leave, { once: true });
    place.then((free) => {
      signal.removeEventListener('abort', leave);
      resolve(free);
    }, reject);
  });
};

/** Does what nobody else may do meanwhile; who is stopped while waiting for the others does not wait any longer. */
export const alone = async (lock: Mutex, signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
  const free = await taken(lock, signal);
  try {
    await work();
  } finally {
    free();
  }
};
