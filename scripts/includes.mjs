import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const INCLUDE = /^ *<!-- include (\S+) -->\n/gm;

/**
 * A form with the rows that it shares with others, each in the place of its `<!-- include src/editor/… -->`.
 * @param {string} html
 * @returns {string}
 */
export const withIncludes = (html) => html.replace(INCLUDE, (_, path) => readFileSync(join(ROOT, path), 'utf8'));
