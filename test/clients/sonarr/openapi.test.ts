import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(__dirname, '../../..');
const COMMITTED = 'src/clients/sonarr/openapi.gen.ts';
const LIMIT = 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sonarr-types-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command behind `npm run types:sonarr`, with another file to write to. */
const commandTo = async (file: string): Promise<readonly string[]> => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const words = (scripts['types:sonarr'] ?? '').split(' ');
  expect(words.slice(-2)).toEqual(['-o', COMMITTED]);
  return [...words.slice(0, -1), file];
};

// Prettier leaves that file alone, so what the command writes is what is committed.
test(
  "Sonarr's types, generated anew from its specification, are byte for byte those that are committed",
  async () => {
    const file = join(folder, 'openapi.gen.ts');
    const [tool = '', ...args] = await commandTo(file);
    await promisify(execFile)(join(ROOT, 'node_modules/.bin', tool), args, { cwd: ROOT, timeout: LIMIT });
    const [made, committed] = await Promise.all([readFile(file), readFile(join(ROOT, COMMITTED))]);
    expect(committed.length).toBeGreaterThan(100_000);
    expect(made.equals(committed), 'run: npm run types:sonarr').toBe(true);
    expect(await readFile(join(ROOT, '.prettierignore'), 'utf8')).toContain(COMMITTED);
  },
  LIMIT,
);
