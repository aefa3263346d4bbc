import { SECOND } from '../core/time.js';
import type { Log, Store } from '../state/types.js';
import type { NodeAPI } from './node-types.js';

/** The part of Node-RED's context that is used: always with a callback, which says that the store has answered. */
export interface Context {
  get(key: string, store: string | undefined, callback: (error: unknown, value?: unknown) => void): void;
  set(key: string, value: unknown, store: string | undefined, callback: (error?: unknown) => void): void;
}

/** A context key is read as a property expression: dots and colons would nest or be refused. */
const safeKey = (key: string): string => key.replace(/\W/g, '_');

/** Node-RED's context store failed; the message has no full stop yet, as it stands in other sentences too. */
export class StoreFailed extends Error {
  constructor(what: string, error: unknown) {
    super(`Node-RED's context store could not ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Milliseconds: a store that never answers, as one in a database that is gone, would else hold up a run and all after it for ever. */
const PATIENCE = 30 * SECOND;

/** Has a store called, which answers, throws at once, or does neither. */
const asked = <T>(what: string, call: (done: (error: unknown, value?: T) => void) => void): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  return new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => reject(new StoreFailed(what, `no answer within ${PATIENCE / SECOND} s`)), PATIENCE);
    call((error, value) => {
      if (error === undefined || error === null) resolve(value as T);
      else reject(new StoreFailed(what, error));
    });
  })
    .catch((error: unknown) => {
      throw error instanceof StoreFailed ? error : new StoreFailed(what, error);
    })
    .finally(() => clearTimeout(timer));
};

/** A `Store` in one context (a config node's own, or the global one) and one of Node-RED's context stores. */
export const contextStore = (context: Context, storeName: string | undefined): Store => ({
  get: (key) => asked('be read', (done) => context.get(safeKey(key), storeName, done)),
  set: (key, value) => asked<void>('be written', (done) => context.set(safeKey(key), value, storeName, done)),
});

/**
 * The context store that a server's memory lives in; undefined is Node-RED's default.
 * Node-RED uses its default for a name it does not know and says so at debug level only, so `log` is told here.
 */
export const chosenStore = (RED: NodeAPI, name: string, log: Pick<Log, 'warn'>): string | undefined => {
  if (name === '' || name === 'default') return undefined;
  const stores = RED.settings.contextStorage as Readonly<Record<string, unknown>> | undefined;
  if (stores !== undefined && name in stores) return name;
  // What Node-RED's default is without any settings.
  if (stores === undefined && name === 'memory') return undefined;
  log.warn('no-context-store', `Node-RED has no context store "${name}"; the default store is used.`);
  return undefined;
};

type StoreSetting = { readonly module?: unknown } | string | undefined;

/** Whether a context store outlives a restart of Node-RED; one that is not Node-RED's own is taken to. @param name undefined is the default store */
export const outlivesRestart = (RED: NodeAPI, name: string | undefined): boolean => {
  const stores = (RED.settings.contextStorage ?? {}) as Readonly<Record<string, StoreSetting>>;
  // Without a default the first in the settings is it.
  const chosen = stores[name ?? ('default' in stores ? 'default' : (Object.keys(stores)[0] ?? ''))];
  const store = typeof chosen === 'string' ? stores[chosen] : chosen;
  return typeof store === 'object' && store.module !== 'memory';
};
