import { expect, it } from 'vitest';
import { exampleFlow, INJECT, startHousehold, textsBelow, withSettings } from './bench.js';
import { twoPeople } from './households.js';

const PROXY_PASSWORD = 'proxy-password-do-not-leak';
const PROXY_HEADER = 'proxy-header-do-not-leak';

/** The example with a console debug node behind it and behind its Catch, so that whole messages are printed. */
async function talkativeFlow(): Promise<object[]> {
  const flow = withSettings(await exampleFlow(), {
    'jit-plan': { console: true, complete: 'true' },
    'jit-error': { console: true, complete: 'true' },
    'jit-next': { log: 'decisions' },
    'jit-notify': { notifier: '3' },
    'jit-sonarr': {
      credentials: {
        apiKey: '${SONARR_API_KEY}',
        user: 'proxy-user',
        password: PROXY_PASSWORD,
        headers: `X-Proxy: ${PROXY_HEADER}`,
      },
    },
  });
  return flow;
}

it('shows no key and no password, at log level trace, with failures, in output, messages, context files and exported flows', async () => {
  await using home = await startHousehold(twoPeople, await talkativeFlow());
  const { servers, keys } = home.sandbox;
  await home.red.run(INJECT);
  for (const server of [servers.tautulli, servers.sonarr, servers.sabnzbd]) {
    for (const fault of [
      { kind: 'wrong-key', times: 1 },
      { kind: 'html', times: 1 },
      { kind: 'reset-before', times: 6 },
      { kind: 'status', status: 500, times: 6 },
      { kind: 'truncated', times: 6 },
    ] as const) {
      server.addFault(fault);
      home.clear();
      await home.red.press(INJECT);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      server.clearFaults();
    }
  }
  await home.red.run(INJECT);
  await home.red.stop();

  const exported = await textsBelow(home.userDir);
  const secrets = [keys.tautulli, keys.sonarr, keys.sabnzbd, keys.indexer, PROXY_PASSWORD, PROXY_HEADER];
  expect(home.red.output).toContain('Harbour Lights');
  for (const secret of secrets) {
    expect(home.red.output.includes(secret), 'in the output').toBe(false);
    for (const [file, text] of exported)
      if (!file.endsWith('flows_cred.json') && !file.endsWith('flows.json'))
        expect(text.includes(secret), `in ${file}`).toBe(false);
  }
});
