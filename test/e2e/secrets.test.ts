import { expect, it } from 'vitest';
import { exampleFlow, INJECT, startHousehold, textsBelow, withSettings, type Household } from './bench.js';
import { twoPeople } from './households.js';

const PROXY = {
  user: 'proxy-user',
  password: 'proxy-password-do-not-leak',
  headers: 'X-Proxy: proxy-header-do-not-leak',
};
const FAULTS = [
  { kind: 'wrong-key', times: 1 },
  { kind: 'html', times: 1 },
  { kind: 'reset-before', times: 6 },
  { kind: 'status', status: 500, times: 6 },
  { kind: 'truncated', times: 6 },
] as const;

const TAB = 'jit-example-tab';

/** The example, with its debug nodes printing whole messages on the console, and every status as well. */
const talkativeFlow = async (): Promise<object[]> => [
  ...withSettings(await exampleFlow(), {
    'jit-plan': { console: true, complete: 'true' },
    'jit-error': { console: true, complete: 'true' },
    'jit-next': { log: 'decisions' },
    'jit-notify': { notifier: '3' },
  }),
  { id: 'all-statuses', type: 'status', z: TAB, x: 120, y: 560, scope: null, wires: [['statuses']] },
  {
    id: 'statuses',
    type: 'debug',
    z: TAB,
    x: 310,
    y: 560,
    name: 'statuses',
    active: true,
    console: true,
    complete: 'true',
    wires: [],
  },
];

const endings = ({ red }: Household): number => red.output.split('debug:errors').length + red.runsEnded;

/** A run ends with the uptime ping, or with an error at the Catch node. */
async function runToSomeEnd(home: Household): Promise<void> {
  const before = endings(home);
  await home.red.press(INJECT);
  const deadline = Date.now() + 30_000;
  while (endings(home) === before) {
    if (Date.now() > deadline) throw new Error('the run had no end');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('shows no key and no password, at log level trace, with failures, in output, messages, context files and exported flows', async () => {
  await using home = await startHousehold(twoPeople, await talkativeFlow(), {
    credentials: {
      'jit-tautulli': { apiKey: '${TAUTULLI_API_KEY}', ...PROXY },
      'jit-sonarr': { apiKey: '${SONARR_API_KEY}', ...PROXY },
      'jit-sabnzbd': { apiKey: '${SABNZBD_API_KEY}', ...PROXY },
    },
  });
  const { servers, keys } = home.sandbox;
  await home.red.run(INJECT);
  for (const server of [servers.tautulli, servers.sonarr, servers.sabnzbd]) {
    for (const fault of FAULTS) {
      server.addFault(fault);
      await runToSomeEnd(home);
      server.clearFaults();
    }
  }
  await home.red.run(INJECT);
  const flows = await home.red.flows();
  await home.red.stop();

  const { output } = home.red;
  const files = [...(await textsBelow(home.userDir))].filter(([file]) => !file.endsWith('flows_cred.json'));
  expect(output).toContain('Harbour Lights');
  expect(output).toContain('refused the API key');
  expect(output).toContain('Tautulli refused the key');
  expect(files.map(([file]) => file).join()).toContain('context');
  for (const secret of [
    keys.tautulli,
    keys.sonarr,
    keys.sabnzbd,
    keys.indexer,
    PROXY.password,
    'proxy-header-do-not-leak',
  ]) {
    expect(output.includes(secret), 'in the output').toBe(false);
    expect(flows.includes(secret), 'in the exported flows').toBe(false);
    for (const [file, text] of files) expect(text.includes(secret), `in ${file}`).toBe(false);
  }
}, 120_000);
