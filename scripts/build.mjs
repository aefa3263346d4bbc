// Compiles src/, nodes/ and plugins/ to dist/ and copies what Node-RED wants beside each node: html, icons, locales.
// src/editor/ becomes scripts in resources/, which Node-RED serves to the browser.
// Both are made beside and moved into place at the end, so that whoever reads them meanwhile finds a whole one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeLazy } from './lazy-requires.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const made = await mkdtemp(join(root, '.build-'));
process.on('exit', (code) => code !== 0 && spawnSync('rm', ['-rf', made]));

const compile = (project) => {
  const tsc = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', project, '--outDir', join(made, 'dist')],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
};
compile('tsconfig.build.json');
// The types of the messages keep their comments, and are all that is needed of types.
compile('tsconfig.types.json');
await makeLazy(join(made, 'dist'));
// npm does so on installing; from a checkout nobody does.
await chmod(join(made, 'dist/src/convert/cli.js'), 0o755);
for (const folder of ['nodes', 'plugins'].filter((name) => existsSync(join(root, name)))) {
  await cp(join(root, folder), join(made, 'dist', folder), {
    recursive: true,
    filter: (source) => !source.endsWith('.ts'),
  });
}
await build({
  entryPoints: { editor: join(root, 'src/editor/index.ts'), 'up-next': join(root, 'src/editor/up-next/index.ts') },
  outdir: join(made, 'resources'),
  bundle: true,
  format: 'iife',
  target: 'es2020',
  minify: true,
  logLevel: 'warning',
});
for (const folder of ['dist', 'resources']) {
  await rm(join(root, folder), { recursive: true, force: true });
  await rename(join(made, folder), join(root, folder));
}
await rm(made, { recursive: true, force: true });
