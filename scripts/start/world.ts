import { join, resolve } from 'node:path';
import { startSandbox, WorldError, type Sandbox } from '../../test/sandbox/index.js';
import { UsageError } from './errors.js';

const DEFAULT = join(__dirname, '../../test/sandbox/worlds/household.json');

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/** The sandbox around a world file, or the household that comes with it. Throws a UsageError when the file is unfit. */
export async function openSandbox(file: string | null): Promise<Sandbox> {
  if (file === null) return startSandbox(DEFAULT);
  try {
    return await startSandbox(resolve(file));
  } catch (error) {
    if (error instanceof WorldError) throw new UsageError(error.message);
    const problem = error instanceof Error && 'code' in error ? FILE_PROBLEMS[String(error.code)] : undefined;
    if (problem === undefined) throw error;
    throw new UsageError(`--world ${file} cannot be used: ${problem}.`);
  }
}
