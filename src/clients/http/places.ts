import { Semaphore } from 'async-mutex';

/** Lets a few of many run at a time; who is aborted while waiting does not wait any longer. */
export class Places {
  readonly #semaphore: Semaphore;

  constructor(places: number) {
    this.#semaphore = new Semaphore(places);
  }

  /** Resolves to the function that frees the place, or to null when aborted before there was one. */
  take(signal: AbortSignal): Promise<(() => void) | null> {
    if (signal.aborted) return Promise.resolve(null);
    const place = this.#semaphore.acquire().then(([, release]) => release);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        resolve(null);
        void place.then((release) => release());
      };
      signal.addEventListener('abort', leave, { once: true });
      place.then((release) => {
        signal.removeEventListener('abort', leave);
        resolve(release);
      }, reject);
    });
  }
}
