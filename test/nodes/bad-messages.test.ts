import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, WORLD, bench } from './bench.js';
import type { Message } from './inbox.js';
import { GOOD, NODES, type NodeName, goodMessage } from './good-messages.js';

const circular = (): object => {
  const one: Record<string, unknown> = { name: 'me' };
  one.self = one;
  return one;
};

/** Deeper than Node-RED can copy for Catch. */
const deep = (): object => {
  let one: object = {};
  for (let level = 0; level < 20_000; level += 1) one = { series: [one] };
  return one;
};

const polluting = (): unknown => JSON.parse('{"__proto__":{"partial":true,"dryRun":true},"constructor":5}') as unknown;

/** What a flow may hold by mistake, with what is said of it; made anew each time, as nodes write into messages. */
const GARBAGE: readonly (readonly [string, () => unknown])[] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a string', () => 'hello'],
  ['a number', () => Number.NaN],
  ['a function', () => () => 1],
  ['a bigint', () => 12n],
  ['a Date', () => new Date(0)],
  ['an Error', () => new Error('not found')],
  ['a Buffer of 5 bytes', () => Buffer.from('hello')],
  ['a Uint8Array', () => new Uint8Array(3)],
  ['a list of 6', () => [null, 5, 'x', [], {}, { items: 1 }]],
  ['a list of 200000', () => Array.from({ length: 200_000 }, (_, i) => i)],
  ['an object with name, self', circular],
  ['an object with __proto__, constructor', polluting],
  ['an empty object', () => Object.create(null) as unknown],
];

/** Of a list the lookup names what is wrong in its first play. */
const saidOf = (node: NodeName, what: string): string =>
  node === 'sonarr-lookup' && what.startsWith('a list of ')
    ? 'Play 1 of msg.payload is invalid: it must be an object, but is '
    : `, got ${what}`;

const readers = NODES.filter((node) => GOOD[node].takesAnything !== true);

describe.each(NODES)('%s', (node) => {
  let b: Bench;
  beforeAll(async () => {
    b = await bench(WORLD, { type: node, ...GOOD[node].settings });
  });
  afterAll(() => b[Symbol.asyncDispose]());

  const ended = () => b.caught.all.length + b.completed.all.length;
  /** What Catch got of a message; nothing when it went through. */
  const sent = async (msg: object): Promise<Message['error']> => {
    const [before, caught] = [ended(), b.caught.all.length];
    b.sendAsIs(msg);
    await b.until(() => ended() > before, 'the end of the work');
    return b.caught.all[caught]?.error;
  };
  const works = async () => {
    expect(await sent(goodMessage(node, b))).toBeUndefined();
    expect(b.out.all.at(-1)?.topic).toBe('good');
  };

  if (readers.includes(node)) {
    it.each(GARBAGE)('refuses %s as payload with a sentence, and works on the next message', async (what, make) => {
      const { length } = b.out.all;
      const error = await sent({ topic: 'mine', payload: make() });
      expect(error?.code).toBe('wrong-input');
      expect(error?.message).toContain(saidOf(node, what));
      expect(b.statusTexts.at(-1)).toBe('wrong message');
      expect(b.caught.all.at(-1)?.topic).toBe('mine');
      expect(b.out.all).toHaveLength(length);
      await works();
    });
  } else {
    it.each(GARBAGE)('starts a run whatever the payload is: %s', async (_what, make) => {
      expect(await sent({ topic: 'good', payload: make() })).toBeUndefined();
    });
  }

  const overrides = GARBAGE.filter(([what]) => !['nothing', 'null', 'an empty object'].includes(what));

  it.each(overrides)('refuses %s as msg.plexJit, and works on the next message', async (what, make) => {
    const error = await sent({ ...goodMessage(node, b), plexJit: make() });
    expect(['wrong-input', 'wrong-setting']).toContain(error?.code);
    expect(error?.message).toMatch(
      what.startsWith('an object')
        ? /^msg\.plexJit\.(name|__proto__) is not a setting\.$/
        : /^msg\.plexJit must be an object with settings, but is ./,
    );
    expect(error?.message.length).toBeLessThan(150);
    await works();
  });

  it.each(GARBAGE.filter(([what]) => what !== 'nothing'))(
    'refuses %s as the value of a setting by its name',
    async (_what, make) => {
      const error = await sent({ ...goodMessage(node, b), plexJit: { episodesToCheck: make() } });
      expect(error?.code).toBe('wrong-setting');
      expect(error?.message).toMatch(
        /^msg\.plexJit\.episodesToCheck must be a whole number from 1 to 50, but is .{1,60}\.$/,
      );
    },
  );

  it('puts nothing of a message into the prototype of all objects', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { partial?: unknown; dryRun?: unknown }).partial).toBeUndefined();
  });

  it('lives on after a message that Node-RED cannot copy for Catch, and logs what was wrong', async () => {
    b.sendAsIs({ payload: deep(), plexJit: 5 });
    const wrong = /msg\.plexJit must be an object|, got an object with series/;
    await b.until(() => b.logged.some((line) => wrong.test(line)), 'the line in the log');
    await works();
  });

  it('lives on after a message that is no object', async () => {
    b.sendAsIs('hello' as unknown as object);
    await works();
  });
});
