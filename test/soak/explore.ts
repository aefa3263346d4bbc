import { Broken } from './broken.js';
import { randomScript, type SoakEvent } from './events.js';
import { type Household, randomHousehold } from './household.js';
import { Random } from './random.js';
import { Soak } from './soak.js';

/** A seed that breaks a rule, and the shortest script known that does. */
export interface Found {
  readonly seed: number;
  readonly rule: string;
  readonly message: string;
  readonly log: readonly string[];
}

interface Outcome {
  /** Null: all rules held. */
  readonly rule: string | null;
  readonly message: string;
  readonly log: readonly string[];
}

const attempt = async (household: Household, script: readonly SoakEvent[]): Promise<Outcome> => {
  const log: string[] = [];
  try {
    await Soak.live(household, script, (line) => log.push(line));
    return { rule: null, message: '', log };
  } catch (error) {
    if (error instanceof Broken) return { rule: error.rule, message: error.message, log };
    return { rule: 'no crash', message: error instanceof Error ? (error.stack ?? '') : String(error), log };
  }
};

/** Leaves out what is not needed for the same failure: halves first, then ever smaller pieces, at most so many tries. */
const shrink = async (
  household: Household,
  script: readonly SoakEvent[],
  found: Outcome,
  tries: number,
): Promise<Outcome> => {
  let [shortest, outcome, left] = [script, found, tries];
  for (let size = Math.ceil(script.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.length && left > 0; left -= 1) {
      const shorter = shortest.toSpliced(at, size);
      const next = await attempt(household, shorter);
      if (next.rule === found.rule) [shortest, outcome] = [shorter, next];
      else at += size;
    }
  }
  return outcome;
};

export interface Exploring {
  /** Runs of the flows in each script. */
  readonly runs: number;
  /** Tries to shorten a script that fails. */
  readonly tries: number;
}

/** Lives through the script of one seed; null: all rules held. */
export const explore = async (seed: number, { runs, tries }: Exploring): Promise<Found | null> => {
  const random = new Random(seed);
  const household = randomHousehold(random);
  const script = randomScript(random, runs);
  const found = await attempt(household, script);
  if (found.rule === null) return null;
  const { message, log } = await shrink(household, script, found, tries);
  return { seed, rule: found.rule, message, log: [JSON.stringify(household), ...log] };
};

export const toldOf = ({ seed, message, log }: Found): string =>
  [`seed ${seed}: ${message}`, ...log.map((line) => `  ${line}`)].join('\n');
