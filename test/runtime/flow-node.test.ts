import { describe, expect, it, vi } from 'vitest';
import type { RunInfo } from '../../src/core/contracts/index.js';
import { journal } from '../../src/runtime/journal/journal.js';
import type { RunRecord } from '../../src/runtime/journal/records.js';
import { NodeError } from '../../src/runtime/node-error.js';
import { run } from './builders.js';
import { nodeOf, result, signal } from './test-node.js';

describe('a node that is closed while it works', () => {
  it('sends what comes before that, and nothing afterwards', async () => {
    const [begun, goOn] = [signal(), signal()];
    const { heard, input, close } = nodeOf(async (_msg, call) => {
      call.emit([{ payload: 'before' }]);
      begun.say();
      await goOn.said;
      call.emit([{ payload: 'after' }]);
      call.progress('still at it');
      return { ...result(), outputs: [{ payload: 'end' }] };
    });
    input({ payload: 1 });
    await begun.said;
    const closed = close();
    goOn.say();
    await closed;
    expect(heard.sent).toEqual([[{ payload: 'before' }]]);
    expect(heard.done).toEqual([undefined]);
    expect(heard.texts).toEqual(['working', undefined]);
  });

  it('lets go of what waits, and takes nothing more', async () => {
    const goOn = signal();
    const worked: unknown[] = [];
    const { heard, input, close } = nodeOf(async ({ payload }) => {
      worked.push(payload);
      await goOn.said;
      return result();
    });
    for (const payload of [1, 2]) input({ payload });
    const closed = close();
    goOn.say();
    await closed;
    input({ payload: 3 });
    expect(worked).toEqual([1]);
    expect(heard.done).toEqual([undefined, undefined, undefined]);
    expect(heard.sent).toEqual([]);
  });
});

it('tells the journal of a message that waits behind another, and of one that is let go', async () => {
  const goOn = signal();
  const { input, close } = nodeOf(async (msg) => {
    await goOn.said;
    return { ...result(), run: (msg.payload as { run: RunInfo }).run };
  });
  const messages = [run(), run(), run()];
  const states = () => {
    const { runs } = journal().flows.find(({ id }) => id === 'flow-node') ?? { runs: new Map<string, RunRecord>() };
    return messages.map(({ id }) => [...(runs.get(id)?.steps.values() ?? [])].map((one) => [one.state, one.waiting]));
  };
  for (const one of messages) input({ payload: { run: one } });
  expect(states()).toEqual([[['working', 0]], [['stopped', 1]], [['stopped', 1]]]);
  goOn.say();
  await vi.waitUntil(() => states()[2]?.[0]?.[0] === 'ok');
  expect(states()).toEqual([[['ok', 0]], [['ok', 0]], [['ok', 0]]]);
  await close();
  input({ payload: { run: messages[0] } });
  expect(states()[0]).toEqual([['ok', 0]]);
});

it('works on after a message whose properties cannot even be read', async () => {
  const { heard, input } = nodeOf(() => Promise.resolve(result()));
  const unreadable = () => {
    throw new Error('unreadable');
  };
  input(Object.defineProperty({}, 'payload', { get: unreadable }));
  input({
    payload: {
      errors: [],
      get run() {
        return unreadable();
      },
    },
  });
  input({});
  while (heard.done.length < 3) await new Promise(setImmediate);
  expect(heard.texts.at(-1)).toBe('done');
});

describe('a server that was lost', () => {
  it('is said to be back, once', async () => {
    const answers = [false, false, true, true];
    const { heard, input } = nodeOf(async () => {
      if (answers.shift() === true) return result();
      throw new NodeError('refused', 'Sonarr at http://nas:8989 refused the connection.', {
        service: 'sonarr',
        server: 'Sonarr at http://nas:8989',
      });
    });
    for (let runs = 1; runs <= 4; runs += 1) {
      input({});
      while (heard.done.length < runs) await new Promise(setImmediate);
      if (runs === 2) expect(heard.logged).toEqual([]);
    }
    expect(heard.logged).toEqual(['Sonarr at http://nas:8989 is working again. [server-back]']);
  });

  it('is not looked for after a failure of another kind', async () => {
    let fails = true;
    const { heard, input } = nodeOf(async () => {
      if (!fails) return result();
      throw new NodeError('wrong-input', 'no plan');
    });
    input({});
    while (heard.done.length < 1) await new Promise(setImmediate);
    fails = false;
    input({});
    while (heard.done.length < 2) await new Promise(setImmediate);
    expect(heard.logged).toEqual([]);
  });
});

describe('what needs attention', () => {
  const failure = (message: string) => ({ code: 'reset', message });
  const item = (code: string) => ({
    series: { title: 'Show' },
    season: 1,
    episode: 2,
    reason: { code, text: 'Not an upgrade' },
  });
  const told = async (
    messages: readonly { readonly came?: object; readonly sends: object; readonly fatal?: Error }[],
  ) => {
    let at = 0;
    const { heard, input } = nodeOf((msg) => {
      const { sends, fatal } = messages[at++] ?? { sends: {} };
      return Promise.resolve({ ...result(), outputs: [{ ...msg, ...sends }], fatal: fatal ?? null });
    });
    for (const [i, { came = {} }] of messages.entries()) {
      input(came);
      while (heard.done.length <= i) await new Promise(setImmediate);
    }
    return heard.warned;
  };

  it('is warned of: what failed in part, and downloads that are stuck', async () => {
    expect(
      await told([{ sends: { payload: { errors: [failure('a')], items: [item('blocked'), item('queued')] } } }]),
    ).toEqual(['a [reset]', 'Show S01E02: Not an upgrade [blocked]']);
    expect(await told([{ sends: { payload: [], plexJit: { errors: [failure('b')] } } }])).toEqual(['b [reset]']);
  });

  it('is warned of by the node that found it, and not again while it lasts', async () => {
    const [a, ab] = [{ payload: { errors: [failure('a')] } }, { payload: { errors: [failure('a'), failure('b')] } }];
    expect(await told([{ came: a, sends: ab }])).toEqual(['b [reset]']);
    expect(await told([{ sends: a }, { sends: ab }, { sends: { payload: {} } }, { sends: a }])).toEqual([
      'a [reset]',
      'b [reset]',
      'a [reset]',
    ]);
  });

  it('is not warned of where it is the failure of the whole node', async () => {
    expect(
      await told([{ sends: { payload: { errors: [failure('a')] } }, fatal: new NodeError('reset', 'a') }]),
    ).toEqual([]);
  });

  it.each([[null], [5], [{ errors: 5, items: [null] }], [{ errors: [null] }]])(
    'of garbage is nothing: %j',
    async (payload) => {
      expect(await told([{ sends: { payload } }])).toEqual([]);
    },
  );
});
