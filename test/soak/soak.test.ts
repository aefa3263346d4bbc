import { expect, it } from 'vitest';
import { explore, toldOf } from './explore.js';

/** `SOAK_SEEDS=500 SOAK_FROM=1000 npx vitest run test/soak` looks at other seeds, `SOAK_RUNS` makes their lives longer. */
const { SOAK_SEEDS, SOAK_FROM = '1', SOAK_RUNS = '10', SOAK_SHRINK = '60' } = process.env;
const SEEDS = Number(SOAK_SEEDS ?? 6);
const seeds = Array.from({ length: SEEDS }, (_, i) => Number(SOAK_FROM) + i);

it.each(seeds)(
  'household %i lives through days of plays, releases, owners, faults and restarts',
  async (seed) => {
    const found = await explore(seed, {
      runs: Number(SOAK_RUNS),
      tries: SOAK_SEEDS === undefined ? 0 : Number(SOAK_SHRINK),
    });
    expect(found === null ? '' : toldOf(found)).toBe('');
  },
  600_000,
);
