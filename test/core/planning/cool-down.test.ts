import { describe, expect, it } from 'vitest';
import type { SearchAttempt } from '../../../src/core/contracts/index.js';
import { coolDown, type CoolDownFacts } from '../../../src/core/planning/cool-down.js';
import { MINUTE, toInstant } from '../../../src/core/time.js';
import { NOW, when } from './household.js';

const LONG_AGO = '2015-01-01T20:00:00.000Z';

const searchedAt = (at: string, failures = 0): SearchAttempt => ({
  episodeId: 1,
  at: toInstant(when(at)),
  outcome: failures > 0 ? 'failed' : 'nothing',
  failures,
});

/** Minutes from now, by a search cache of 48 h. */
function coolFor(facts: Partial<CoolDownFacts>, searchCache = 48, now = NOW): number | null {
  const cool = coolDown({ attempt: null, grabFailedAt: null, airDateUtc: LONG_AGO, ...facts }, searchCache, now);
  return cool && (cool.until - NOW) / MINUTE;
}

describe('cool-down', () => {
  it('there is none without a search', () => expect(coolFor({})).toBeNull());

  it('lasts the search cache after an answer', () => {
    expect(coolFor({ attempt: searchedAt('-1h') })).toBe(47 * 60);
    expect(coolFor({ attempt: searchedAt('-48h') })).toBeNull();
    expect(coolFor({ attempt: searchedAt('-1h') }, 2)).toBe(60);
  });

  it('15: is as long as the episode was old: after 10 min, 20 min, 40 min, and never under 10 min', () => {
    const aired = toInstant(when('-40m'));
    expect(coolFor({ airDateUtc: aired, attempt: searchedAt('-39m') })).toBeNull();
    expect(coolFor({ airDateUtc: aired, attempt: searchedAt('-35m') })).toBeNull();
    expect(coolFor({ airDateUtc: aired, attempt: searchedAt('-20m') })).toBeNull();
    expect(coolFor({ airDateUtc: aired, attempt: searchedAt('-19m') })).toBe(2);
    expect(coolFor({ airDateUtc: toInstant(when('-5m')), attempt: searchedAt('-4m') })).toBe(6);
    expect(coolFor({ airDateUtc: toInstant(when('-2h')), attempt: searchedAt('-0m') })).toBe(120);
  });

  it('lasts the search cache when nobody knows how old the episode is', () =>
    expect(coolFor({ airDateUtc: null, attempt: searchedAt('-1h') })).toBe(47 * 60));

  it('doubles from 15 min per failed search, up to the search cache', () => {
    expect([1, 2, 3, 9, 2000].map((failures) => coolFor({ attempt: searchedAt('-0m', failures) }))).toEqual([
      15,
      30,
      60,
      48 * 60,
      48 * 60,
    ]);
  });

  it('a failed grab counts as one more failure, at its time', () => {
    const grabFailedAt = toInstant(when('-10m'));
    expect(coolFor({ grabFailedAt })).toBe(5);
    expect(coolFor({ grabFailedAt, attempt: searchedAt('-3h') })).toBe(5);
    expect(coolFor({ grabFailedAt, attempt: searchedAt('-1h', 1) })).toBe(20);
  });

  it('a search after the failed grab counts instead of it', () => {
    const grabFailedAt = toInstant(when('-2h'));
    expect(coolFor({ grabFailedAt, attempt: searchedAt('-1h') })).toBe(47 * 60);
  });

  it('says what it follows', () => {
    const causeOf = (facts: Partial<CoolDownFacts>): string | undefined =>
      coolDown({ attempt: null, grabFailedAt: null, airDateUtc: LONG_AGO, ...facts }, 48, NOW)?.cause;
    expect(causeOf({ attempt: searchedAt('-1m') })).toBe('the last search found nothing');
    expect(causeOf({ attempt: searchedAt('-1m', 1) })).toBe('the last search failed');
    expect(causeOf({ grabFailedAt: toInstant(when('-1m')) })).toBe('the last grab failed or is gone');
  });

  it('39: a moment in the future counts as now, until the clock has come there', () => {
    const attempt = searchedAt('+1h', 1);
    expect(coolFor({ attempt })).toBe(15);
    expect(coolFor({ attempt }, 48, when('+1h'))).toBe(75);
    expect(coolFor({ attempt }, 48, when('+75m'))).toBeNull();
  });

  it('39: a moment years ahead blocks nothing', () => {
    expect(coolFor({ attempt: searchedAt('+400d') })).toBeNull();
    expect(coolFor({ attempt: searchedAt('+400d', 3) })).toBeNull();
  });

  it('an unreadable moment blocks nothing', () => {
    const attempt: SearchAttempt = { episodeId: 1, at: 'yesterday', outcome: 'nothing', failures: 0 };
    expect(coolFor({ attempt })).toBeNull();
    expect(coolFor({ attempt, grabFailedAt: 'today' })).toBeNull();
  });
});
