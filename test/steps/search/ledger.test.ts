import { describe, expect, it } from 'vitest';
import { nameOf, shortNameOf } from '../../../src/steps/search/ledger.js';
import { item } from '../servers/plans.js';
import { E2 } from './household.js';

describe('the name of an episode in a status', () => {
  const named = (title: string) => {
    const one = item(E2);
    return { ...one, series: { ...one.series, title } };
  };

  it('is cut short where its series has a long title, and nowhere else', () => {
    const long = named('The Lamplighter of the Northern Harbour');
    expect(shortNameOf(long)).toBe('The Lamplighter of the … S01E02');
    expect(nameOf(long)).toBe('The Lamplighter of the Northern Harbour S01E02');
    expect(shortNameOf(named('Twenty-four letters long'))).toBe('Twenty-four letters long S01E02');
  });
});
