import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds when the sources under `root` are newer than dist/; ends the process when that fails. */
export const buildWhenNeeded = (root) => {
  const newest = (folder) =>
    readdirSync(join(root, folder), { recursive: true }).reduce(
      (latest, name) => Math.max(latest, statSync(join(root, folder, name)).mtimeMs),
      0,
    );
  const built = statSync(join(root, 'dist/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.max(...['src', 'nodes', 'plugins'].map(newest)) <= built) return;
  const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 2, 2] });
  if (build.status !== 0) process.exit(build.status ?? 1);
};
