// Builds the package (the end-to-end tests run what is shipped) and runs every test.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (script, ...args) => {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
};
run('scripts/build.mjs');
run('node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2));
