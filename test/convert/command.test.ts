import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/convert/command.js';
import { writeFiles } from '../../src/convert/files.js';
import { KEYS, PING, PUBLISHED, WORKING } from './configs.js';

const FILES = ['plex-jit-flow.json', 'plex-jit.env'];

let folder: string;
let config: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plex-jit-convert-'));
  config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(WORKING));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = async (...argv: string[]): Promise<Ended> => {
  const said = { out: '', err: '' };
  const code = await main(argv, { out: (text) => void (said.out += text), err: (text) => void (said.err += text) });
  return { code, ...said };
};

const out = (): string => join(folder, 'new', 'deeper');
const convert = (...more: string[]): Promise<Ended> => run('convert', config, '--out', out(), ...more);
const written = (name: string): Promise<string> => readFile(join(out(), name), 'utf8');

describe('convert', () => {
  it('writes a flow and an env file, and makes the folder', async () => {
    expect(await convert()).toMatchObject({ code: 0, err: '' });
    expect((await readdir(out())).toSorted()).toEqual(FILES);
    const flow = JSON.parse(await written('plex-jit-flow.json')) as { type: string; [property: string]: unknown }[];
    const ofType = (type: string) => flow.find((node) => node.type === type);
    expect(ofType('plex-jit-next-episodes')).toMatchObject({ episodesToCheck: '7', skipSpecials: false });
    expect(ofType('plex-jit-sonarr')).toMatchObject({ url: '${SONARR_URL}', cacheTime: '12', searchCache: '24' });
    expect(flow.filter(({ type, repeat }) => type === 'inject' && repeat !== '')).toMatchObject([
      { name: 'every 30 min', repeat: '1800' },
    ]);
    expect(flow.filter(({ name, info }) => /every hour|60 min/.test(`${String(name)} ${String(info)}`))).toEqual([]);
  });

  it('keeps every key in the env file, which only its owner can read', async () => {
    const { out: said } = await convert();
    const secrets = [...Object.values(KEYS), PING];
    const [flow, env] = await Promise.all(FILES.map(written));
    for (const secret of secrets) {
      expect(said).not.toContain(secret);
      expect(flow).not.toContain(secret);
      expect(env).toContain(secret);
    }
    expect((await stat(join(out(), 'plex-jit.env'))).mode & 0o777).toBe(0o600);
  });

  it('lists what was put right, what became of each option, and what is left to do', async () => {
    await writeFile(config, PUBLISHED);
    const { code, out: said } = await convert();
    expect(code).toBe(0);
    expect(said).toContain('  line 10, column 23: a comma is missing\n');
    expect(said).toContain(
      '! sonarr.key         a placeholder: fill in SONARR_API_KEY in the env file [line 5, column 12]\n',
    );
    expect(said).toContain('  - Fill in TAUTULLI_URL, TAUTULLI_API_KEY, SONARR_URL');
    expect(await readFile(config, 'utf8')).toBe(PUBLISHED);
  });

  it('reads what Windows writes: UTF-16 with its mark', async () => {
    await writeFile(config, `\ufeff${JSON.stringify(WORKING)}`, 'utf16le');
    expect(await convert()).toMatchObject({ code: 0 });
    expect(await written('plex-jit.env')).toContain(KEYS.sonarr);
  });
});

describe('files that are there already', () => {
  it.each(FILES)('%s is not replaced, and nothing else is written', async (name) => {
    await convert();
    await rm(join(out(), FILES.find((other) => other !== name) ?? ''));
    await writeFile(join(out(), name), 'mine');
    const { code, err } = await convert();
    expect(code).toBe(1);
    expect(err).toBe(
      `Nothing was written: ${join(out(), name)} already exists. Use --force to replace, or another --out folder.\n`,
    );
    expect(await readdir(out())).toEqual([name]);
    expect(await written(name)).toBe('mine');
  });

  it('are replaced with --force, and the env file is closed to others again', async () => {
    await convert();
    await chmod(join(out(), 'plex-jit.env'), 0o644);
    await writeFile(config, JSON.stringify({ ...WORKING, days_to_check: 9 }));
    expect(await convert('--force')).toMatchObject({ code: 0 });
    expect(await written('plex-jit-flow.json')).toContain('"daysToCheck": "9"');
    expect((await stat(join(out(), 'plex-jit.env'))).mode & 0o777).toBe(0o600);
    expect((await readdir(out())).toSorted()).toEqual(FILES);
  });

  it('a link in their place is replaced, not followed', async () => {
    await convert();
    const elsewhere = join(folder, 'elsewhere');
    await writeFile(elsewhere, 'mine');
    await rm(join(out(), 'plex-jit.env'));
    await symlink(elsewhere, join(out(), 'plex-jit.env'));
    expect(await convert()).toMatchObject({ code: 1 });
    expect(await convert('--force')).toMatchObject({ code: 0 });
    expect(await readFile(elsewhere, 'utf8')).toBe('mine');
  });
});

describe('what ends it', () => {
  it('one file of two that cannot be written: neither is, and nothing is left beside', async () => {
    await writeFile(join(folder, 'a file'), '');
    const files = ['first', 'a file/second'].map((name) => ({ path: join(folder, name), text: 'x', mode: 0o600 }));
    await expect(writeFiles(files, false)).rejects.toThrow(
      /second cannot be written: part of its path is not a folder/,
    );
    expect((await readdir(folder)).toSorted()).toEqual(['a file', 'config.json']);
  });

  it.each(FILES)('a folder in the place of %s: 1, also with --force, and neither is written', async (name) => {
    await mkdir(join(out(), name, 'mine'), { recursive: true });
    const { code, err } = await convert('--force');
    expect([code, err]).toEqual([1, `${join(out(), name)} cannot be written: it is a folder.\n`]);
    expect(await readdir(out())).toEqual([name]);
  });

  it('a folder that cannot be made: 1', async () => {
    const { code, err } = await run('convert', config, '--out', join(config, 'below'));
    expect(code).toBe(1);
    expect(err).toMatch(/^\S+plex-jit\.env cannot be written: part of its path is not a folder\.\n$/);
  });

  it('a file that means several things: 2, with the place and without its text', async () => {
    await writeFile(config, `{"sonarr": {"url": "http://nas", "key" "${KEYS.sonarr}"}}`);
    const { code, out: said, err } = await convert();
    expect([code, said]).toEqual([2, '']);
    expect(err).toBe(`${config}: line 1, column 40: a colon is expected here. Nothing was written.\n`);
    await expect(readdir(out())).rejects.toThrow('ENOENT');
  });

  it('a file that is no text: 2, with the place of the first such character', async () => {
    await writeFile(config, Buffer.concat([Buffer.from('{\n "key": "'), Buffer.from([0xe4]), Buffer.from('"}')]));
    expect((await convert()).err).toBe(
      `${config}: line 2, column 10: a character here is not UTF-8: save the file as UTF-8. Nothing was written.\n`,
    );
  });

  it.each([
    ['missing', 'there is no such file'],
    ['', 'it is a folder'],
  ])('a file that cannot be read (%j): 2', async (name, why) => {
    const path = join(folder, name);
    expect(await run('convert', path)).toEqual({ code: 2, out: '', err: `${path} cannot be read: ${why}.\n` });
  });

  it('a file that is far too large: 2', async () => {
    await writeFile(config, ' '.repeat(70_000));
    expect(await convert()).toMatchObject({ code: 2, err: `${config} is too large for a configuration of jitplex.\n` });
  });

  it.each([
    [[]],
    [['import', 'config.json']],
    [['convert']],
    [['convert', 'a.json', 'b.json']],
    [['convert', 'a.json', '--nonsense']],
    [['convert', 'a.json', '--out']],
    [['convert', 'a.json', '--out', '']],
  ])('wrong usage %j: 2', async (argv) => {
    const { code, out: said, err } = await run(...argv);
    expect([code, said]).toEqual([2, '']);
    expect(err).toMatch(/\n--help explains the options\.\n$/);
  });

  it.each([[['--help']], [['convert', '-h']]])('%j: 0', async (argv) => {
    const { code, out: said } = await run(...argv);
    expect(code).toBe(0);
    expect(said).toContain('--force');
  });
});
