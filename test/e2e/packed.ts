import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const ROOT = join(__dirname, '../..');
export const NAME = '@plex-jit/node-red-plex-jit';

export interface Packed {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** Bytes on disk of all that is no image. */
  readonly size: number;
}

/** What the tarball would hold, of what is built. */
export async function packed(): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    maxBuffer: 16 * 1024 * 1024,
  });
  const [told] = JSON.parse(stdout) as Pick<Packed, 'files'>[];
  if (!told) throw new Error('npm pack told nothing');
  const { files } = told;
  const size = files.filter(({ path }) => !/\.(svg|png)$/.test(path)).reduce((sum, file) => sum + file.size, 0);
  return { files, size };
}

/** Folders of the production dependencies, as the lock file resolves them. */
async function productionFolders(): Promise<readonly string[]> {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
    .map(([path]) => path);
}

/** An empty Node-RED user directory with the packed tarball unpacked in it and nothing but its production dependencies beside it. */
export async function installPacked(): Promise<{ userDir: string; remove: () => Promise<void> }> {
  const userDir = await mkdtemp(join(tmpdir(), 'plex-jit-e2e-'));
  const modules = join(userDir, 'node_modules');
  const target = join(modules, NAME);
  await mkdir(target, { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', userDir], { cwd: ROOT });
  const tarball = (await readdir(userDir)).find((file) => file.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack made no tarball');
  await run('tar', ['-xzf', join(userDir, tarball), '-C', target, '--strip-components=1']);
  for (const folder of await productionFolders())
    await cp(join(ROOT, folder), join(userDir, folder), { recursive: true });
  const { version } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as { version: string };
  await writeFile(
    join(userDir, 'package.json'),
    JSON.stringify({ name: 'household', private: true, dependencies: { [NAME]: version } }),
  );
  return { userDir, remove: () => rm(userDir, { recursive: true, force: true }) };
}
