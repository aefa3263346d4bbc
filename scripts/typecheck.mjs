// Checks the types of all three worlds: Node's, the editor page's, and those of the browser tests, whose libraries are in test/lines.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const projects = ['tsconfig.json', 'src/editor/tsconfig.json'];
if (existsSync(`${root}test/lines/node_modules`)) projects.push('test/browser/tsconfig.json');
else console.log('test/browser is left out until `npm ci --prefix test/lines --ignore-scripts`');

for (const project of projects) {
  const done = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
  if (done.status !== 0) process.exitCode = 1;
}
