import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { convert } from './convert.js';
import { envFile } from './env-file.js';
import { FileProblem, readConfig, readExample, writeFiles } from './files.js';
import { flowWith } from './flow.js';
import { readJson } from './json/read.js';
import { Unreadable } from './json/types.js';
import { placeWords, report } from './report.js';

const HELP = `Plex Just-In-Time for Node-RED: converts a jitplex configuration

  npx @plex-jit/node-red-plex-jit convert config.json

Writes plex-jit-flow.json, a flow to import into Node-RED, and plex-jit.env, the environment with
servers and keys (readable only by you), and says what became of each option. A file that is not
quite JSON is corrected where the meaning is clear; otherwise the place is named.

Options
  --out DIR   where to write (the current folder)
  --force     replace existing files
  --help      this text

Ends with 0: done, 1: the files cannot be written, 2: wrong usage, or a file that cannot be read
`;

/** Where a command writes to. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

interface Arguments {
  readonly config: string;
  readonly out: string;
  readonly force: boolean;
}

class WrongUsage extends Error {}

const OPTIONS = {
  out: { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
};

/** Null: help is asked for. */
const readArguments = (argv: readonly string[]): Arguments | null => {
  const { values, positionals } = parse(argv);
  if (values.help === true) return null;
  const [command, config, ...rest] = positionals;
  if (command === undefined) throw new WrongUsage('No command given. The only one is "convert".');
  if (command !== 'convert') throw new WrongUsage('The only command is "convert".');
  if (config === undefined || rest.length > 0)
    throw new WrongUsage('convert takes one file: the config.json of jitplex.');
  if (values.out === '') throw new WrongUsage('--out needs a folder.');
  return { config, out: values.out ?? '.', force: values.force === true };
};

const run = async ({ config, out, force }: Arguments): Promise<string> => {
  const reading = readJson(await readConfig(config));
  const conversion = convert(reading);
  const files = { flow: join(out, 'plex-jit-flow.json'), env: join(out, 'plex-jit.env') };
  await writeFiles(
    [
      { path: files.env, text: envFile(conversion.variables), mode: 0o600 },
      { path: files.flow, text: flowWith(await readExample(), conversion.settings), mode: 0o644 },
    ],
    force,
  );
  return report({ source: config, mends: reading.mends, conversion, files });
};

/** Runs the command; the exit code. */
export const main = async (argv: readonly string[], { out, err }: Output): Promise<0 | 1 | 2> => {
  let given: Arguments | null = null;
  try {
    given = readArguments(argv);
    out(given === null ? HELP : await run(given));
    return 0;
  } catch (error) {
    if (error instanceof Unreadable) {
      err(`${given?.config ?? ''}: ${placeWords(error.at)}: ${error.message}. Nothing was written.\n`);
      return 2;
    }
    if (error instanceof WrongUsage) {
      err(`${error.message}\n--help explains the options.\n`);
      return 2;
    }
    if (!(error instanceof FileProblem)) throw error;
    err(`${error.message}\n`);
    return error.code;
  }
};
