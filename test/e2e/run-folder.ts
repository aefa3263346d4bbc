import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment variable that names a folder for what the tests of one run share. */
export const RUN_FOLDER = 'PLEX_JIT_TEST_RUN';

/** Called by vitest before all tests, in the process that starts theirs. */
export default async function makeRunFolder(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'plex-jit-run-'));
  process.env[RUN_FOLDER] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
