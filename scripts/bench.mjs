// `npm run bench`: builds when the sources are newer than dist/, then measures.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { buildWhenNeeded } from './build-when-needed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
buildWhenNeeded(root);
const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts/bench/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: root },
);
child.on('exit', (code) => process.exit(code ?? 1));
