import { describe, expect, test } from 'vitest';
import { factsOf, gotFarEnough, isActive, isAllowed, joinRows, settled } from '../../../src/core/plays/index.js';
import { HOUR, SECOND, toInstant } from '../../../src/core/time.js';
import { NOW, row, running } from './rows.js';

const viewingOf = (...rows: Parameters<typeof joinRows>[0]) => {
  const [viewing] = joinRows(rows);
  if (viewing === undefined) throw new Error('no viewing');
  return viewing;
};

describe('what counts as a play', () => {
  test('case 53: a running play counts from two minutes on', () => {
    const after = (seconds: number) => running({ startedAt: toInstant(NOW - seconds * SECOND) });
    expect(settled(viewingOf(after(40)), NOW)).toBeNull();
    expect(settled(viewingOf(after(119)), NOW)).toBeNull();
    expect(settled(viewingOf(after(120)), NOW)).not.toBeNull();
  });

  test('what was stopped before counts while its resumption is not two minutes old', () => {
    const viewing = viewingOf(row({ ago: 300, progress: 50, watched: false }), running({ ago: 1, lasted: 1 }));
    expect(settled(viewing, NOW)?.rows.map(({ state }) => state)).toEqual([null]);
  });

  test('a play that was stopped counts however short it was', () => {
    expect(settled(viewingOf(row({ ago: 1, lasted: 0.5 })), NOW)).not.toBeNull();
  });

  test('case 40: two days are 48 hours, to the second', () => {
    const active = (ago: number) =>
      isActive(factsOf(viewingOf(row({ startedAt: toInstant(NOW - ago) })), toInstant(NOW)), 2, NOW);
    expect(active(47 * HOUR)).toBe(true);
    expect(active(48 * HOUR)).toBe(true);
    expect(active(48 * HOUR + SECOND)).toBe(false);
    expect(active(49 * HOUR)).toBe(false);
  });

  test('a play that was resumed within the days to check is active', () => {
    const viewing = viewingOf(row({ ago: 9000, progress: 50, watched: false }), row({ ago: 60 }));
    expect(isActive(factsOf(viewing, toInstant(NOW)), 2, NOW)).toBe(true);
  });

  const runningSince = (ago: number, days: number) =>
    isActive(factsOf(viewingOf(running({ startedAt: toInstant(NOW - ago) })), toInstant(NOW)), days, NOW);

  test('what is running is active for a day, whatever the days to check', () => {
    expect(runningSince(23 * HOUR, 0.5)).toBe(true);
    expect(runningSince(24 * HOUR, 0.5)).toBe(true);
  });

  test('case 61: a session that is shown as playing for longer is active for the days to check only', () => {
    expect(runningSince(24 * HOUR + SECOND, 0.5)).toBe(false);
    expect(runningSince(47 * HOUR, 2)).toBe(true);
    expect(runningSince(49 * HOUR, 2)).toBe(false);
  });

  test('a session that was taken up again counts from then on', () => {
    const viewing = viewingOf(row({ ago: 9000, progress: 50, watched: false }), running({ ago: 60 }));
    expect(isActive(factsOf(viewing, toInstant(NOW)), 0, NOW)).toBe(true);
  });

  test('case 45: below the minimum progress nothing counts yet', () => {
    const wanted = { minimumProgress: 50, watchedOnly: false };
    expect(gotFarEnough({ progress: 20, watched: false }, wanted)).toBe(false);
    expect(gotFarEnough({ progress: 50, watched: false }, wanted)).toBe(true);
  });

  test('"watched only" goes by what Tautulli says, not by percent', () => {
    const wanted = { minimumProgress: 0, watchedOnly: true };
    expect(gotFarEnough({ progress: 85, watched: false }, wanted)).toBe(false);
    expect(gotFarEnough({ progress: 80, watched: true }, wanted)).toBe(true);
  });
});

describe('allow and deny lists', () => {
  const ann = { id: '7', name: 'Ann' };
  const allows = (allowed: readonly string[], denied: readonly string[], thing = ann) =>
    isAllowed(thing, { allowed, denied });

  test('empty lists allow all', () => {
    expect(allows([], [])).toBe(true);
  });

  test('names and ids are found whatever their case and outer spaces', () => {
    expect(allows(['ANN '], [])).toBe(true);
    expect(allows([' 7'], [])).toBe(true);
    expect(allows(['Bob', '8'], [])).toBe(false);
    expect(allows([], ['ann'])).toBe(false);
    expect(allows([], ['Bob'])).toBe(true);
  });

  test('denied wins over allowed', () => {
    expect(allows(['Ann'], ['7'])).toBe(false);
  });

  test('part of a name is not the name', () => {
    expect(allows(['An'], [])).toBe(false);
  });

  test('what is unknown passes no allow-list and no deny-list', () => {
    const unknown = { id: null, name: null };
    expect(isAllowed(unknown, { allowed: ['Shows'], denied: [] })).toBe(false);
    expect(isAllowed(unknown, { allowed: [], denied: ['Shows'] })).toBe(true);
  });
});
