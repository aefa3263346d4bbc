import { describe, expect, it } from 'vitest';
import { queueMoves } from '../../../src/core/queue-order/index.js';
import { SabModel } from './sab-model.js';

/** Every call there is for three of our jobs and two others; the plan is held against the shortest way through them. */
const OURS = ['A', 'B', 'C'];
const ALL = [...OURS, 'x', 'y'];
const LETTERS = ['F', 'H', 'N'];
const RANK: Record<string, number> = { F: 2, H: 1, N: 0 };

const orders = (ids: readonly string[]): string[][] =>
  ids.length === 0
    ? [[]]
    : ids.flatMap((id) => orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
const parts = (ids: readonly string[]): string[][] =>
  ids
    .reduce<string[][]>((found, id) => found.flatMap((part) => [part, [...part, id]]), [[]])
    .filter((p) => p.length > 0);
const LISTS = parts(OURS).flatMap(orders);

/** Each queue of these five jobs that is sorted by priority. */
function* queues(): Generator<string> {
  for (const ids of orders(ALL).filter((o) => o.indexOf('x') < o.indexOf('y'))) {
    for (let code = 0; code < LETTERS.length ** ids.length; code += 1) {
      const letters = ids.map((_, i) => LETTERS[Math.floor(code / LETTERS.length ** i) % LETTERS.length] ?? 'N');
      const sorted = letters.every((letter, i) => (RANK[letters[i - 1] ?? letter] ?? 0) >= (RANK[letter] ?? 0));
      if (sorted) yield ids.map((id, i) => `${id}/${letters[i]}`).join(' ');
    }
  }
}

interface Goal {
  readonly movable: readonly string[];
  readonly alone: ReadonlySet<string>;
  readonly level: number;
}

const reached = (queue: string, { movable, alone, level }: Goal): boolean => {
  const top = SabModel.of(queue).jobs.filter((j) => j.priority <= level && !alone.has(j.id));
  return movable.every((id, i) => top[i]?.id === id && top[i].priority === level);
};

/** The queues that one call leads to; nothing of ours may become Force on the way to High. */
function* after(queue: string, { movable, level }: Goal): Generator<string> {
  const sent = (call: (model: SabModel) => void): string => {
    const model = SabModel.of(queue);
    call(model);
    return model.toString();
  };
  const values = [2, 1, 0, -1].filter((value) => value <= level);
  for (const ids of LISTS.filter((list) => list.every((id) => movable.includes(id)))) {
    for (const value of values) yield sent((model) => model.setPriority(ids, value));
  }
  const targets = SabModel.of(queue).jobs.filter((job) => job.priority <= level);
  for (const id of movable) for (const target of targets) yield sent((model) => model.switchTo(id, target.id));
}

/** Whether fewer calls than that many reach the goal. */
function canBeShorter(queue: string, calls: number, goal: Goal): boolean {
  let known = new Set([queue]);
  for (let depth = 0; depth < calls; depth += 1) {
    if ([...known].some((one) => reached(one, goal))) return true;
    if (depth + 1 < calls) known = new Set([...known].flatMap((one) => [...after(one, goal)]));
  }
  return false;
}

describe.each(['high', 'force'] as const)('with %s', (raise) => {
  it('no queue of five jobs can be ordered with fewer calls', () => {
    const worse = [...queues()].filter((queue) => {
      const { calls, leftAlone } = queueMoves({ jobs: SabModel.of(queue).read(), wanted: OURS, raise });
      const alone = new Set(leftAlone.map((one) => one.id));
      const movable = OURS.filter((id) => !alone.has(id));
      return canBeShorter(queue, calls.length, { movable, alone, level: raise === 'force' ? 2 : 1 });
    });
    expect(worse).toEqual([]);
  });
});
