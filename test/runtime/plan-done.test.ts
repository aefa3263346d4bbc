import { expect, it } from 'vitest';
import type { ResultCode } from '../../src/core/contracts/index.js';
import { somethingDone } from '../../src/runtime/plan-done.js';
import { item, plan } from './builders.js';

const withResult = (code: ResultCode | null) =>
  plan({ items: [item(), item({ result: code === null ? null : { code, text: code } })] });

it.each<[ResultCode | null, boolean]>([
  ['grabbed', true],
  ['command-sent', true],
  ['unsettled', true],
  ['nothing-found', true],
  ['nothing-acceptable', true],
  ['would-search', false],
  ['failed', false],
  ['skipped', false],
  [null, false],
])('a run with the result %s has done or found out something: %s', (code, done) => {
  expect(somethingDone(withResult(code))).toBe(done);
});
