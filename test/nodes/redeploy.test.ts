import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { bench, WORLD } from './bench.js';
import { GOOD, goodMessage, NODES, type NodeName } from './good-messages.js';

const { events } = createRequire(__filename)('@node-red/util') as { events: NodeJS.EventEmitter };

/** What keeps a process busy, and who listens. */
const held = () => {
  const resources = process.getActiveResourcesInfo();
  const count = (type: string) => resources.filter((name) => name === type).length;
  const listeners = (emitter: NodeJS.EventEmitter) =>
    emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
  const sockets = count('TCPSocketWrap') + count('TLSSocketWrap');
  return { timers: count('Timeout'), sockets, events: listeners(events), process: listeners(process) };
};

/** A node that has worked once and was deployed anew, with its servers. */
const deployed = async (type: NodeName) => {
  const one = await bench(WORLD, { type, ...GOOD[type].settings });
  one.send(goodMessage(type, one));
  await one.out.first;
  await one.deploy();
  return one;
};

/** The servers' ends of connections that are left open would last 5 s. */
const socketsClose = (from: number) =>
  expect.poll(() => held().sockets, { timeout: 2500, interval: 20 }).toBeLessThanOrEqual(from);

describe('deploys', () => {
  it.each(NODES)(
    'a hundred of them, each after a run of %s, leave no timer, listener or socket behind',
    async (type) => {
      await using one = await deployed(type);
      const before = held();
      for (let deploys = 0; deploys < 100; deploys += 1) {
        one.send(goodMessage(type, one));
        await one.out.nth(one.out.all.length);
        await one.deploy();
      }
      await one.until(() => held().timers <= before.timers, 'the timers to end');
      await socketsClose(before.sockets);
      expect(held().events).toBe(before.events);
      expect(held().process).toBe(before.process);
    },
    60_000,
  );

  it('end at once what hangs, silently, and the next run works', async () => {
    await using one = await deployed('tautulli-history');
    const before = held();
    const { tautulli } = one.sandbox.servers;
    tautulli.addFault({ kind: 'hang' });
    const began = Date.now();
    for (let deploys = 1; deploys <= 10; deploys += 1) {
      one.send({});
      await one.until(() => tautulli.exchanges.length > deploys, 'the request');
      await one.deploy();
    }
    // Node-RED would wait for 15 s, a closing node of ours for 3 s at most.
    expect(Date.now() - began).toBeLessThan(10 * 1500);
    tautulli.clearFaults();
    await socketsClose(before.sockets);
    await one.until(() => held().timers <= before.timers, 'the timers to end');
    // What a deploy aborts is nobody's failure.
    expect(one.caught.all).toEqual([]);
    one.send({});
    await one.out.nth(one.out.all.length);
  }, 60_000);
});
