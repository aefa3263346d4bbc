import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exampleFlow,
  type Household,
  type HouseholdOptions,
  importedAgain,
  INJECT,
  startHousehold,
  withSettings,
} from './bench.js';
import { twoPeople, TWO_PEOPLE_NEED } from './households.js';

const STRANGERS = ['Somebody.Elses.Film.2024.1080p', 'Another.Film.2023.1080p'];
/** SABnzbd's queue as it has to stand once everybody's flow has run. */
const ONE_ORDER = [...TWO_PEOPLE_NEED, ...STRANGERS];

/** Pairs of jobs that stand as wanted: `a` above `b`. */
const rightPairs = (queue: readonly string[]): readonly string[] => {
  const places = queue.map((name) => ONE_ORDER.indexOf(name));
  return queue.flatMap((a, i) =>
    queue.flatMap((b, j) => (j > i && (places[i] ?? -1) < (places[j] ?? -1) ? [`${a} > ${b}`] : [])),
  );
};

/** Jobs that stood right and, with both still in the queue, no longer do: one flow undid what the other did. */
const undone = (queues: readonly (readonly string[])[]): readonly string[] =>
  queues.slice(1).flatMap((queue, i) => {
    const now = new Set(rightPairs(queue));
    return rightPairs(queues[i] ?? []).filter(
      (pair) => pair.split(' > ').every((name) => queue.includes(name)) && !now.has(pair),
    );
  });

/** The servers of an imported flow by other variables than those of the example. */
const spelledDifferently = (flow: ReturnType<typeof importedAgain>) =>
  flow.map((node) => {
    const service = /^plex-jit-(tautulli|sonarr|sabnzbd)$/.exec(node.type)?.[1];
    return service === undefined ? node : { ...node, url: `\${SECOND_${service.toUpperCase()}_URL}` };
  });

/** Each server by two URLs: as one writes it, and with upper case and slashes too many. */
const SPELLED: Pick<HouseholdOptions, 'env'> = {
  env: ({ urls: { tautulli, sonarr, sabnzbd } }) =>
    Object.fromEntries(
      Object.entries({ tautulli, sonarr, sabnzbd }).flatMap(([service, written]) => {
        const { port, pathname } = new URL(written);
        return [
          [`${service.toUpperCase()}_URL`, `http://localhost:${port}${pathname}`],
          [`SECOND_${service.toUpperCase()}_URL`, `HTTP://LOCALHOST:${port}${pathname.replace(/\/?$/, '//')}`],
        ];
      }),
    ),
};

/** SABnzbd's queue after each request that it gets from now on. */
const queuesOf = (home: Household): (readonly string[])[] => {
  const queues: (readonly string[])[] = [];
  home.sandbox.servers.sabnzbd.onExchange = () => void queues.push(home.queue());
  return queues;
};

it('grabs nothing twice when the example was imported twice, its servers spelled differently, and both run at once', async () => {
  const flow = await exampleFlow();
  await using home = await startHousehold(twoPeople, [...flow, ...spelledDifferently(importedAgain(flow, 'again'))], {
    ...SPELLED,
  });
  const queues = queuesOf(home);
  await Promise.all([home.red.press(INJECT), home.red.press(`${INJECT}-again`)]);
  await home.red.run(INJECT);
  await home.red.run(`${INJECT}-again`);
  expect([...home.grabbed()].sort()).toEqual([...TWO_PEOPLE_NEED].sort());
  expect(home.queue()).toEqual(ONE_ORDER);
  expect(undone(queues)).toEqual([]);
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

describe('two config nodes of the same SABnzbd, its URL spelled differently, in two flows', () => {
  const SECOND = `${INJECT}-second`;
  let home: Household;
  beforeAll(async () => {
    const flow = await exampleFlow();
    const first = withSettings(flow, { 'jit-history': { viewersAllowed: 'Ann' } });
    const second = withSettings(spelledDifferently(importedAgain(flow, 'second')), {
      'jit-history-second': { viewersAllowed: 'Bob' },
    });
    home = await startHousehold(twoPeople, [...first, ...second], { ...SPELLED });
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it('have one order by need over both flows; the second to run undoes nothing of the first', async () => {
    await home.red.run(SECOND);
    const bobs = TWO_PEOPLE_NEED.filter((name) => name.startsWith('Night Ferry'));
    expect(home.queue()).toEqual([...bobs, ...STRANGERS]);
    const queues = queuesOf(home);
    await home.red.run(INJECT);
    expect(home.queue()).toEqual(ONE_ORDER);
    expect(queues.length).toBeGreaterThan(2);
    expect(undone(queues)).toEqual([]);
  });

  it.each([
    ['the first flow', [INJECT]],
    ['the second', [SECOND]],
    ['both at once', [INJECT, SECOND]],
  ])('leave it at that when %s runs again', async (_which, injects) => {
    home.clear();
    const ended = home.red.runsEnded + injects.length;
    for (const inject of injects) await home.red.press(inject);
    await expect.poll(() => home.red.runsEnded, { timeout: 15_000 }).toBe(ended);
    expect(home.sandbox.servers.sabnzbd.exchanges.length).toBeGreaterThanOrEqual(injects.length);
    expect(home.changes()).toEqual([]);
    expect(home.queue()).toEqual(ONE_ORDER);
  });
});
