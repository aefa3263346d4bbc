// Compiles src/ and nodes/ to dist/ and copies what Node-RED wants beside each node: html, icons, locales.
import { spawnSync } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
await rm(join(root, 'dist'), { recursive: true, force: true });
const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
await cp(join(root, 'nodes'), join(root, 'dist/nodes'), {
  recursive: true,
  filter: (source) => !source.endsWith('.ts'),
});
