import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `const x_js_1 = require("./x.js");`, as TypeScript writes each import. */
const REQUIRE = /^const (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);\n/gm;

/** An object with a property for each module, which loads it and then is it. */
const table = (imports) =>
  [
    'const __imports = {',
    ...imports.map(([, name, load]) => `    get ${name}() { return __load("${name}", ${load}); },`),
    '};',
    'const __load = (name, value) => Object.defineProperty(__imports, name, { value })[name];',
    '',
  ].join('\n');

/** The text of a compiled module, with its imports loaded when they are first used. Throws when an import is used in a way that is not known here. */
function lazily(text) {
  const imports = [...text.matchAll(REQUIRE)];
  const [first] = imports;
  if (first === undefined) return text;
  const names = imports.map(([, name]) => name).join('|');
  const rest = text.replace(REQUIRE, '').replace(new RegExp(`\\b(${names})\\.`, 'g'), '__imports.$1.');
  const bare = new RegExp(`(?<!__imports\\.)\\b(${names})\\b`).exec(rest);
  if (bare !== null) throw new Error(`${bare[0]} is used other than by a property; it cannot be loaded late`);
  return rest.slice(0, first.index) + table(imports) + rest.slice(first.index);
}

/**
 * Has what the modules of a compiled folder import loaded when it is first used: Node-RED loads all nodes at its start,
 * and nobody is to wait there for what only a run needs (zod, axios and most of this package).
 */
export async function makeLazy(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const file = join(folder, name);
    await writeFile(file, lazily(await readFile(file, 'utf8')));
  }
}
