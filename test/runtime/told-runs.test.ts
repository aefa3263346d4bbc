import { describe, expect, it, vi } from 'vitest';
import type { RunInfo } from '../../src/core/contracts/index.js';
import { NodeError } from '../../src/runtime/node-error.js';
import { ok } from '../../src/runtime/status.js';
import { run } from './builders.js';
import { type Work, nodeOf, signal } from './test-node.js';

let chains = 0;

/** What a node does with a message: it fails, or its run goes on. */
type Does = 'works' | 'fails' | 'is not set up';

/** A node that begins runs, and one after it that does what the run says. */
const chain = () => {
  const own = (chains += 1);
  const does = { first: 'works' as Does, second: 'works' as Does };
  const working =
    (which: 'first' | 'second', text: string): Work =>
    async (msg, call) => {
      const known = (msg.payload as { run: RunInfo } | undefined)?.run ?? run();
      call.requestsOf(known);
      if (does[which] === 'fails') throw new NodeError('refused', 'refused', { service: 'tautulli', server: 'T' });
      return { outputs: [{ payload: { run: known } }], run: known, status: ok(text) };
    };
  const check = () => {
    if (does.second === 'is not set up') throw new NodeError('not-set-up', 'No Sonarr is chosen.');
  };
  const first = () => nodeOf(working('first', 'plays'), { id: `first-${own}` });
  const second = nodeOf(working('second', 'to fetch'), { id: `second-${own}`, check });
  return { does, first: first(), again: first, second };
};

/** A node that begins a run of its own whatever comes, as `tautulli history` does, and one after it. */
const loop = () => {
  const own = (chains += 1);
  const flow = { fails: false, run: run() };
  const first = nodeOf(
    async (_msg, call) => {
      flow.run = { ...run(), id: `${own}-${first.heard.done.length}` };
      call.requestsOf(flow.run);
      if (flow.fails) throw new NodeError('refused', 'refused', { service: 'tautulli', server: 'T' });
      return { outputs: [{ plexJit: { run: flow.run } }], run: flow.run, status: ok('plays') };
    },
    { id: `first-${own}` },
  );
  const second = nodeOf(async () => ({ outputs: [], run: flow.run, status: ok('to fetch') }), { id: `second-${own}` });
  const press = async (msg: object) => {
    const ended = first.heard.done.length;
    first.input(msg);
    await settled(first, ended + 1);
    if (flow.fails) return;
    second.input({ plexJit: { run: flow.run } });
    await settled(second, ended + 1);
  };
  return Object.assign(flow, { second, press });
};

const settled = async ({ heard }: { heard: { done: unknown[] } }, count: number) => {
  while (heard.done.length < count) await new Promise(setImmediate);
};

const last = ({ heard }: { heard: { texts: (string | undefined)[] } }) => heard.texts.at(-1);

/** One message through both, as Node-RED would send it on. */
const press = async ({ second }: ReturnType<typeof chain>, first: ReturnType<typeof nodeOf>) => {
  const { done, sent } = first.heard;
  const [ended, went, came] = [done.length, sent.length, second.heard.done.length];
  first.input({});
  await settled(first, ended + 1);
  const out = sent.slice(went) as { payload: unknown }[][];
  for (const [msg] of out) second.input(msg ?? {});
  await settled(second, came + out.length);
};

describe('the status of a later node', () => {
  it('stands until the next run begins, and is gone when that does not come to it', async () => {
    const flow = chain();
    await press(flow, flow.first);
    expect([last(flow.first), last(flow.second)]).toEqual(['plays', 'to fetch']);
    flow.does.first = 'fails';
    await press(flow, flow.first);
    expect(last(flow.first)).toMatch(/^Tautulli/);
    expect(last(flow.second)).toBeUndefined();
    flow.does.first = 'works';
    await press(flow, flow.first);
    expect([last(flow.first), last(flow.second)]).toEqual(['plays', 'to fetch']);
  });

  it('that says of a failure goes as well', async () => {
    const flow = chain();
    flow.does.second = 'fails';
    await press(flow, flow.first);
    expect(last(flow.second)).toMatch(/^Tautulli/);
    flow.does.first = 'fails';
    await press(flow, flow.first);
    expect(last(flow.second)).toBeUndefined();
  });

  it('still says that the node is not set up', async () => {
    const flow = chain();
    flow.does.second = 'is not set up';
    await press(flow, flow.first);
    flow.does.first = 'fails';
    await press(flow, flow.first);
    expect(last(flow.second)).toBe('not set up');
  });

  it('is left alone by the runs of another flow', async () => {
    const [flow, other] = [chain(), chain()];
    await press(flow, flow.first);
    await press(other, other.first);
    other.does.first = 'fails';
    await press(other, other.first);
    expect([last(flow.first), last(flow.second)]).toEqual(['plays', 'to fetch']);
  });

  it('is left alone while it works on the run before', async () => {
    const goOn = signal();
    const known = run();
    const begins = nodeOf(async () => ({ outputs: [], run: known, status: ok('plays') }), { id: 'begins' });
    const busy = nodeOf(
      async (_msg, call) => {
        call.progress('searching 1/2');
        await goOn.said;
        return { outputs: [], run: known, status: ok('1 grabbed') };
      },
      { id: 'busy' },
    );
    begins.input({});
    await settled(begins, 1);
    busy.input({ payload: { run: known } });
    await vi.waitUntil(() => last(busy) === 'searching 1/2');
    begins.input({});
    await settled(begins, 2);
    expect(busy.heard.texts).toEqual(['working', 'searching 1/2']);
    goOn.say();
    await settled(busy, 1);
    expect(last(busy)).toBe('1 grabbed');
  });

  it('goes too when the first node was deployed anew before the run that fails', async () => {
    const flow = chain();
    await press(flow, flow.first);
    await flow.first.close();
    flow.does.first = 'fails';
    await press(flow, flow.again());
    expect(last(flow.second)).toBeUndefined();
  });

  it('is touched no more once it is closed', async () => {
    const flow = chain();
    await press(flow, flow.first);
    await flow.second.close(true);
    const { length } = flow.second.heard.texts;
    flow.does.first = 'fails';
    await press(flow, flow.first);
    expect(flow.second.heard.texts).toHaveLength(length);
  });

  it('of a run that another node began is left alone by a node in its midst', async () => {
    const flow = chain();
    await press(flow, flow.first);
    const ended = flow.second.heard.done.length;
    flow.second.input({ payload: { run: run() } });
    await settled(flow.second, ended + 1);
    expect(last(flow.first)).toBe('plays');
  });

  describe('of a run that is not the last one which the first node began', () => {
    it('held up on its way, as by an approval, goes when the next begins', async () => {
      const flow = chain();
      flow.first.input({});
      await settled(flow.first, 1);
      const [[held]] = flow.first.heard.sent as [[object]];
      flow.does.first = 'fails';
      await press(flow, flow.first);
      flow.second.input(held);
      await settled(flow.second, 1);
      expect(last(flow.second)).toBe('to fetch');
      await press(flow, flow.first);
      expect(last(flow.second)).toBeUndefined();
    });

    it('goes when the message that begins the next comes with one, as in a loop', async () => {
      const flow = loop();
      await flow.press({});
      expect(last(flow.second)).toBe('to fetch');
      flow.fails = true;
      await flow.press({ plexJit: { run: flow.run } });
      expect(last(flow.second)).toBeUndefined();
    });
  });

  it('stands while a run that began behind its node goes on, which another source feeds', async () => {
    const flow = chain();
    await press(flow, flow.first);
    const ended = flow.second.heard.done.length;
    flow.second.input({ payload: [] });
    await settled(flow.second, ended + 1);
    expect(last(flow.first)).toBe('plays');
  });
});
