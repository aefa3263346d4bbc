import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNeed, type Need } from '../../../src/core/queue-order/index.js';

const need = (label: string, neededBy: string | null, facts: Partial<Need> = {}): Need => ({
  neededBy: neededBy === null ? null : `2026-11-22T${neededBy}:00.000Z`,
  playedAt: '2026-11-22T17:00:00.000Z',
  label,
  season: 1,
  episode: 1,
  ...facts,
});
const sorted = (...needs: Need[]) => needs.toSorted(byNeed).map((n) => `${n.label} ${n.season}x${n.episode}`);

describe('the order of need', () => {
  it('24: what is needed first comes first, over all series', () => {
    expect(
      sorted(
        need('B', '19:15', { episode: 3 }),
        need('B', '18:30', { episode: 2 }),
        need('A', '18:50', { episode: 6 }),
        need('A', '18:05', { episode: 5 }),
      ),
    ).toEqual(['A 1x5', 'B 1x2', 'A 1x6', 'B 1x3']);
  });

  it('ties are broken by the latest play, then by series title, season and episode', () => {
    const earlier = { playedAt: '2026-11-22T16:00:00Z' };
    expect(
      sorted(
        need('A', '18:30', earlier),
        need('C', '18:30'),
        need('B', '18:30', { season: 2 }),
        need('B', '18:30', { episode: 2 }),
        need('B', '18:30', { episode: 1 }),
      ),
    ).toEqual(['B 1x1', 'B 1x2', 'B 2x1', 'C 1x1', 'A 1x1']);
  });

  it('what nobody needs at a known time comes last', () => {
    expect(sorted(need('A', null), need('B', '23:59'), need('C', null))).toEqual(['B 1x1', 'A 1x1', 'C 1x1']);
  });

  it('is the same from whatever order one starts', () => {
    const some = [need('A', null), need('A', '18:30'), need('B', '18:30'), need('B', null, { episode: 2 })];
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: 4 }), (shuffled) => {
        expect(sorted(...shuffled)).toEqual(sorted(...some));
      }),
    );
  });
});
