/**
 * Waits for a place that a lock or semaphore gives; who is aborted while waiting does not wait any longer.
 * Resolves to the function that frees the place, or to null when aborted before there was one.
 */
export const placeOrAbort = (place: Promise<() => void>, signal: AbortSignal): Promise<(() => void) | null> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      resolve(null);
      void place.then((free) => free());
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    place.then((free) => {
      signal.removeEventListener('abort', leave);
      resolve(free);
    }, reject);
  });
