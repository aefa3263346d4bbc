import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan, Play } from '../../src/core/contracts/index.js';
import { readLookup, readPlan } from '../../src/runtime/messages/pipeline.js';
import { readPlays } from '../../src/runtime/messages/plays.js';
import { toldBy } from '../../src/runtime/messages/told.js';
import { settingsFor } from '../../src/runtime/settings/read.js';
import { example, readText } from './markdown.js';
import { type Message, runPipeline, type Seen } from './pipeline.js';

const messages = readText('docs/messages.md');
const plays = example(messages, 'plays') as Message;
const PLANS = ['plan', 'searched', 'partial', 'prioritised'];

describe('the examples in docs/messages.md', () => {
  it('of plays can be read by the node that they are for, with what a source tells', () => {
    const received = { ...plays, _msgid: '1' };
    expect(readPlays(received.payload)).toHaveLength(1);
    expect(() => settingsFor({}, received)).not.toThrow();
    const { filtered, filters } = plays.plexJit ?? {};
    expect(toldBy(received)).toEqual({ filtered, filters, notes: [], errors: [] });
  });

  it('of a look-up can be read by the node that it is for', () => {
    expect(readLookup(example(messages, 'lookup')).series).toHaveLength(1);
  });

  it.each(PLANS)('of a plan (%s) can be read by the nodes that it is for', (name) => {
    expect(readPlan(example(messages, name), 'this test').items).not.toEqual([]);
    expect(readPlan(example(messages, name), 'this test').partial).toBe(name === 'partial');
  });
});

/** Every property by its path; the elements of a list are taken together, and what is null has nothing below it. */
const paths = (value: unknown, path = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => paths(one, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, below]) => paths(below, `${path}.${name}`))];
};

/** Objects at whose properties a reader looks: the first of each kind. */
const keysOf = (value: unknown): readonly string[] => Object.keys(value ?? {}).sort();

describe('the examples against a real run', () => {
  let seen: Seen;
  beforeAll(async () => {
    seen = await runPipeline({ plexJit: { episodesToCheck: 4 } });
  });

  it('show no property that the nodes do not send', () => {
    const pairs: [unknown, readonly Message[]][] = [
      [plays.payload, seen.history],
      [example(messages, 'lookup'), seen.lookup],
      [example(messages, 'plan'), seen.next],
      [example(messages, 'searched'), seen.search],
      [example(messages, 'partial'), seen.partial],
      [example(messages, 'prioritised'), seen.priority],
    ];
    for (const [shown, sent] of pairs) {
      const real = new Set(sent.flatMap(({ payload }) => paths(payload)));
      expect(paths(shown).filter((path) => !real.has(path))).toEqual([]);
    }
  });

  it('leave out no property of a message, a play, an item and what the source writes', () => {
    const plan = (payload: unknown) => payload as Plan;
    const real = plan(seen.priority[0]?.payload);
    expect(keysOf(example(messages, 'plan'))).toEqual(keysOf(real));
    expect(keysOf(example(messages, 'lookup'))).toEqual(keysOf(seen.lookup[0]?.payload));
    expect(keysOf(plan(example(messages, 'prioritised')).items[0])).toEqual(keysOf(real.items[0]));
    expect(keysOf(plan(example(messages, 'plan')).threads[0])).toEqual(keysOf(real.threads[0]));
    expect(keysOf((plays.payload as Play[])[0])).toEqual(keysOf((seen.history[0]?.payload as Play[])[0]));
    expect(keysOf(plays.plexJit)).toEqual(keysOf(seen.history[0]?.plexJit));
  });

  it('name in their tables every property of a plan, a thread and an item', () => {
    const { items, threads, ...rest } = seen.priority[0]?.payload as Plan;
    for (const name of [...keysOf(rest), ...keysOf(items[0]), ...keysOf(threads[0])])
      expect(messages).toContain(`\`${name}\``);
  });
});

describe('a source of plays that is not ours', () => {
  it('needs no more than the least play of docs/messages.md', async () => {
    const seen = await runPipeline({ payload: [example(messages, 'minimal-play')] }, 'lookup');
    const plan = seen.priority[0]?.payload as Plan;
    expect(plan.threads.map(({ viewer, episode }) => [viewer.name, episode])).toEqual([['Ann', 2]]);
    expect(plan.items.map(({ episode, result }) => [episode, result?.code])).toEqual([
      [3, undefined],
      [4, 'grabbed'],
      [5, 'grabbed'],
      [6, undefined],
    ]);
  });
});
