/**
 * What outlives a node object: working copies and locks, shared by all nodes and flows of this Node-RED.
 * Kept on the global object, so that a module that is loaded twice (a package and its development copy) shares it too.
 */
const KEY = Symbol.for('@plex-jit/node-red-plex-jit/registry/1');

type Entries = Map<string, unknown>;

const entries = (): Entries => {
  const holder = globalThis as { [KEY]?: Entries };
  return (holder[KEY] ??= new Map<string, unknown>());
};

/** The thing under that key, made by the first who asks. The same key must always be asked for as the same type. */
export const shared = <T>(key: string, make: () => T): T => {
  const all = entries();
  if (!all.has(key)) all.set(key, make());
  return all.get(key) as T;
};

export const forget = (key: string): void => {
  entries().delete(key);
};
