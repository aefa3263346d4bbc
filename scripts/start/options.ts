import { parseArgs } from 'node:util';
import { OVERRIDES } from '../../src/runtime/settings/tables.js';
import { UsageError } from './errors.js';

export interface StartOptions {
  readonly once: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly help: boolean;
  readonly world: string | null;
  /** 0 warnings only, 1 what is being done, 2 every decision and query. */
  readonly verbosity: 0 | 1 | 2;
  /** The reference's options, by their names under `msg.plexJit`. */
  readonly overrides: Readonly<Record<string, number | boolean>>;
}

interface NumberOption {
  readonly property: keyof typeof OVERRIDES;
  readonly text: string;
}

const NUMBERS: Readonly<Record<string, NumberOption>> = {
  'episodes-to-check': { property: 'episodesToCheck', text: 'episodes to look ahead' },
  'check-overflow': { property: 'checkOverflow', text: 'extra, if they run out before the next run' },
  'days-to-check': { property: 'daysToCheck', text: 'days of plays that count' },
  'exec-frequency': { property: 'execFrequency', text: 'minutes between runs' },
  'search-cache': { property: 'searchCache', text: 'hours until an episode is searched for again' },
  'cache-time': { property: 'cacheTime', text: 'hours the series list is cached' },
  notifier: { property: 'notifier', text: 'id of the Tautulli notifier to use (default: none)' },
};

const describe = (property: keyof typeof OVERRIDES, text: string): string => {
  const { fallback } = OVERRIDES[property];
  return typeof fallback === 'number' ? `${text} (${fallback})` : text;
};

export const HELP = `Plex Just-In-Time for Node-RED

  npm start                       Node-RED with the example flow on http://127.0.0.1:1880, connected to a sandbox
  npm start -- --once             runs the flow once, prints the plan, and exits
  npm start --silent -- --once --json

Options
  --once                   without the editor: trigger the flow once, wait until it has finished, print, exit
                           (0: success, 1: a server, an item or the uptime ping failed, 2: wrong usage)
  --json                   one JSON object on stdout and nothing else there (npm's own lines: use npm start --silent)
  --dry-run                plan and report; send nothing that changes anything
  --world FILE             another world for the sandbox (docs/sandbox.md)
${Object.entries(NUMBERS)
  .map(([name, { property, text }]) => `  --${name} N`.padEnd(27) + describe(property, text))
  .join('\n')}
  --no-skip-specials       plan specials too
  -v, -vv                  print what is being done; every decision, with the time of each query
  --help                   this text

Environment
  TAUTULLI_URL, TAUTULLI_API_KEY, SONARR_URL, SONARR_API_KEY, SABNZBD_URL, SABNZBD_API_KEY
                           all six: run against these servers instead of the sandbox
  UPTIME_URL               is fetched at the end of each run; no response counts as a failed run
  PORT                     of Node-RED (1880)
  PLEX_JIT_HOME            where Node-RED keeps flows and memory when it runs against real servers (./.plex-jit)
`;

function readNumber(name: string, property: keyof typeof OVERRIDES, raw: string): number {
  const { schema, words } = OVERRIDES[property];
  const value = raw.trim() === '' ? NaN : Number(raw);
  if (!schema.safeParse(value).success)
    throw new UsageError(`--${name} takes ${words.replace(', or null', '')}, not "${raw}".`);
  return value;
}

function parse(argv: readonly string[]): Readonly<Record<string, string | boolean | readonly boolean[] | undefined>> {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const options = {
    once: flag,
    json: flag,
    'dry-run': flag,
    help: { ...flag, short: 'h' },
    'no-skip-specials': flag,
    verbose: { ...flag, short: 'v', multiple: true },
    world: text,
    ...Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, text])),
  };
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Throws a UsageError that names the option. */
export function readOptions(argv: readonly string[]): StartOptions {
  const given = parse(argv);
  const overrides: Record<string, number | boolean> = {};
  for (const [name, { property }] of Object.entries(NUMBERS)) {
    const raw = given[name];
    if (typeof raw === 'string') overrides[property] = readNumber(name, property, raw);
  }
  if (given['no-skip-specials'] === true) overrides.skipSpecials = false;
  const once = given.once === true;
  if (given.json === true && !once) throw new UsageError('--json needs --once.');
  const count = Array.isArray(given.verbose) ? given.verbose.length : 0;
  return {
    once,
    json: given.json === true,
    dryRun: given['dry-run'] === true,
    help: given.help === true,
    world: typeof given.world === 'string' ? given.world : null,
    verbosity: Math.min(count, 2) as StartOptions['verbosity'],
    overrides,
  };
}
