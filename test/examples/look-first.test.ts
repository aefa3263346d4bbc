import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Household } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { onEachLine, stageExample, until } from './stage.js';

onEachLine('02 plan only', (line) => {
  let home: Household;
  beforeAll(async () => {
    home = await stageExample({ number: '02', world: twoPeople, last: 'jit-look-next', options: { line } });
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it('shows the plan in words, and sends nothing that changes anything', async () => {
    await home.red.run('jit-look-inject');
    expect(home.red.output).toContain('Harbour Lights S01E03');
    expect(home.changes()).toEqual([]);
    expect(home.sandbox.servers.sonarr.exchanges.map(({ method }) => method)).not.toContain('POST');
    expect(home.sandbox.servers.sabnzbd.exchanges).toEqual([]);
  });

  it('looks further ahead with the second button', async () => {
    expect(home.red.output).not.toContain('Night Ferry S02E08');
    await home.red.run('jit-look-inject-more');
    expect(home.red.output).toMatch(/Night Ferry S02E08|episode: 8/);
    expect(home.changes()).toEqual([]);
  });

  it('its Catch hears of a server that is down, and the next run works', async () => {
    const { sonarr } = home.sandbox.servers;
    sonarr.addFault({ kind: 'refused' });
    await home.red.press('jit-look-inject');
    const said = `plex-jit-sonarr-lookup: Sonarr at ${sonarr.url} refused the connection when asked to read the queue. Check that Sonarr is running and that host and port are correct.`;
    await until(() => home.red.output.includes(said), 'the error');
    sonarr.clearFaults();
    await home.red.run('jit-look-inject');
    expect(home.red.output.split(said)).toHaveLength(2);
    expect(home.changes()).toEqual([]);
  });
});
