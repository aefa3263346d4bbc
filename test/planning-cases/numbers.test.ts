import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const CASES = 62;
const TESTS = join(__dirname, '..');
/** `n: 12,` of a table, `it('12: …`, `case 12: …`. */
const NUMBER = /\bn: (\d+),|\bit\('(\d+): |\bcase (\d+)[:,]/g;

it('every case of the planning rules is named by its number in the title of a test', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const named = files.flatMap((file) =>
    [...readFileSync(join(TESTS, file), 'utf8').matchAll(NUMBER)].map((found) => Number(found.slice(1).find(Boolean))),
  );
  const all = Array.from({ length: CASES }, (_, i) => i + 1);
  expect(all.filter((number) => !named.includes(number))).toEqual([]);
});
