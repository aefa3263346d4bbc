import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/contracts/index.js';
import { type Bench, bench } from './bench.js';
import type { Message } from './inbox.js';
import { NODES, type NodeName } from './good-messages.js';
import { HOUSE, message, ROWS, SERVICES } from './watched-rows.js';

const started = (node: NodeName, servers: Readonly<Record<string, object>> = {}, world = HOUSE) =>
  bench(world, { type: node, ...ROWS[node].settings }, { servers });

const topics = (all: readonly Message[]) => all.map(({ topic }) => topic);
const codes = (all: readonly Message[]) => all.map(({ topic, error }) => [topic, error?.code]);
const ended = (b: Bench): number => b.caught.all.length + b.completed.all.length;

/** Works on a message and waits for its end and for the status that says so. */
const work = async (b: Bench, msg: Message): Promise<void> => {
  const before = ended(b);
  b.send(msg);
  await b.until(() => ended(b) > before, 'the end of the work');
  await b.until(() => b.statuses.all.length > 0 && b.statuses.all.at(-1)?.status?.fill !== 'blue', 'a steady status');
};

/** What Status saw of one piece of work: at work from the first word on, and one steady word at the end. */
const expectStatuses = (b: Bench, doing: string, last: readonly [fill: string, text: string]) => {
  const seen = b.statuses.all.map(({ status }) => [status?.fill, status?.text]);
  expect(seen[0]).toEqual(['blue', doing]);
  expect(seen.slice(0, -1).filter(([fill]) => fill !== 'blue')).toEqual([]);
  expect(seen.at(-1)).toEqual(last);
  expect(new Set(b.statuses.all.map(({ status }) => status?.source?.id))).toEqual(new Set([b.ids.node]));
};

/** What Catch got of a message that failed: which node, why, and the message as it came. */
const expectCaught = (b: Bench, node: NodeName, msg: Message, code: string) => {
  expect(codes(b.caught.all)).toEqual([[msg.topic, code]]);
  const [caught] = b.caught.all;
  expect(caught?.error?.source).toMatchObject({ id: b.ids.node, type: `plex-jit-${node}` });
  expect(caught?.error).toMatchObject({ code, cause: { code } });
  expect(caught).toMatchObject({ _msgid: msg._msgid, others: msg.others });
  expect(b.completed.all).toEqual([]);
  expect([...b.out.all, ...b.early.all]).toEqual([]);
};

/** What Complete got of a message that was done: it, once, and Catch nothing. */
const expectDone = (b: Bench, node: NodeName, ...done: readonly unknown[]) => {
  expect(topics(b.completed.all)).toEqual(done);
  for (const msg of b.completed.all)
    expect(msg).toMatchObject({
      _msgid: `id-${String(msg.topic)}`,
      complete: { source: { id: b.ids.node, type: `plex-jit-${node}` } },
    });
  expect(b.caught.all).toEqual([]);
};

/** A message that goes through shows that nothing more came of those before it. */
const goodFollows = async (b: Bench, node: NodeName) => {
  const [caught, completed, sent] = [codes(b.caught.all), topics(b.completed.all), topics(b.out.all)];
  await work(b, message('after', ROWS[node].payload(b)));
  expect(codes(b.caught.all)).toEqual(caught);
  expect(topics(b.completed.all)).toEqual([...completed, 'after']);
  expect(topics(b.out.all)).toEqual([...sent, 'after']);
  expect(new Set(topics(b.done)).size).toBe(b.done.length);
  expect(b.statuses.all.at(-1)?.status?.fill).toBe('green');
};

describe.each(NODES)('%s, as Catch, Complete and Status see it', (node) => {
  const row = ROWS[node];
  const { down } = row;

  it('normal: done once, nothing caught', async () => {
    await using b = await started(node);
    await work(b, message('mine', row.payload(b)));
    expectDone(b, node, 'mine');
    expect(topics(b.out.all)).toEqual(['mine']);
    expectStatuses(b, row.doing, ['green', row.said.normal]);
    await goodFollows(b, node);
  });

  it('empty: done once, sent on, nothing caught', async () => {
    await using b = await started(node, {}, row.emptyWorld);
    await work(b, message('mine', row.empty(b)));
    expectDone(b, node, 'mine');
    expect(topics(b.out.all)).toEqual(['mine']);
    expectStatuses(b, row.doing, ['green', row.said.empty]);
    await goodFollows(b, node);
  });

  it('wrong type: caught as it came, not done, nothing sent', async () => {
    await using b = await started(node);
    await work(b, row.wrong);
    expectCaught(b, node, row.wrong, 'wrong-input');
    expect(b.caught.all[0]?.error?.message).toContain(row.refuses);
    expect(b.caught.all[0]).toMatchObject(row.wrong);
    expectStatuses(b, row.doing, ['red', 'wrong message']);
    await goodFollows(b, node);
  });

  it('a setting of a wrong type: caught as it came, not done, nothing sent or asked', async () => {
    await using b = await started(node);
    const msg = { ...message('mine', row.payload(b)), plexJit: { dryRun: 'yes' } };
    await work(b, msg);
    expectCaught(b, node, msg, 'wrong-setting');
    expect(b.caught.all[0]).toMatchObject({ payload: msg.payload, plexJit: msg.plexJit });
    expect(b.caught.all[0]?.error?.message).toMatch(/^msg\.plexJit\.dryRun must be .*, but is "yes"\.$/);
    expect(SERVICES.flatMap((service) => b.requests(service))).toEqual([]);
    expectStatuses(b, row.doing, ['red', 'wrong setting']);
    await goodFollows(b, node);
  });

  it('overlap: each of three done once, nothing caught, how many wait is shown', async () => {
    await using b = await started(node);
    for (const topic of ['1', '2', '3']) b.send(message(topic, row.payload(b)));
    await b.completed.nth(2);
    await b.until(() => b.statuses.all.at(-1)?.status?.fill !== 'blue', 'a steady status');
    // Of triggers only the latest waits.
    const order = node === 'tautulli-history' ? ['2', '1', '3'] : ['1', '2', '3'];
    expectDone(b, node, ...order);
    expect(topics(b.out.all)).toEqual(order.filter((topic) => node !== 'tautulli-history' || topic !== '2'));
    expect(b.statusTexts).toContain(`${row.doing} · ${node === 'tautulli-history' ? 1 : 2} waiting`);
    expect(b.statuses.all.at(-1)?.status?.text).not.toContain('waiting');
    await goodFollows(b, node);
  });

  if (down === null) {
    it('server down: done all the same, sent on, nothing caught', async () => {
      await using b = await started(node);
      for (const service of SERVICES) b.sandbox.servers[service].addFault({ kind: 'refused' });
      await work(b, message('mine', row.payload(b)));
      expectDone(b, node, 'mine');
      expect(topics(b.out.all)).toEqual(['mine']);
      expectStatuses(b, row.doing, row.asks === null ? ['green', row.said.normal] : ['yellow', 'could not notify']);
      const failed = (b.out.all[0]?.payload as Plan).errors.map(({ code, service }) => [code, service]);
      expect(failed).toEqual(row.asks === null ? [] : [['refused', row.asks]]);
      for (const service of SERVICES) b.sandbox.servers[service].clearFaults();
      await goodFollows(b, node);
    });
  } else {
    it('server down: caught with what came in, not done, nothing sent', async () => {
      await using b = await started(node);
      const server = b.sandbox.servers[row.needs];
      server.addFault({ kind: 'refused' });
      const msg = message('mine', row.payload(b));
      await work(b, msg);
      expectCaught(b, node, msg, 'refused');
      expect(b.caught.all[0]?.error?.cause).toEqual({
        code: 'refused',
        service: row.needs,
        server: expect.stringContaining(b.sandbox.urls[row.needs]) as string,
        operation: expect.any(String) as string,
        status: null,
        retryable: true,
      });
      // A plan says itself what became of it; its items are those that came.
      const { items } = msg.payload as Plan;
      if (items === undefined) expect(b.caught.all[0]?.payload).toEqual(msg.payload);
      else
        expect(b.caught.all[0]?.payload).toMatchObject({
          errors: [{ code: 'refused', service: row.needs }],
          items: items.map(({ episodeId, action, reason }) => ({ episodeId, action, reason })),
        });
      expectStatuses(b, row.doing, ['red', down]);
      server.clearFaults();
      await goodFollows(b, node);
    });
  }

  it.each([
    ['has an unset variable', { url: '${PLEX_JIT_NOT_SET}' }, 'not-set-up', ['grey', 'not set up']],
    ['has no URL', { url: '' }, 'not-set-up', ['grey', 'not set up']],
    ['has a URL that is none', { url: 'ftp://nas' }, 'bad-url', ['red', / has an invalid URL$/]],
    ['has a time-out that is none', { timeout: 'soon' }, 'wrong-setting', ['red', 'wrong setting']],
  ] as const)(
    'not set up, as its server %s: each message caught at this node as it came',
    async (_how, of, code, last) => {
      await using b = await started(node, { [row.needs]: of });
      const msg = message('mine', row.payload(b));
      await work(b, msg);
      expectCaught(b, node, msg, code);
      expect(b.caught.all[0]?.payload).toEqual(msg.payload);
      expect(b.requests(row.needs)).toEqual([]);
      const [fill, text] = last;
      expectStatuses(b, row.doing, [fill, typeof text === 'string' ? text : (expect.stringMatching(text) as string)]);
      await work(b, message('after', row.payload(b)));
      expect(codes(b.caught.all)).toEqual([
        ['mine', code],
        ['after', code],
      ]);
      expect([...b.completed.all, ...b.out.all]).toEqual([]);
    },
  );

  it('close while busy: nothing caught or sent, what was under way and what waited is let go once, the status cleared', async () => {
    await using b = await started(node);
    if (row.asks !== null) b.sandbox.servers[row.asks].addFault({ kind: 'hang' });
    row.hold?.(b);
    for (const topic of ['under way', 'waiting']) b.send(message(topic, row.payload(b)));
    await b.until(() => b.shown.some((text) => text.endsWith(' · 1 waiting')), 'the work to begin');
    await b.redeploy();
    expect(topics(b.done)).toEqual(['waiting', 'under way']);
    // How long Complete hears anything while a flow stops is Node-RED's affair.
    const completed = topics(b.completed.all);
    expect(completed).toEqual(topics(b.done).filter((topic) => completed.includes(topic)));
    expect(b.caught.all).toEqual([]);
    expect([...b.out.all, ...b.early.all]).toEqual([]);
    expect(b.shown.at(-1)).toBe('');
    if (row.asks !== null) b.sandbox.servers[row.asks].clearFaults();
    await goodFollows(b, node);
  });
});
