// `npm start`: builds when the sources are newer than dist/, then starts Node-RED with the example flow.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { buildWhenNeeded } from './build-when-needed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

buildWhenNeeded(root);

const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts/start/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: process.cwd() },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
