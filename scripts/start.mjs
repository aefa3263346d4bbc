// `npm start`: builds when the sources are newer than dist/, then starts Node-RED with the example flow.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/cjs/api';
import { buildWhenNeeded } from './build-when-needed.mjs';

buildWhenNeeded(fileURLToPath(new URL('..', import.meta.url)));

// In this process, so that Ctrl-C arrives once.
register();
createRequire(import.meta.url)('./start/main.ts');
