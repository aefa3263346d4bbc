import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenJson, readArray } from '../../../src/clients/http/array-slices.js';
import { longestTurn } from '../support/delay.js';

const read = async (
  json: string,
  path: readonly string[] = [],
): Promise<{ rows: unknown[]; document: unknown } | null> => {
  const rows: unknown[] = [];
  const found = await readArray(Buffer.from(json), path, (slice) => rows.push(...slice));
  return found === null ? null : { rows, document: found.document };
};

const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const anyJson = fc.jsonValue({ maxDepth: 3 });
const blanks = fc.constantFrom(0, 2);

describe('reading an array in slices', () => {
  test('gives what JSON.parse gives, for any array and any layout', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyJson), blanks, async (rows, indent) => {
        expect(await read(JSON.stringify(rows, null, indent))).toEqual({
          rows: copyOf(rows),
          document: [],
        });
      }),
    );
  });

  test('finds an array below keys, whatever stands before and after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyJson), anyJson, anyJson, blanks, async (rows, before, after, indent) => {
        const document = { before, response: { 'da"ta': 1, data: rows, after }, after };
        const got = await read(JSON.stringify(document, null, indent), ['response', 'data']);
        const expected = JSON.parse(
          JSON.stringify({ ...document, response: { ...document.response, data: [] } }),
        ) as unknown;
        expect(got).toEqual({ rows: copyOf(rows), document: expected });
      }),
    );
  });

  test('keeps every row of a text of many slices', async () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, title: `Ünïcode ${id} "]},{[" \\`, list: [[], {}] }));
    expect((await read(JSON.stringify(rows)))?.rows).toEqual(rows);
  });

  test.each(['{}', '{"records":{}}', '{"records":null}', '"records"', '3', '{"a":1,"b":[1]}'])(
    'finds no array in %s',
    async (json) => expect(await read(json, ['records'])).toBeNull(),
  );

  test.each([
    '',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '[1}',
    '[,1]',
    '["a',
    '["\\',
    '[{"a":1]',
    '[tru]',
    '[1] x',
    '[1]]',
    '[1 2]',
  ])('calls %s broken', async (json) => expect(read(json)).rejects.toBeInstanceOf(BrokenJson));

  test('every beginning of an answer is broken, none is taken for a shorter list', async () => {
    const json = '{"page":1,"records":[{"id":1,"t":"a,b"},{"id":2},[3]],"totalRecords":3}';
    for (let length = 0; length < json.length; length += 1) {
      const got = await read(json.slice(0, length), ['records']).catch((error: unknown) => error);
      expect(got, json.slice(0, length)).toBeInstanceOf(BrokenJson);
    }
  });

  test('25 MB are read without stopping others for long', async () => {
    const row = JSON.stringify({ id: 1, title: 'Harbour Lights', overview: 'x'.repeat(2000), seasons: Array(30).fill({ seasonNumber: 1, monitored: true, statistics: { episodeFileCount: 8, percentOfEpisodes: 100 } }) }, null, 2); // prettier-ignore
    const bytes = Buffer.from(
      `[${Array(Math.ceil(25e6 / row.length))
        .fill(row)
        .join(',')}]`,
    );
    let rows = 0;
    const longest = await longestTurn(async () => {
      rows = 0;
      await readArray(bytes, [], (slice) => (rows += slice.length));
    });
    expect(rows).toBe(Math.ceil(25e6 / row.length));
    // Measured 3–12 ms; a turn that parsed the whole takes 150 ms and more.
    expect(longest).toBeLessThan(140);
  });
});
