import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf, queueMoves, type QueueCall } from '../../../src/core/queue-order/index.js';
import { SabModel } from './sab-model.js';

const VALUES = { Force: 2, High: 1, Normal: 0 };
type Raise = 'high' | 'force';

function send(model: SabModel, calls: readonly QueueCall[]): void {
  for (const call of calls) {
    if (call.kind === 'switch') model.switchTo(call.id, call.target);
    else model.setPriority(call.ids, VALUES[call.priority]);
  }
}

const plan = (model: SabModel, wanted: readonly string[], raise: Raise = 'high') =>
  queueMoves({ jobs: model.read(), wanted, raise });

/** Ours are A, B, C, …; what the queue is after the calls, and how many there were. */
function order(queue: string, wanted: string, raise: Raise = 'high') {
  const model = SabModel.of(queue);
  const { calls, leftAlone } = plan(model, wanted.split(' '), raise);
  send(model, calls);
  return { after: model.toString(), calls: calls.length, leftAlone };
}

const CASES: [what: string, queue: string, wanted: string, after: string, calls: number][] = [
  ['new jobs go to the top with one call', 'x B A y', 'A B', 'A/H B/H x/N y/N', 1],
  ['jobs that stand so need none', 'A/H B/H x y', 'A B', 'A/H B/H x/N y/N', 0],
  ['one call adds a job at the end', 'A/H B/H x C', 'A B C', 'A/H B/H C/H x/N', 1],
  ['one call adds several at the end', 'A/H x C B', 'A B C', 'A/H B/H C/H x/N', 1],
  ['one call adds a job before the others', 'B/H C/H x A', 'A B C', 'A/H B/H C/H x/N', 1],
  ['one call adds a job between', 'A/H C/H x B/L', 'A B C', 'A/H B/H C/H x/N', 1],
  ['one call moves one up', 'B/H C/H A/H x', 'A B C', 'A/H B/H C/H x/N', 1],
  ['one call moves one down', 'C/H A/H B/H x', 'A B C', 'A/H B/H C/H x/N', 1],
  ['two calls add one between and some at the end', 'A/H C/H x D B E', 'A B C D E', 'A/H B/H C/H D/H E/H x/N', 2],
  ['two calls turn an order round', 'E/H D/H C/H B/H A/H x', 'A B C D E', 'A/H B/H C/H D/H E/H x/N', 2],
  ['two calls add several between', 'A/H E/H x D C B', 'A B C D E', 'A/H B/H C/H D/H E/H x/N', 2],
  ["ours stand before somebody else's High job", 'x/H y A', 'A', 'A/H x/H y/N', 1],
  ["one call adds a job at the end before somebody else's High job", 'A/H x/H y/H B', 'A B', 'A/H B/H x/H y/H', 1],
  ["below somebody else's Force job", 'x/F y A', 'A', 'x/F A/H y/N', 1],
  ['Force above, High below', 'x/F y/H z A', 'A', 'x/F A/H y/H z/N', 1],
  ['a Force job that comes later needs no call', 'x/F A/H B/H', 'A B', 'x/F A/H B/H', 0],
  ['a job that is fetching repair blocks needs no call', 'x/R y/F A/H B/H', 'A B', 'x/R y/F A/H B/H', 0],
  ["each of ours behind somebody else's High job needs a call", 'x/H A/H y B', 'A B', 'A/H B/H x/H y/N', 2],
  ["somebody else's paused High job is passed and stays paused", 'x/Hp A', 'A', 'A/H x/Hp', 1],
];

describe('with High', () => {
  it.each(CASES)('%s: %s', (_, queue, wanted, after, calls) => {
    expect(order(queue, wanted)).toEqual({ after, calls, leftAlone: [] });
  });

  it('19, 23 and 24: a job that several episodes share is moved once, by the first of them', () => {
    expect(order('x B A', 'A B A B')).toMatchObject({ after: 'A/H B/H x/N', calls: 1 });
  });

  it('58: a job that its owner paused is left alone, wherever it stands', () => {
    expect(order('x A/Np B', 'A B')).toEqual({
      after: 'B/H x/N A/Np',
      calls: 1,
      leftAlone: [{ id: 'A', why: 'paused' }],
    });
    expect(order('A/H B/Hp C/H x', 'A B C')).toMatchObject({ after: 'A/H B/Hp C/H x/N', calls: 0 });
  });

  it('Force and Repair jobs of ours are never lowered', () => {
    expect(order('B/R A/F C x', 'C B A')).toEqual({
      after: 'B/R A/F C/H x/N',
      calls: 1,
      leftAlone: [
        { id: 'B', why: 'repair' },
        { id: 'A', why: 'force' },
      ],
    });
  });

  it('jobs that are not in the queue are skipped', () => {
    expect(order('x A', 'Z A')).toEqual({ after: 'A/H x/N', calls: 1, leftAlone: [{ id: 'Z', why: 'not-in-queue' }] });
    expect(order('x y', 'Z')).toMatchObject({ calls: 0 });
    expect(order('x y', '')).toMatchObject({ calls: 0 });
  });

  it('60: one order over two flows is undone by neither', () => {
    const model = SabModel.of('x A B C');
    send(model, plan(model, ['A', 'C']).calls);
    send(model, plan(model, ['A', 'B', 'C']).calls);
    expect(model.toString()).toBe('A/H B/H C/H x/N');
    expect(plan(model, ['A', 'B', 'C']).calls).toEqual([]);
  });
});

describe('with Force', () => {
  it.each([
    ['new jobs go to the top with one call', 'x B A y', 'A B', 'A/F B/F x/N y/N', 1],
    ['jobs that stand so need none', 'A/F B/F x', 'A B', 'A/F B/F x/N', 0],
    ['before other Force jobs, which stay forced', 'x/F y A B', 'A B', 'A/F B/F x/F y/N', 1],
    ['one call adds a job before the others', 'B/F x A', 'A B', 'A/F B/F x/N', 1],
    ['two calls add a job at the end', 'A/F B/F x C', 'A B C', 'A/F B/F C/F x/N', 2],
    ["one, when somebody else's Force job follows", 'A/F x/F C B', 'A B', 'A/F B/F x/F C/N', 1],
    ['two calls after a restart turned them round', 'D/F C/F B/F A/F x', 'A B C D', 'A/F B/F C/F D/F x/N', 2],
    ['a job that is fetching repair blocks may stay on top', 'x/R A/F B/F', 'A B', 'x/R A/F B/F', 0],
  ] as const)('%s: %s', (_, queue, wanted, after, calls) => {
    expect(order(queue, wanted, 'force')).toEqual({ after, calls, leftAlone: [] });
  });

  it('58: a paused job is left alone', () => {
    expect(order('A/Np B', 'A B', 'force')).toMatchObject({
      after: 'B/F A/Np',
      leftAlone: [{ id: 'A', why: 'paused' }],
    });
  });
});

describe('properties', () => {
  const OURS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
  const OTHERS = ['q', 'r', 's', 't', 'u', 'v'];

  /** Any queue that SABnzbd can be in: jobs added, moved by hand, paused, re-prioritised. */
  const job = fc.record({ priority: fc.constantFrom(3, 2, 1, 0, -1), paused: fc.boolean() });
  const handWork = fc.oneof(
    fc.record({ move: fc.nat(), to: fc.nat() }),
    fc.record({ change: fc.nat(), value: fc.constantFrom(2, 1, 0, -1) }),
    fc.record({ pause: fc.nat() }),
    fc.constant({ restart: true as const }),
  );
  const queues = fc
    .record({
      ids: fc.shuffledSubarray([...OURS, ...OTHERS]),
      jobs: fc.array(job, { minLength: 13, maxLength: 13 }),
      work: fc.array(handWork, { maxLength: 6 }),
      wanted: fc.shuffledSubarray(OURS),
      raise: fc.constantFrom<Raise>('high', 'force'),
    })
    .map(({ ids, jobs, work, wanted, raise }) => {
      const model = new SabModel([]);
      ids.forEach((id, i) => {
        const { priority = 0, paused = false } = jobs[i] ?? {};
        model.add({ id, priority, paused: paused && i % 3 === 0 });
      });
      const idAt = (n: number) => model.jobs[n % Math.max(1, model.jobs.length)]?.id ?? '';
      for (const one of work) {
        if ('move' in one) model.switchTo(idAt(one.move), idAt(one.to));
        else if ('change' in one) model.setPriority([idAt(one.change)], one.value);
        else if ('pause' in one) model.jobs.filter((j) => j.id === idAt(one.pause)).forEach((j) => (j.paused = true));
        else model.restart();
      }
      return { model, wanted, raise };
    });

  const snapshot = (model: SabModel) => model.jobs.map((j) => ({ ...j }));

  it('ours stand together in order at the top, and a second plan has no call', () => {
    fc.assert(
      fc.property(queues, ({ model, wanted, raise }) => {
        const { calls, leftAlone } = plan(model, wanted, raise);
        send(model, calls);
        const alone = new Set(leftAlone.map((l) => l.id));
        const movable = wanted.filter((id) => !alone.has(id));
        const level = raise === 'force' ? 2 : 1;
        const top = model.jobs.filter((j) => j.priority <= level && !alone.has(j.id)).slice(0, movable.length);
        expect(top.map((j) => j.id)).toEqual(movable);
        expect(top.every((j) => j.priority === level)).toBe(true);
        expect(plan(model, wanted, raise).calls).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it("nobody else's job changes its priority, pause or order, and none of ours that is left alone", () => {
    fc.assert(
      fc.property(queues, ({ model, wanted, raise }) => {
        const { calls, leftAlone } = plan(model, wanted, raise);
        const alone = new Set(leftAlone.map((l) => l.id));
        const untouched = () => snapshot(model).filter((j) => !wanted.includes(j.id) || alone.has(j.id));
        const before = untouched();
        send(model, calls);
        expect(untouched()).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });

  it('Force and Repair jobs stay what they are with High, and all that is paused stays paused', () => {
    fc.assert(
      fc.property(queues, ({ model, wanted }) => {
        const before = snapshot(model);
        send(model, plan(model, wanted).calls);
        for (const { id, priority, paused } of before) {
          const now = model.jobs.find((j) => j.id === id);
          if (priority >= 2) expect(now?.priority).toBe(priority);
          if (paused) expect(now?.paused).toBe(true);
        }
      }),
    );
  });

  it('calls name jobs of ours only, and no call is without effect', () => {
    fc.assert(
      fc.property(queues, ({ model, wanted, raise }) => {
        for (const call of plan(model, wanted, raise).calls) {
          const ids = call.kind === 'switch' ? [call.id] : call.ids;
          expect(wanted).toEqual(expect.arrayContaining([...ids]));
          const before = model.toString();
          send(model, [call]);
          expect(model.toString()).not.toBe(before);
        }
      }),
    );
  });

  it("two calls are enough as long as nobody else's High job follows", () => {
    fc.assert(
      fc.property(queues, ({ model, wanted }) => {
        const others = model.jobs.filter((j) => !wanted.includes(j.id));
        fc.pre(others.every((j) => j.priority !== 1));
        expect(plan(model, wanted).calls.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('never more than one call for each job and one', () => {
    fc.assert(
      fc.property(queues, ({ model, wanted, raise }) => {
        expect(plan(model, wanted, raise).calls.length).toBeLessThanOrEqual(Math.max(2, wanted.length));
      }),
    );
  });
});

describe('a queue that is not sorted by priority', () => {
  const letters = fc.array(fc.constantFrom('F', 'H', 'N', 'L'), { minLength: 8, maxLength: 8 });
  const ids = fc.shuffledSubarray(['A', 'B', 'C', 'D', 'w', 'x', 'y', 'z'], { minLength: 8 });

  it('is in order after a few rounds', () => {
    fc.assert(
      fc.property(letters, ids, fc.shuffledSubarray(['A', 'B', 'C', 'D']), (priorities, names, wanted) => {
        const model = SabModel.of(names.map((id, i) => `${id}/${priorities[i]}`).join(' '));
        for (let round = 0; round < 4; round += 1) send(model, plan(model, wanted).calls);
        expect(plan(model, wanted).calls).toEqual([]);
      }),
    );
  });
});

it('places count from 0 in the whole queue', () => {
  const jobs = SabModel.of('x/F A/H y B').read();
  expect([...placesOf(jobs, ['B', 'A', 'Z'])]).toEqual([
    ['A', { position: 1, priority: 'High' }],
    ['B', { position: 3, priority: 'Normal' }],
  ]);
});
