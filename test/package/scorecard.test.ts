import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { linesInstalled, requireLines } from '../e2e/lines.js';
import { installPacked, NAME, ROOT } from '../e2e/packed.js';

/** `P01`, `N02`, …: whether the check passed, and what it found. */
type Scorecard = Readonly<Record<string, { readonly test?: boolean; readonly nodes?: readonly string[] }>>;

const CHECKS = ['P01', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'N01', 'N02', 'D01', 'D02', 'D03'];

/** The package as a user has it, with its dependencies below it, where the checks look for them. */
async function validate(): Promise<Scorecard> {
  const { userDir, remove } = await installPacked();
  try {
    const scorecard = join(userDir, 'scorecard.json');
    const run = promisify(execFile)(
      process.execPath,
      [
        '--require',
        join(ROOT, 'test/lines/no-catalogue.cjs'),
        join(requireLines.resolve('node-red-dev/package.json'), '../bin/run'),
        'validate',
        '-p',
        join(userDir, 'node_modules', NAME),
        '-o',
        scorecard,
      ],
      { cwd: userDir, timeout: 60_000 },
    );
    run.child.stdin?.end();
    const { stdout, stderr } = await run;
    return JSON.parse(
      await readFile(scorecard, 'utf8').catch(() => {
        throw new Error(`no scorecard was written: ${stdout}\n${stderr}`);
      }),
    ) as Scorecard;
  } finally {
    await remove();
  }
}

describe.skipIf(!linesInstalled)("the catalogue's scorecard (node-red-dev validate)", () => {
  let scorecard: Scorecard;
  beforeAll(async () => {
    scorecard = await validate();
  }, 90_000);

  it.each(CHECKS)('%s passes', (check) => {
    expect(scorecard[check]).toMatchObject({ test: true });
  });

  it('has no further check', () => {
    expect(Object.keys(scorecard).filter((check) => /^[A-Z]\d\d$/.test(check))).toEqual(expect.arrayContaining(CHECKS));
    expect(Object.values(scorecard).filter(({ test }) => test === false)).toEqual([]);
  });

  it('could read each form: it names every node of the palette', () => {
    expect(scorecard.N02?.nodes).toHaveLength(6);
  });
});
