import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';
import { Unreadable } from './json/types.js';

/** More than a hundred times what a configuration of the reference takes. */
const LARGEST = 65_536;

/** Something that the user has to put right; `code` is what the program exits with. */
export class FileProblem extends Error {
  readonly code: 1 | 2;

  constructor(code: 1 | 2, message: string) {
    super(message);
    this.code = code;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of its path is not a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'part of its path is not a folder',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
const wordsOf = (error: unknown): string => WORDS[codeOf(error)] ?? `the system says ${codeOf(error) || 'no'}`;

const decode = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return `\ufeff${bytes.subarray(2).toString('utf16le')}`;
  const text = bytes.toString('utf8');
  const broken = text.indexOf('\ufffd');
  if (broken < 0) return text;
  const before = text.slice(0, broken).split('\n');
  throw new Unreadable(
    { line: before.length, column: (before.at(-1) ?? '').length + 1 },
    'a character here is not UTF-8: save the file as UTF-8',
  );
};

/** The text of a configuration. Throws FileProblem 2 when there is none to be had. */
export const readConfig = async (path: string): Promise<string> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: LARGEST })) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new FileProblem(2, `${path} cannot be read: ${wordsOf(error)}.`);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > LARGEST) throw new FileProblem(2, `${path} is too large for a configuration of jitplex.`);
  return decode(bytes);
};

/** The example flow that this package brings. */
export const readExample = (): Promise<string> =>
  readFile(join(PACKAGE_ROOT, 'examples/01 - Plex Just-In-Time.json'), 'utf8');

export interface OutputFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** What `rename` would find out too late, with another file in its place by then. */
const refuseFolder = async (path: string): Promise<void> => {
  if (
    await lstat(path).then(
      (there) => there.isDirectory(),
      () => false,
    )
  )
    throw new FileProblem(1, `${path} cannot be written: ${WORDS.EISDIR}.`);
};

const written = async (path: string, write: () => Promise<void>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    throw new FileProblem(1, `${path} cannot be written: ${wordsOf(error)}.`);
  }
};

/**
 * Writes all of them, or, without `force`, none when one is there already. Throws FileProblem 1.
 * All are written beside their places first: a disk that is full leaves nothing half done, whoever has an old one open
 * keeps it, a link is replaced and not followed, and the mode is ours.
 */
export const writeFiles = async (files: readonly OutputFile[], force: boolean): Promise<void> => {
  const there: string[] = [];
  for (const { path } of files) if (!force && (await isThere(path))) there.push(path);
  if (there.length > 0)
    throw new FileProblem(
      1,
      `Nothing was written: ${there.join(' and ')} already ${there.length === 1 ? 'exists' : 'exist'}. Use --force to replace, or another --out folder.`,
    );
  const staged = files.map((file) => ({ ...file, beside: join(dirname(file.path), `.${randomUUID()}.tmp`) }));
  try {
    for (const { path, beside, text, mode } of staged) {
      await written(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(beside, text, { mode, flag: 'wx' });
      });
    }
    for (const { path } of staged) await refuseFolder(path);
    for (const { path, beside } of staged) await written(path, () => rename(beside, path));
  } finally {
    for (const { beside } of staged) await rm(beside, { force: true }).catch(() => undefined);
  }
};
