import { setMaxListeners } from 'node:events';

export interface Linked {
  readonly signal: AbortSignal;
  abort(): void;
  /** Takes the listeners off the signals it was linked to. */
  unlink(): void;
}

/** A signal that is aborted by itself or by any of the others. (`AbortSignal.any` is missing in early Node 20.) */
export const linkSignals = (...sources: readonly (AbortSignal | undefined)[]): Linked => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const signals = sources.filter((source) => source !== undefined);
  // Any number of requests may wait on one signal without that being a leak.
  if (signals.length > 0) setMaxListeners(0, ...signals);
  for (const signal of signals) {
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  const unlink = (): void => signals.forEach((signal) => signal.removeEventListener('abort', abort));
  return { signal: controller.signal, abort, unlink };
};

/** Resolves after that many milliseconds, or as soon as the signal is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', end, { once: true });
  });
