// CommonJS, as the build and the tests both read forms with it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const INCLUDE = /^ *<!-- include (\S+) -->\n/gm;

/** A form with the rows that it shares with others, each in the place of its `<!-- include src/editor/… -->`. */
exports.withIncludes = (html) => html.replace(INCLUDE, (_, path) => readFileSync(join(ROOT, path), 'utf8'));
