import { expect, it } from 'vitest';
import { exampleFlow, INJECT, startHousehold } from './bench.js';
import { twoPeople } from './households.js';

const until = async (what: () => boolean, within = 30_000): Promise<void> => {
  const deadline = Date.now() + within;
  while (!what()) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

it('makes one job of an episode when Node-RED is killed between the grab and its answer', async () => {
  await using home = await startHousehold(twoPeople, await exampleFlow());
  home.sandbox.servers.sonarr.addFault({ route: 'POST /api/v3/release', kind: 'hang-after', times: 1 });
  await home.red.press(INJECT);
  await until(() => home.grabbed().length === 1);
  await home.red.stop('SIGKILL');

  await home.red.start();
  await home.red.run(INJECT);
  const grabbed = home.grabbed();
  expect(grabbed).toHaveLength(10);
  expect(new Set(grabbed).size).toBe(10);
}, 60_000);
