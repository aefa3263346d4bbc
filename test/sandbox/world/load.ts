import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { checkWorld } from './check.js';
import type { WorldFile } from './format.js';
import { asWorldFile, worldSchema } from './schema.js';

/** A world that cannot be used; the message names the file, the place in it and what is wrong, one line each. */
export class WorldError extends Error {
  override readonly name = 'WorldError';

  constructor(
    file: string,
    readonly problems: readonly string[],
  ) {
    super(`${file} is no usable world:\n${problems.map((p) => `  ${p}`).join('\n')}`);
  }
}

/** Reads, parses and checks a world. Throws `WorldError`; a missing file rejects as the file system words it. */
export const loadWorld = async (source: WorldFile | string): Promise<WorldFile> => {
  if (typeof source !== 'string') return parseWorld(source, 'the world');
  return parseWorld(parseJson(await readFile(source, 'utf8'), source), source);
};

/** Throws `WorldError` with every problem found. */
export const parseWorld = (value: unknown, file = 'the world'): WorldFile => {
  const read = worldSchema.safeParse(value);
  if (!read.success)
    throw new WorldError(
      file,
      read.error.issues.map((issue) => `${place(issue.path)}: ${issue.message}`),
    );
  const world = asWorldFile(read.data);
  const problems = checkWorld(world);
  if (problems.length > 0) throw new WorldError(file, problems);
  return world;
};

const parseJson = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new WorldError(file, [`is not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
};

const place = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'the whole file' : z.core.toDotPath(path));
