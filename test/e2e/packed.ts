import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RUN_FOLDER } from './run-folder.js';

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

/** Packs what is built, and unpacks it with its production dependencies beside it. */
async function install(userDir: string): Promise<void> {
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
}

/** Changes with what is packed: a build, another version of a dependency. */
async function stateOfBuild(): Promise<string> {
  const hash = createHash('sha256');
  for (const part of ['package.json', 'package-lock.json', 'dist', 'resources', 'examples']) {
    const files = part.includes('.') ? [''] : await readdir(join(ROOT, part), { recursive: true });
    for (const file of files.toSorted()) {
      const { mtimeMs, size } = await stat(join(ROOT, part, file));
      hash.update(`${part}/${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** A user directory to copy, packed once for all tests of a run that work with the same build; seconds of work. */
async function installedOnce(folder: string): Promise<string> {
  const place = join(folder, await stateOfBuild());
  if (existsSync(place)) return place;
  const made = await mkdtemp(`${place}-`);
  await install(made);
  // Another process may have been faster.
  await rename(made, place).catch(() => rm(made, { recursive: true, force: true }));
  return place;
}

/** By links to the files, which nobody writes into, where the system has them: a twentieth of the time. */
const copy = (from: string, to: string): Promise<unknown> =>
  run('cp', ['-Rl', from, to]).catch(() => run('cp', ['-R', from, to]));

/** An empty Node-RED user directory with the packed tarball unpacked in it and nothing but its production dependencies beside it. */
export async function installPacked(): Promise<{ userDir: string; remove: () => Promise<void> }> {
  const userDir = await mkdtemp(join(tmpdir(), 'plex-jit-e2e-'));
  const { [RUN_FOLDER]: folder } = process.env;
  if (folder === undefined) await install(userDir);
  else await copy(`${await installedOnce(folder)}/.`, userDir);
  return { userDir, remove: () => rm(userDir, { recursive: true, force: true }) };
}
