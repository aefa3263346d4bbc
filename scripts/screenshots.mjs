// `npm run screenshots`: builds when the sources are newer than dist/, then takes the pictures of docs/images/.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildWhenNeeded } from './build-when-needed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
buildWhenNeeded(root);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'test/browser/screenshots.ts'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
