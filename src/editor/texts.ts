import { type FormNode, type Params, editor } from './red.js';

/**
 * The catalogue that all forms and the sidebar share: plugins/up-next/locales/<language>/up-next.json.
 * Node-RED names it after the package and the plugin's entry in package.json, and loads it before any form.
 */
const CATALOGUE = '@plex-jit/node-red-plex-jit/plex-jit-up-next';

/** Node-RED gives the key back, with or without its catalogue, where there is no text; a group of texts is none. */
const found = (text: unknown, key: string): string | null =>
  typeof text === 'string' && text !== key && !text.endsWith(`:${key}`) ? text : null;

/** A text of the shared catalogue in the editor's language, or `fallback` (else the key) when there is none. */
export const text = (key: string, params: Params = {}, fallback = key): string =>
  found(editor()._(`${CATALOGUE}:${key}`, params), key) ?? fallback;

/** A text of the node's own catalogue; null when there is none. */
export const ownText = (node: FormNode, key: string, params: Params = {}): string | null =>
  found(node._(key, params), key);
