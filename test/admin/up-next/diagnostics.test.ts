import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exampleFlow, startHousehold, withSettings, type Household } from '../../e2e/bench.js';
import { twoPeople } from '../../e2e/households.js';

const PLANTED = {
  user: 'proxy-user',
  password: 'proxy-password-do-not-leak',
  headers: 'X-Proxy: Bearer proxy-header-do-not-leak | X-Other: other-header-do-not-leak',
};
const KEYS = [PLANTED.password, 'proxy-header-do-not-leak', 'other-header-do-not-leak', 'template-do-not-leak'];
const NAMES = ['4711', 'Servername', 'Nodename', 'Tabname', 'Ignored Title', 'Viewername', 'someone.example'];

/** Runs that fail: whose errors name the server and its address, and series by their titles. */
const FAILING = [
  ['tautulli', { kind: 'wrong-key' }],
  ['sonarr', { kind: 'wrong-key' }],
  // the lists of both series, as often as each is tried
  ['sonarr', { route: 'GET /api/v3/episode', kind: 'status', times: 6 }],
  ['sabnzbd', { kind: 'wrong-key' }],
] as const;

let home: Household;

const endings = (): number => home.red.output.split('debug:errors').length + home.red.runsEnded;

interface Ran {
  readonly flows: readonly {
    readonly lastRun: { readonly ids: readonly string[]; readonly running: boolean } | null;
  }[];
}
const lastRun = async () => ((await (await home.red.ask('/plex-jit/up-next')).json()) as Ran).flows[0]?.lastRun ?? null;

/** A run to its end, or to the error that ends it: one whose queue cannot be put in order is told to Catch, and goes on to its end. */
const run = async (): Promise<void> => {
  const [before, ended] = [await lastRun(), endings()];
  await home.red.press('jit-inject');
  let told = -1;
  await vi.waitFor(
    async () => {
      const [now, last] = [endings(), await lastRun()];
      const isQuiet = now === told && now > ended;
      told = now;
      expect(isQuiet && last?.running === false && last.ids[0] !== before?.ids[0]).toBe(true);
    },
    { timeout: 30_000, interval: 200 },
  );
};

beforeAll(async () => {
  const flow = withSettings(await exampleFlow(), {
    'jit-example-tab': { label: 'Tabname' },
    'jit-sonarr': { name: 'Servername', searchCache: '24' },
    'jit-lookup': { name: 'Nodename', ignoreShows: 'Ignored Title' },
    'jit-error': { console: true },
    'jit-history': { viewersDenied: [{ id: '9', name: 'Viewername' }] },
    'jit-notify': { notifierName: '4711', body: 'https://someone.example/?token=template-do-not-leak' },
  });
  home = await startHousehold(twoPeople, flow, {
    credentials: {
      'jit-tautulli': { apiKey: '${TAUTULLI_API_KEY}', ...PLANTED },
      'jit-sonarr': { apiKey: '${SONARR_API_KEY}', ...PLANTED },
      'jit-sabnzbd': { apiKey: '${SABNZBD_API_KEY}', ...PLANTED },
    },
  });
  for (const [server, fault] of FAILING) {
    home.sandbox.servers[server].addFault(fault);
    await run();
    home.sandbox.servers[server].clearFaults();
  }
  await run();
}, 120_000);
afterAll(async () => home[Symbol.asyncDispose]());

const report = async (query = ''): Promise<string> => (await home.red.ask(`/plex-jit/diagnostics${query}`)).text();
const keys = (): readonly string[] => [...KEYS, ...Object.values(home.sandbox.keys)];

describe('diagnostics', () => {
  it('hold what a bug report needs', async () => {
    const { versions, servers, flows } = JSON.parse(await report()) as {
      versions: Record<string, string>;
      servers: { type: string; searchCache?: string; hasCredentials: string[]; memory: Record<string, number> }[];
      flows: {
        nodes: { type: string; settings: object }[];
        runs: { ms: number; steps: object[]; errors: Record<string, number> }[];
        plans: object[];
      }[];
    };
    expect(versions.package).toMatch(/^\d+\.\d+\.\d+/);
    expect(versions.nodeRed).toMatch(/^4\.1/);
    expect(versions.node).toBe(process.version);
    const sonarr = servers.find(({ type }) => type === 'plex-jit-sonarr');
    expect(sonarr).toMatchObject({ searchCache: '24', hasCredentials: ['apiKey', 'user', 'password', 'headers'] });
    expect(sonarr?.memory.lists).toBeGreaterThan(0);
    expect(flows[0]?.nodes.find(({ type }) => type === 'sonarr-lookup')?.settings).toMatchObject({
      ignoreShows: 'text of 13 letters',
      unitsRead: '24',
    });
    expect(flows[0]?.runs.at(-1)?.steps.length).toBeGreaterThanOrEqual(5);
    expect(flows[0]?.plans).toHaveLength(1);
    const codes = flows[0]?.runs.map(({ errors }) => Object.keys(errors)) ?? [];
    expect(codes).toEqual([['key-refused'], ['key-refused'], ['server-error'], ['key-refused'], []]);
  });

  it('hold no key, host, user or title', async () => {
    const text = await report();
    const titles = twoPeople.series.map(({ title }) => title);
    for (const word of [...keys(), ...NAMES, ...titles, 'Ann', '127.0.0.1', 'proxy-user'])
      expect(text, word).not.toContain(word);
  });

  it('hold names and titles when they are wanted, and still no key', async () => {
    const text = await report('?names=1');
    for (const word of ['Servername', 'Nodename', 'Tabname', 'Ignored Title', 'Viewername', '127.0.0.1'])
      expect(text, word).toContain(word);
    expect(twoPeople.series.some(({ title }) => text.includes(title))).toBe(true);
    // What the nameless one must leave out of the runs that failed.
    expect(text).toMatch(/"message":"Servername at http:\/\/127\.0\.0\.1:\d+ refused the API key/);
    expect(text).toMatch(/"message":"Harbour Lights: /);
    for (const key of [...keys(), 'someone.example']) expect(text, key).not.toContain(key);
  });
});
