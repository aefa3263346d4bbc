import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { bench, WORLD } from './bench.js';

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

describe('a hundred deploys', () => {
  it('leave no timer, listener, socket or request behind, each with a message under way', async () => {
    await using one = await bench(WORLD, { type: 'tautulli-history' });
    one.send({});
    await one.out.first;
    await one.deploy();
    const before = held();
    for (let deploys = 0; deploys < 100; deploys += 1) {
      one.send({});
      await one.deploy();
    }
    await one.until(() => held().timers <= before.timers, 'the timers to end');
    expect(held().events).toBe(before.events);
    expect(held().process).toBe(before.process);
    await one.until(() => held().sockets <= before.sockets, 'the sockets to close');
    // What a closing aborts is nobody's failure.
    expect(one.caught.all).toEqual([]);
    const asked = one.requests('tautulli').length;
    one.send({});
    await one.out.nth(one.out.all.length);
    expect(one.requests('tautulli').length).toBeGreaterThan(asked);
  }, 60_000);
});
