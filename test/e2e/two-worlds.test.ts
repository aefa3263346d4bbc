import { expect, it } from 'vitest';
import { exampleFlow, importedAgain, INJECT, startHousehold, withSettings } from './bench.js';
import { twoPeople, TWO_PEOPLE_NEED } from './households.js';

it('grabs nothing twice when the example was imported twice and both run at once', async () => {
  const flow = await exampleFlow();
  await using home = await startHousehold(twoPeople, [...flow, ...importedAgain(flow, 'again')]);
  await Promise.all([home.red.press(INJECT), home.red.press(`${INJECT}-again`)]);
  await home.red.run(INJECT);
  await home.red.run(`${INJECT}-again`);
  expect([...home.grabbed()].sort()).toEqual([...TWO_PEOPLE_NEED].sort());
  expect(home.queue().slice(0, TWO_PEOPLE_NEED.length)).toEqual(TWO_PEOPLE_NEED);
}, 60_000);

it('keeps one order over two Sonarrs on one SABnzbd, whichever flow runs last', async () => {
  const flow = await exampleFlow();
  const second = withSettings(importedAgain(flow, 'second'), {
    'jit-sonarr-second': { url: '${SECOND_SONARR_URL}' },
    'jit-history-second': { viewersAllowed: 'Bob' },
  });
  const first = withSettings(flow, { 'jit-history': { viewersAllowed: 'Ann' } });
  await using home = await startHousehold(twoPeople, [...first, ...second], {
    sonarrs: 2,
    credentials: { 'jit-sonarr-second': { apiKey: '${SONARR_API_KEY}' } },
    env: ({ urls }) => ({ SECOND_SONARR_URL: urls.sonarrs[1] ?? '' }),
  });
  await home.red.run(`${INJECT}-second`);
  await home.red.run(INJECT);
  expect(home.queue().slice(0, TWO_PEOPLE_NEED.length)).toEqual(TWO_PEOPLE_NEED);
  expect(new Set(home.sandbox.world.grabs().map(({ sonarr }) => sonarr))).toEqual(new Set([0, 1]));

  home.clear();
  await home.red.run(`${INJECT}-second`);
  await home.red.run(INJECT);
  expect(home.changes()).toEqual([]);
}, 60_000);
