import { once } from 'node:events';
import { createServer } from 'node:http';
import { stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/index.js';
import { newFolder, npmStart, small, Started, type Folder } from './process.js';
import { variablesOf } from '../../scripts/start/servers.js';

/** Counts the ends of runs: the example flow pings it then. */
async function uptime() {
  let count = 0;
  let wake = (): void => undefined;
  const server = createServer((_, response) => {
    count += 1;
    response.end('ok');
    wake();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    reach: async (runs: number) => {
      while (count < runs) await new Promise<void>((resolve) => (wake = resolve));
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('npm start', () => {
  let folder: Folder;
  let sandbox: Sandbox;
  let ends: Awaited<ReturnType<typeof uptime>>;
  let started: Started;
  let url: string;
  beforeAll(async () => {
    folder = await newFolder();
    sandbox = await startSandbox(small);
    ends = await uptime();
    const env = { ...variablesOf(sandbox), PLEX_JIT_HOME: folder.path, UPTIME_URL: ends.url, PORT: '0' };
    started = new Started(['--dry-run', '--episodes-to-check', '2', '--check-overflow', '0'], env);
    await started.says('Press Ctrl-C to stop.');
    url = /The editor: (\S+)/.exec(started.stdout)?.[1] ?? '';
  });
  afterAll(async () => {
    started.child.kill('SIGKILL');
    ends.close();
    await sandbox.close();
    await folder[Symbol.asyncDispose]();
  });

  it('answers with the editor on loopback, after the flow ran once by itself', async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(url)).text()).toContain('<title>Node-RED</title>');
    await ends.reach(1);
    expect(started.stdout).toContain('Connected to your servers.');
    expect(started.stdout).toContain('search for Harbour Lights S01E03, S01E04');
    expect(started.stderr).toBe('');
  });

  it('gives its options to later runs of the flow as well', async () => {
    sandbox.servers.tautulli.clearExchanges();
    await fetch(`${url}/inject/jit-inject`, { method: 'POST' });
    await ends.reach(2);
    expect(sandbox.servers.tautulli.exchanges.length).toBeGreaterThan(0);
    expect(sandbox.world.grabs()).toEqual([]);
  });

  it('keeps what encrypts credentials for its owner alone', async () => {
    const { mode } = await stat(join(folder.path, '.credential-secret'));
    expect((mode & 0o777).toString(8)).toBe('600');
  });

  it('says when its port is taken, and ends with 1', async () => {
    const { code, stdout, stderr } = await npmStart(['--world', await folder.world(small)], {
      PORT: new URL(url).port,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Port \d+ is in use by another program\. Choose another one: PORT=\d+ npm start\n$/);
    expect(stdout).toBe('');
  });

  it('ends within seconds on Ctrl-C, with 0', async () => {
    const asked = Date.now();
    started.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 5));
    // An impatient second one does not cut the ending short.
    started.child.kill('SIGINT');
    expect(await started.ended()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(5000);
  });
});

it('Ctrl-C in the middle of a single run ends within seconds, and not with 0', async () => {
  await using sandbox = await startSandbox({
    ...small,
    faults: [{ server: 'sonarr', route: 'GET /api/v3/release', kind: 'hang' }],
  });
  await using folder = await newFolder();
  const started = new Started(['--once'], { ...variablesOf(sandbox), PLEX_JIT_HOME: folder.path });
  while (!sandbox.servers.sonarr.exchanges.some(({ path }) => path.endsWith('/diskspace')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const asked = Date.now();
  started.child.kill('SIGINT');
  expect(await started.ended()).toBe(130);
  expect(Date.now() - asked).toBeLessThan(5000);
});
