import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan, RequestCounts } from '../../src/core/contracts/index.js';
import { UsageError } from '../../scripts/start/errors.js';
import { SERVER_VARIABLES, variablesOf } from '../../scripts/start/servers.js';
import { openSandbox } from '../../scripts/start/world.js';
import { startSandbox } from '../sandbox/index.js';
import type { WorldFault } from '../sandbox/world/format.js';
import { newFolder, npmStart, small, type Folder } from './process.js';

let folder: Folder;
beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const once = async (args: readonly string[], faults: readonly WorldFault[] = []) =>
  npmStart(['--once', '--world', await folder.world({ ...small, faults }), ...args]);

interface Report {
  readonly plan: Plan['items'];
  readonly requests: RequestCounts;
  readonly ms: number;
}

const FIRST_ONLY = ['--episodes-to-check', '1', '--check-overflow', '0'];

describe('npm start -- --once', () => {
  it('prints the plan and what changed, is silent on stderr, and ends with 0', async () => {
    const { code, stdout, stderr } = await once([]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const rows = stdout.split('\n').filter((line) => line.startsWith('Harbour Lights'));
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/S01E03 +Ann +in 30 min +grabbed, High, place 1 +missing; \d\.\d GB from /);
    expect(rows[2]).toMatch(/S01E05 .*nothing found +missing; no release$/);
    expect(stdout).toMatch(/Sonarr:\n {2}grabbed Harbour Lights S01E03: Harbour\.Lights\.S01E03/);
    expect(stdout).toMatch(/SABnzbd:\n {2}place 1: Harbour Lights S01E03 \(High, was Normal\)\n {2}place 2/);
    expect(stdout).not.toContain('Another.Film');
    expect(stdout).toContain('Unmatched:\n  - Sonarr has no series for "Home Films');
  });

  it('--json prints one object and nothing else, moments in UTC, places from 0; -vv goes to stderr', async () => {
    const { code, stdout, stderr } = await once(['--json', '-vv', ...FIRST_ONLY]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(Object.keys(report)).toEqual(['plan', 'threads', 'unmatched', 'errors', 'requests', 'ms']);
    expect(report).toMatchObject({
      plan: [
        {
          series: { title: 'Harbour Lights', sonarrId: 1 },
          season: 1,
          episode: 3,
          action: 'search',
          reason: { code: 'search' },
          viewers: [{ name: 'Ann' }],
          release: { indexer: 'Sandbox Indexer' },
          queue: { position: 0, priority: 'High', previousPriority: 'Normal' },
          error: null,
        },
      ],
      threads: [{ season: 1, episode: 2, state: 'watching' }],
      unmatched: [{ code: 'series-not-in-sonarr' }],
      errors: [],
    });
    const [item] = report.plan;
    expect(item?.series.tvdbId).toBeTypeOf('number');
    expect(item?.reason.text).toBeTypeOf('string');
    expect(item?.neededBy).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(item?.release?.title).toMatch(/^Harbour\.Lights\.S01E03/);
    expect(item?.release?.size).toBeGreaterThan(1e9);
    expect(item?.downloadId).toMatch(/^SABnzbd_nzo_/);
    const { tautulli, sonarr, sabnzbd } = report.requests;
    for (const count of [tautulli, sonarr, sabnzbd, report.ms]) expect(count).toBeGreaterThan(0);

    expect(stderr).toMatch(/\[info\] next-episodes: .*\nSeries +Episode/);
    expect(stderr).toMatch(/\[debug\] sonarr-lookup: sonarr: read all series \(GET \S+\) → 200 in \d+ ms/);
    expect(stderr).toMatch(/\[debug\] sabnzbd-priority: .* in \d+ ms/);
  });

  it('ends with 1 when a server fails before there is a plan, and names it once on stderr', async () => {
    const { code, stdout, stderr } = await once(['--json'], [{ server: 'tautulli', kind: 'wrong-key' }]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^failed: Tautulli at http\S+ refused the API key .*\n$/);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: [],
      errors: [{ code: 'key-refused', service: 'tautulli', retryable: false, node: 'plex-jit-tautulli-history' }],
      requests: { tautulli: 2, sonarr: 0, sabnzbd: 0 },
    });
  });

  it('ends with 1 when the last server fails: plan and changes are there, and it is named once', async () => {
    const { code, stdout, stderr } = await once(FIRST_ONLY, [{ server: 'sabnzbd', kind: 'wrong-key' }]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^failed: SABnzbd at http\S+ refused the API key .*\n$/);
    expect(stdout).toContain('Sonarr:\n  grabbed Harbour Lights S01E03');
    expect(stdout).not.toContain('SABnzbd:');
  });

  it('ends with 1 when one item fails, and names the episode', async () => {
    const fault = { server: 'sonarr', route: 'POST /api/v3/release', kind: 'status', status: 400, times: 3 } as const;
    const { code, stdout, stderr } = await once(['--episodes-to-check', '2', '--check-overflow', '0'], [fault]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^failed: Harbour Lights S01E03.*\n$/);
    expect(stdout).toMatch(/S01E04 .*grabbed, High, place 1/);
  });
});

describe('UPTIME_URL', () => {
  /** Answers pings with that status. */
  const monitor = async (status: number) => {
    const pings: string[] = [];
    const http = createServer(({ method, url }, response) => {
      pings.push(`${method} ${url}`);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const close = () => {
      http.closeAllConnections();
      http.close();
    };
    return { url: `http://127.0.0.1:${port}/ping/s3cret`, pings, close, [Symbol.dispose]: close };
  };
  const pinging = async (url: string, args: readonly string[] = []) =>
    npmStart(['--once', ...FIRST_ONLY, ...args, '--world', await folder.world(small)], { UPTIME_URL: url });

  it('is pinged once at the end of a run', async () => {
    using uptime = await monitor(200);
    expect(await pinging(uptime.url)).toMatchObject({ code: 0, stderr: '' });
    expect(uptime.pings).toEqual(['GET /ping/s3cret']);
  });

  it('a ping that does not arrive is a failure, named without the path of its URL; the plan is printed', async () => {
    using uptime = await monitor(200);
    uptime.close();
    const { code, stdout, stderr } = await pinging(uptime.url, ['--json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^failed: http request "ping": .*ECONNREFUSED.*\n$/);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: [{ episode: 3, result: { code: 'grabbed' } }],
      errors: [{ node: 'http request "ping"', message: expect.stringContaining('ECONNREFUSED') as string }],
    });
    expect(stdout + stderr).not.toContain('s3cret');
  });

  it('what the monitor answers is its own affair: it was told', async () => {
    using uptime = await monitor(404);
    expect(await pinging(uptime.url)).toMatchObject({ code: 0, stderr: '' });
    expect(uptime.pings).toHaveLength(1);
  });
});

describe('wrong usage', () => {
  const servers = Object.fromEntries(SERVER_VARIABLES.map((name) => [name, 'http://127.0.0.1:9']));
  it.each([
    [['--onec'], {}, "Unknown option '--onec'"],
    [['--once', '--world', '/no/such.json'], {}, '--world /no/such.json cannot be used: there is no such file.'],
    [['--once', '--world', 'world.json'], servers, '--world is for the sandbox'],
    [
      ['--once'],
      { SONARR_URL: 'http://nas:8989' },
      'SABNZBD_URL, SABNZBD_API_KEY are not set while other servers are.',
    ],
  ])('%j ends with 2 and says why, without a plan', async (args, env, words) => {
    const { code, stdout, stderr } = await npmStart(args, env);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
  });

  it('a world with mistakes is refused with their places', async () => {
    const world = await folder.world({ series: [{ title: 1 }], households: [] });
    await expect(openSandbox(world)).rejects.toThrow(UsageError);
    await expect(openSandbox(world)).rejects.toThrow(`${world} is no usable world:\n  series[0].title: `);
    await expect(openSandbox(folder.path)).rejects.toThrow('it is a folder');
  });
});

it('--help explains all and ends with 0', async () => {
  const { code, stdout, stderr } = await npmStart(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('--episodes-to-check N');
});

describe('servers of the environment', () => {
  it('are used, and what was done is remembered in PLEX_JIT_HOME: the second start searches nothing', async () => {
    await using sandbox = await startSandbox(small);
    const env = { ...variablesOf(sandbox), PLEX_JIT_HOME: `${folder.path}/home` };
    const { sonarr } = sandbox.servers;
    const searches = () => sonarr.exchanges.filter(({ method, path }) => method === 'GET' && path.endsWith('/release'));

    expect(await npmStart(['--once'], env)).toMatchObject({ code: 0, stderr: '' });
    expect(sandbox.world.grabs()).toHaveLength(2);
    expect(searches()).not.toEqual([]);

    sonarr.clearExchanges();
    const second = await npmStart(['--once'], env);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('Nothing changed.');
    expect(second.stdout).toMatch(/S01E05 .* searched before, again in /);
    expect(searches()).toEqual([]);
    expect(sandbox.world.grabs()).toHaveLength(2);
  });

  it('--dry-run sends nothing that changes anything', async () => {
    await using sandbox = await startSandbox({
      ...small,
      downloads: [{ series: 'Harbour Lights', season: 1, episodes: '4' }, ...(small.downloads ?? [])],
    });
    const env = { ...variablesOf(sandbox), PLEX_JIT_HOME: `${folder.path}/dry` };
    const { code, stdout } = await npmStart(['--once', '--dry-run', '--notifier', '3'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Dry run: /);
    expect(stdout).toContain(
      'It would:\n  search for Harbour Lights S01E03, S01E05\n  move Harbour Lights S01E04 to the top of the queue\n',
    );
    const { tautulli, sonarr, sabnzbd } = sandbox.servers;
    expect(sonarr.exchanges.filter(({ method, path }) => method !== 'GET' || path.endsWith('/release'))).toEqual([]);
    expect(sonarr.exchanges.length).toBeGreaterThan(0);
    const calls = [...tautulli.exchanges, ...sabnzbd.exchanges].map(({ requestBody, search }) => {
      const asked = new URLSearchParams(`${search}&${requestBody}`);
      return [asked.get('cmd') ?? asked.get('mode'), asked.get('name')];
    });
    expect(calls).toContainEqual(['queue', null]);
    expect(calls.filter(([what, name]) => name !== null || !/^(get_|queue|version)/.test(what ?? ''))).toEqual([]);
    expect(sandbox.world.notifications()).toEqual([]);
  });
});
