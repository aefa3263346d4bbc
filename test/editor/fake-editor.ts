import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormNode, Params, Property } from '../../src/editor/red.js';

const ROOT = join(__dirname, '..', '..');
const SHARED = '@plex-jit/node-red-plex-jit/plex-jit-up-next';

export type Language = 'en-US' | 'de';

const catalogue = (folder: string, name: string, language: Language): unknown =>
  JSON.parse(readFileSync(join(ROOT, folder, name, 'locales', language, `${name}.json`), 'utf8'));

/** As Node-RED looks a text up: the key itself where there is none. */
const lookUp = (texts: unknown, key: string, params: Params): string => {
  const found = key
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts);
  if (typeof found !== 'string') return key;
  return found.replace(/__(\w+?)__/g, (_, name: string) => String(params[name] ?? ''));
};

/** Puts an editor with the real shared catalogue in place, as `RED`. */
export const fakeEditor = (language: Language = 'en-US'): void => {
  const texts = catalogue('plugins', 'up-next', language);
  const _ = (key: string, params: Params = {}): string => lookUp(texts, key.replace(`${SHARED}:`, ''), params);
  Object.assign(globalThis, { RED: { _ } });
};

/** A node of that type with the real texts of its form. */
export const formNode = (name: string, defaults: Readonly<Record<string, Property>>, language: Language = 'en-US') => {
  const texts = catalogue('nodes', name, language);
  const node: FormNode = {
    ...{ id: 'n1', type: `plex-jit-${name}`, _def: { category: 'config', defaults } },
    _: (key, params = {}) => lookUp(texts, key, params),
  };
  return node;
};
