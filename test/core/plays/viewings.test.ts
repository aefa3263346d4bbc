import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOf, joinRows, type PlayedRow } from '../../../src/core/plays/index.js';
import { toInstant } from '../../../src/core/time.js';
import { NOW, row, running } from './rows.js';

const now = toInstant(NOW);
const idsOf = (rows: readonly PlayedRow[]) => joinRows(rows).map((viewing) => viewing.rows.map(({ id }) => id));

const half = { progress: 50, watched: false } as const;

describe('rows of one viewing', () => {
  test('stopped and resumed is one play', () => {
    const rows = [row({ id: 1, ago: 300, ...half }), row({ id: 2, ago: 60 })];
    expect(idsOf(rows)).toEqual([[1, 2]]);
  });

  test('days between stopping and resuming make no second play', () => {
    expect(idsOf([row({ id: 1, ago: 9000, ...half }), row({ id: 2 })])).toEqual([[1, 2]]);
  });

  test('another episode of the show in between makes two plays', () => {
    const rows = [row({ id: 1, ago: 300, ...half }), row({ id: 2, ago: 200, episode: 2 }), row({ id: 3, ago: 60 })];
    expect(idsOf(rows)).toEqual([[1], [2], [3]]);
  });

  test('an episode of another show in between does not', () => {
    const rows = [row({ id: 1, ago: 300, ...half }), row({ id: 2, ago: 200, showKey: '900' }), row({ id: 3 })];
    expect(idsOf(rows)).toEqual([[1, 3], [2]]);
  });

  test('another viewer of the same episode has a play of their own', () => {
    expect(idsOf([row({ id: 1, ago: 90, ...half }), row({ id: 2, userId: '8' })])).toEqual([[1], [2]]);
  });

  test('a watched episode begun anew is a re-watch', () => {
    expect(idsOf([row({ id: 1, ago: 300 }), row({ id: 2, ago: 60 })])).toEqual([[1], [2]]);
    expect(idsOf([row({ id: 1, ago: 300 }), row({ id: 2, lasted: 5, progress: 10, watched: false })])).toEqual([
      [1],
      [2],
    ]);
  });

  test('the credits of a watched episode belong to it', () => {
    const rows = [row({ id: 1, ago: 300, progress: 92 }), row({ id: 2, ago: 60, lasted: 4, progress: 100 })];
    expect(idsOf(rows)).toEqual([[1, 2]]);
  });

  test('a running row joins its stopped predecessor', () => {
    const [viewing] = joinRows([running(), row({ ago: 300, ...half })]);
    expect(viewing?.rows.map(({ id }) => id)).toEqual([1, null]);
  });

  test('a running row after a watched one is a re-watch', () => {
    expect(idsOf([row({ id: 1, ago: 300 }), running()])).toEqual([[1], [null]]);
  });

  test('without numbers the rating key tells episodes apart, without that the title', () => {
    const daily = { season: null, episode: null, ...half };
    expect(idsOf([row({ id: 1, ago: 90, ...daily }), row({ id: 2, ...daily, ratingKey: '102' })])).toEqual([[1], [2]]);
    expect(idsOf([row({ id: 1, ago: 90, ...daily }), row({ id: 2, ...daily })])).toEqual([[1, 2]]);
    const keyless = { ...daily, ratingKey: null };
    expect(idsOf([row({ id: 1, ago: 90, ...keyless }), row({ id: 2, ...keyless, title: 'Tuesday' })])).toEqual([
      [1],
      [2],
    ]);
  });

  test('two shows without a key are told apart by their titles', () => {
    const keyless = { showKey: null, ...half };
    expect(idsOf([row({ id: 1, ago: 90, ...keyless }), row({ id: 2, ...keyless, showTitle: 'Night Shift' })])).toEqual([
      [1],
      [2],
    ]);
  });

  test('an episode whose file was replaced (another rating key) is the same episode', () => {
    expect(idsOf([row({ id: 1, ago: 90, ...half }), row({ id: 2, ratingKey: '555' })])).toEqual([[1, 2]]);
  });

  test('any order of the rows gives the same viewings', () => {
    const some = fc.record({
      id: fc.integer({ min: 1, max: 500 }),
      ago: fc.integer({ min: 0, max: 2000 }),
      episode: fc.integer({ min: 1, max: 3 }),
      watched: fc.boolean(),
      progress: fc.integer({ min: 0, max: 100 }),
      userId: fc.constantFrom('7', '8'),
    });
    const history = fc
      .uniqueArray(some, { maxLength: 20, selector: ({ id }) => id })
      .map((all) => all.map((one) => row(one)));
    const shuffled = history.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, mixed]) => {
        expect(joinRows(mixed)).toEqual(joinRows(rows));
      }),
    );
  });

  test('every row is in exactly one viewing', () => {
    const rows = Array.from({ length: 30 }, (_, i) =>
      row({ id: i, ago: i * 17, episode: i % 4, watched: i % 3 === 0 }),
    );
    expect(
      idsOf(rows)
        .flat()
        .toSorted((a, b) => Number(a) - Number(b)),
    ).toEqual(rows.map(({ id }) => id));
  });
});

describe('what a viewing says', () => {
  const facts = (...rows: readonly PlayedRow[]) => joinRows(rows).map((viewing) => factsOf(viewing, now));

  test('it began with its first row, stopped with its last and got as far as the furthest', () => {
    const rows = [row({ ago: 300, lasted: 20, progress: 70, watched: false }), row({ ago: 60, lasted: 9, ...half })];
    expect(facts(...rows)).toEqual([
      {
        startedAt: toInstant(NOW - 300 * 60_000),
        resumedAt: toInstant(NOW - 60 * 60_000),
        stoppedAt: toInstant(NOW - 51 * 60_000),
        progress: 70,
        watched: false,
        playing: false,
      },
    ]);
  });

  test('it is watched when any of its rows was', () => {
    expect(facts(row({ ago: 300, ...half }), row({ ago: 60 }))[0]?.watched).toBe(true);
  });

  test('a running one stops at the moment of the reading', () => {
    expect(facts(running({ ago: 10 }))[0]).toMatchObject({ playing: true, stoppedAt: now });
  });
});
