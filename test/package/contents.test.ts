import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../e2e/packed.js';

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}

/** What a user needs, and nothing else: code, forms, texts, icons, the editor's scripts, examples, types of the messages. */
const NEEDED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(registration|plex-jit|convert|index)\.js$/,
  /^dist\/(nodes|plugins)\/[\w-]+\/[\w-]+\.js$/,
  /^dist\/types\/(index|core\/contracts\/\w+)\.d\.ts$/,
  /^dist\/(nodes|plugins)\/[\w-]+\/[\w-]+\.html$/,
  /^dist\/(nodes|plugins)\/[\w-]+\/locales\/(en-US|de)\/[\w-]+\.(json|html)$/,
  /^dist\/nodes\/[\w-]+\/icons\/[\w-]+\.svg$/,
  /^resources\/(editor|up-next)\.js$/,
  /^examples\/\d\d - [^/]+\.json$/,
];

/** Bytes; why it is not less: docs/decisions/0011. */
const LARGEST = 760_000;
const IMAGE = /\.(svg|png)$/;

describe('the packed package', () => {
  let packed: Packed;
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      maxBuffer: 16 * 1024 * 1024,
    });
    const [first] = JSON.parse(stdout) as Packed[];
    if (!first) throw new Error('npm pack told nothing');
    packed = first;
  });

  it('holds only what a user needs', () => {
    expect(packed.files.map(({ path }) => path).filter((path) => !NEEDED.some((kind) => kind.test(path)))).toEqual([]);
  });

  it('is small', () => {
    const size = packed.files.filter(({ path }) => !IMAGE.test(path)).reduce((sum, file) => sum + file.size, 0);
    expect(size).toBeLessThan(LARGEST);
  });
});
