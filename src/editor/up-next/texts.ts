import { red } from './red.js';

/** The catalogue of the plugin; Node-RED names it after the package and the plugin's entry, and loads it before the forms'. */
const CATALOGUE = '@plex-jit/node-red-plex-jit/plex-jit-up-next';

/** A text of the catalogue in the editor's language. */
export const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  red._(`${CATALOGUE}:${key}`, values);
