// `npm start`: builds when the sources are newer than dist/, then starts Node-RED with the example flow.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));

const newest = (folder) =>
  readdirSync(join(root, folder), { recursive: true }).reduce(
    (latest, name) => Math.max(latest, statSync(join(root, folder, name)).mtimeMs),
    0,
  );
const built = statSync(join(root, 'dist/src/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (Math.max(newest('src'), newest('nodes')) > built) {
  const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 2, 2] });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts/start/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: process.cwd() },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
