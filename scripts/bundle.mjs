import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, transform } from 'esbuild';

/** Which file of dist/ a module goes into: the first that fits. */
const BUNDLES = [
  // What registers the nodes is loaded when Node-RED starts, whether a flow uses them or not: test/package/loading.test.ts.
  ['registration', /^(nodes|plugins)\//],
  ['registration', /^src\/runtime\/(flow-node|queue|registry|server|servers\/\w+|journal\/journal)\.ts$/],
  ['registration', /^src\/admin\/(routes|[\w-]+\/index|up-next\/(announce|kept))\.ts$/],
  ['convert', /^src\/convert\/cli\.ts$/],
  // All the rest is loaded when the first of our nodes is made.
  ['plex-jit', /^src\//],
];
const bundleOf = (module) => BUNDLES.find(([, kind]) => kind.test(module))[0];

/** What a bundle begins with. */
const FIRST_LINES = { convert: '#!/usr/bin/env node\n' };

/** The name under which a bundle exports a module: `src/core/words/index.ts` is `core_words_index`. */
const nameOf = (module) =>
  module
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .replace(/\W/g, '_');

const OPTIONS = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  charset: 'utf8',
  packages: 'external',
  write: false,
  logLevel: 'warning',
};

/** `var import_zod = require("zod");`: how esbuild writes the import of what is in another file. */
const REQUIRE = /^var (import_\w+) = ((?:__toESM\()?require\("(?!node:)[^"]+"\)(?:\.\w+)?\)?);$/gm;

/** What `late` puts before the text: an object with a property for each import, which loads it and then is it. */
const LATE = `var __late = {};
var __import = (name, load) => Object.defineProperty(__late, name, {
  configurable: true, get: () => Object.defineProperty(__late, name, { value: load() })[name]
});
`;

/** The text of a bundle with other files loaded when they are first used. Throws when an import is used other than by a property. */
function late(text) {
  const names = [...text.matchAll(REQUIRE)].map(([, name]) => name).join('|');
  if (names === '') return text;
  const made = text
    .replace(new RegExp(`\\b(${names})\\.`, 'g'), '__late.$1.')
    .replace(REQUIRE, '__import("$1", () => $2);');
  const bare = new RegExp(`(?<!__late\\.|__import\\(")\\b(${names})\\b`).exec(made);
  if (bare !== null) throw new Error(`${bare[0]} is used other than by a property; it cannot be loaded late`);
  return LATE + made;
}

/** Without spaces and the names of local values; functions and classes keep theirs, and lines are so short that a stack trace tells the place. */
const small = async (text) => {
  // Without a format esbuild takes it for a script, whose top-level names it leaves alone.
  const { code } = await transform(text, { minify: true, lineLimit: 160, charset: 'utf8', target: 'node20' });
  return code;
};

/** Leaves the modules of other bundles where they are, and names them. */
const others = (root, own) => ({
  name: 'modules of other bundles',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === 'asked here') return undefined;
      const found = await resolve(path, { kind, resolveDir, pluginData: 'asked here' });
      const module = relative(root, found.path);
      return bundleOf(module) === own ? found : { path: `${bundleOf(module)}#${nameOf(module)}`, external: true };
    }),
});

/** The modules that a bundle exports: what another one imports, and what package.json names. */
async function exported(root, named) {
  const all = { absWorkingDir: root, entryPoints: named, outdir: 'nowhere', metafile: true };
  const { metafile } = await build({ ...OPTIONS, ...all });
  const modules = new Set(named);
  for (const [importer, { imports }] of Object.entries(metafile.inputs))
    for (const { path, external } of imports) if (!external && bundleOf(path) !== bundleOf(importer)) modules.add(path);
  return modules;
}

async function bundle(root, own, modules) {
  const contents = modules.map((module) => `export * as ${nameOf(module)} from './${module}';`).join('\n');
  const one = { absWorkingDir: root, stdin: { contents, resolveDir: root }, plugins: [others(root, own)] };
  const { outputFiles } = await build({ ...OPTIONS, ...one });
  return late(outputFiles[0].text.replace(/require\("([\w-]+)#(\w+)"\)/g, 'require("./$1.js").$2'));
}

/**
 * Compiles the package into a folder: few files, as each costs time at a start, and what is not needed there apart from what is.
 * @param registered the files of nodes and plugins that Node-RED is told of, below that folder
 */
export async function compile(root, dist, registered) {
  const sources = registered.map((file) => file.replace(/\.js$/, '.ts'));
  const modules = [...(await exported(root, [...sources, 'src/convert/cli.ts']))];
  for (const name of new Set(modules.map(bundleOf))) {
    const own = modules.filter((module) => bundleOf(module) === name);
    const text = await small(await bundle(root, name, own));
    await writeFile(join(dist, `${name}.js`), (FIRST_LINES[name] ?? '') + text);
  }
  for (const [i, file] of registered.entries()) {
    await mkdir(dirname(join(dist, file)), { recursive: true });
    const text = `module.exports = require('../../registration.js').${nameOf(sources[i])}.default;\n`;
    await writeFile(join(dist, file), text);
  }
  const index = { entryPoints: ['src/index.ts'], outfile: join(dist, 'index.js'), write: true };
  await build({ ...OPTIONS, absWorkingDir: root, ...index, minifyWhitespace: true });
}
