// Makes dist/ of src/, nodes/ and plugins/: bundles, types of the messages, and what Node-RED wants beside each node (forms,
// icons, texts). src/editor/ becomes scripts in resources/, which Node-RED serves to the browser.
// Both are made beside and moved into place at the end, so that whoever reads them meanwhile finds a whole one.
import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compile } from './bundle.mjs';
import { makeCompact } from './compact.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const made = await mkdtemp(join(root, '.build-'));
process.on('exit', (code) => code !== 0 && spawnSync('rm', ['-rf', made]));
const dist = join(made, 'dist');

for (const folder of ['nodes', 'plugins']) {
  await cp(join(root, folder), join(dist, folder), { recursive: true, filter: (source) => !source.endsWith('.ts') });
}
await makeCompact(dist);
const { nodes, plugins } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))['node-red'];
const registered = [...Object.values(nodes), ...Object.values(plugins)];
await compile(
  root,
  dist,
  registered.map((file) => file.replace(/^dist\//, '')),
);
// npm does so on installing; from a checkout nobody does.
await chmod(join(dist, 'convert.js'), 0o755);
const types = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.types.json', '--outDir', join(dist, 'types')],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (types.status !== 0) process.exit(types.status ?? 1);
await build({
  entryPoints: { editor: join(root, 'src/editor/index.ts'), 'up-next': join(root, 'src/editor/up-next/index.ts') },
  outdir: join(made, 'resources'),
  bundle: true,
  format: 'iife',
  target: 'es2020',
  charset: 'utf8',
  minify: true,
  logLevel: 'warning',
});
for (const folder of ['dist', 'resources']) {
  await rm(join(root, folder), { recursive: true, force: true });
  await rename(join(made, folder), join(root, folder));
}
await rm(made, { recursive: true, force: true });
