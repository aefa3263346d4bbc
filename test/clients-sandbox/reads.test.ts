import { describe, expect, it } from 'vitest';
import { openConnection } from '../../src/clients/http/connection.js';
import type { FailureCode } from '../../src/clients/http/failures.js';
import { sabnzbdClient } from '../../src/clients/sabnzbd/client.js';
import type { ServiceName } from '../../src/core/contracts/index.js';
import type { FaultKind, WorldFault } from '../sandbox/world/format.js';
import { type Clients, startHousehold } from './household.js';

type Fault = Omit<WorldFault, 'server' | 'route' | 'times'>;

/** One reading per server, which is well when it answers its count. */
const READS: Readonly<Record<ServiceName, { route: string; read: (clients: Clients) => Promise<number> }>> = {
  tautulli: {
    route: 'cmd=get_history',
    read: async ({ tautulli }) =>
      (await tautulli.history({ after: '2020-01-01', length: 100, includeActivity: true })).rows.length,
  },
  sonarr: { route: 'GET /queue', read: async ({ sonarr }) => (await sonarr.queue()).rows.length },
  sabnzbd: { route: 'mode=queue', read: async ({ sabnzbd }) => (await sabnzbd.queue()).jobs.length },
};

/** What a person is told to do about a failure. */
const REMEDY: Readonly<Partial<Record<FailureCode, RegExp>>> = {
  refused: /Check that (Tautulli|Sonarr|SABnzbd) is running and that host and port are correct\.$/,
  reset: /It may be restarting/,
  timeout: /within 2 s .*Check its load, or raise the timeout\.$/,
  redirect:
    /redirected the request \(\d+\) .*Set the URL to the one (Tautulli|Sonarr|SABnzbd) itself uses, including the URL base\.$/,
  'login-page': /Check the URL base, and exempt the API from the reverse proxy's login\.$/,
  'not-json': /a web page instead of data .*Check the port and the URL base\.$/,
  'auth-required':
    /Fill in the reverse proxy's basic authentication, or exempt the API from its login, and check host, port and URL base: another program may be answering there\.$/,
  'key-refused': /refused the API key .*Copy the key from (Settings|Config) → .*\.$/,
  forbidden: /(A reverse proxy or firewall in front of it may be blocking it|check the API key.*)\.$/,
  'not-found': /Check the port and the URL base/,
  'bad-request': /did not accept the request/,
  'too-many-requests': /Wait, or run less often\.$/,
  unavailable: /is not ready .*It may be starting/,
  'server-error': /See its own log\.$/,
  'bad-json': /truncated or not JSON .*try again\.$/,
  'unexpected-answer': /Check that it is a supported version of (Tautulli|Sonarr|SABnzbd)\.$/,
};

interface Case {
  readonly fault: Fault;
  readonly code: FailureCode | Readonly<Record<ServiceName, FailureCode | number>>;
  /** The server's own words in the sentence, where it has some. */
  readonly words?: Readonly<Partial<Record<ServiceName, string>>>;
  /** Requests that one reading sends; sent again are only those that another try may help. @default 1 */
  readonly sent?: number;
}

const THRICE = 3;

const CASES: readonly Case[] = [
  { fault: { kind: 'refused' }, code: 'refused', sent: 0 },
  { fault: { kind: 'reset-before' }, code: 'reset', sent: THRICE },
  { fault: { kind: 'reset-after' }, code: 'reset', sent: THRICE },
  { fault: { kind: 'hang' }, code: 'timeout' },
  { fault: { kind: 'hang-after' }, code: 'timeout' },
  { fault: { kind: 'slow', seconds: 5 }, code: 'timeout', sent: 0 },
  { fault: { kind: 'html' }, code: 'not-json' },
  { fault: { kind: 'html', status: 404 }, code: 'not-found' },
  { fault: { kind: 'html', status: 502 }, code: 'unavailable', sent: THRICE },
  { fault: { kind: 'truncated' }, code: 'bad-json' },
  // Sonarr's empty list is a list.
  { fault: { kind: 'empty' }, code: { tautulli: 'unexpected-answer', sonarr: 0, sabnzbd: 'unexpected-answer' } },
  { fault: { kind: 'redirect' }, code: 'redirect' },
  { fault: { kind: 'login' }, code: 'login-page' },
  { fault: { kind: 'login', status: 200 }, code: 'login-page' },
  { fault: { kind: 'wrong-key' }, code: 'key-refused' },
  { fault: { kind: 'status', status: 400 }, code: 'bad-request' },
  // A key that is refused is Sonarr's only use of 401; the others do not know it, a proxy does.
  {
    fault: { kind: 'status', status: 401 },
    code: { tautulli: 'auth-required', sonarr: 'key-refused', sabnzbd: 'auth-required' },
  },
  // A proxy that wants a login and does not say how.
  { fault: { kind: 'html', status: 401 }, code: 'auth-required' },
  { fault: { kind: 'html', status: 403 }, code: 'forbidden' },
  { fault: { kind: 'status', status: 403 }, code: 'forbidden' },
  { fault: { kind: 'status', status: 404 }, code: 'not-found' },
  { fault: { kind: 'status', status: 429 }, code: 'too-many-requests' },
  {
    fault: { kind: 'status', status: 500 },
    code: 'server-error',
    words: { tautulli: ': Check the logs for errors.', sonarr: ': database is locked.' },
  },
  { fault: { kind: 'status', status: 502 }, code: 'unavailable', sent: THRICE },
  {
    fault: { kind: 'status', status: 503 },
    code: 'unavailable',
    sent: THRICE,
    words: { sonarr: ': Sonarr is starting up, please try again later.' },
  },
  { fault: { kind: 'status', status: 504 }, code: 'unavailable', sent: THRICE },
];

/** All of them: a new kind does not compile until it stands here, and fails until it is a case. */
const KINDS: Readonly<Record<FaultKind, true>> = {
  refused: true,
  'reset-before': true,
  'reset-after': true,
  slow: true,
  hang: true,
  'hang-after': true,
  status: true,
  html: true,
  truncated: true,
  empty: true,
  'wrong-key': true,
  redirect: true,
  login: true,
};

const named = ({ kind, status }: Fault): string => (status === undefined ? kind : `${kind} ${status}`);
const expectedOf = ({ code }: Case, service: ServiceName) => (typeof code === 'string' ? code : code[service]);

/** Milliseconds: long enough for a busy machine, short enough to be waited for. */
const TIMEOUT = 2000;
const isSlow = ({ kind }: Fault): boolean => ['hang', 'hang-after', 'slow'].includes(kind);

describe.each(['tautulli', 'sonarr', 'sabnzbd'] as const)('a reading of %s that goes wrong', (service) => {
  const { route, read } = READS[service];
  const table = CASES.map((one) => ({ ...one, name: named(one.fault), expected: expectedOf(one, service) }));

  it('is looked at with every kind of fault that a server can have', () => {
    expect(new Set(CASES.map(({ fault }) => fault.kind))).toEqual(new Set(Object.keys(KINDS)));
  });

  it.concurrent.each(table)(
    '$name is $expected, and all is well again afterwards',
    async ({ fault, expected, words, sent = 1 }) => {
      await using household = await startHousehold(isSlow(fault) ? TIMEOUT : 5000);
      const { clients, sandbox } = household;
      const server = sandbox.servers[service];
      const well = await read(clients);
      expect(well).toBeGreaterThan(0);
      server.clearExchanges();
      // One without a route begins an outage at once.
      server.addFault(fault.kind === 'refused' ? fault : { ...fault, route });
      if (typeof expected === 'number') expect(await read(clients)).toBe(expected);
      else {
        const error = await household.failureOf(service, read(clients));
        expect(error.code).toBe(expected);
        expect(error.message).toMatch(REMEDY[expected] ?? /^$/);
        expect(error.message).toContain(words?.[service] ?? '');
        expect(error.operation).toMatch(/^read the (history|queue)$/);
      }
      expect(server.exchanges.filter(({ fault: struck }) => struck !== null)).toHaveLength(sent);
      server.clearFaults();
      expect(await read(clients)).toBe(well);
    },
  );

  it.concurrent.each<Fault>([
    { kind: 'reset-before' },
    { kind: 'reset-after' },
    { kind: 'status', status: 503 },
    { kind: 'slow', seconds: 0.1 },
  ])('$kind once is not noticed', async (fault) => {
    await using household = await startHousehold();
    const server = household.sandbox.servers[service];
    const well = await read(household.clients);
    server.addFault({ ...fault, route, times: 1 });
    expect(await read(household.clients)).toBe(well);
    expect(server.exchanges.filter(({ fault: struck }) => struck !== null)).toHaveLength(1);
  });
});

describe('what else a server may say in the place of an answer', () => {
  it('Tautulli: success that holds nothing is no show, and no notifier', async () => {
    await using household = await startHousehold();
    household.sandbox.servers.tautulli.addFault({ kind: 'empty' });
    expect(await household.clients.tautulli.showMetadata('1000001')).toBeNull();
    expect(await household.clients.tautulli.plexConnected()).toBeNull();
    const error = await household.failureOf('tautulli', household.clients.tautulli.version());
    expect(error.code).toBe('unexpected-answer');
  });

  it('Sonarr: an empty object in the place of its status is no Sonarr', async () => {
    await using household = await startHousehold();
    household.sandbox.servers.sonarr.addFault({ kind: 'empty' });
    expect(await household.clients.sonarr.series()).toEqual({ rows: [], unread: 0 });
    const error = await household.failureOf('sonarr', household.clients.sonarr.status());
    expect(error.code).toBe('unexpected-answer');
  });

  it('Sonarr: one unknown id among many is told apart from other errors', async () => {
    await using household = await startHousehold();
    const error = await household.failureOf('sonarr', household.clients.sonarr.episodesByIds([1, 2, 999_999]));
    expect(error.code).toBe('unknown-episode');
  });

  it('SABnzbd: its NZB key is told apart from a wrong one, by one question more', async () => {
    await using household = await startHousehold();
    const { urls, keys, servers } = household.sandbox;
    const withKey = (apiKey: string) =>
      openConnection({ service: 'sabnzbd', name: 'SABnzbd', url: urls.sabnzbd, apiKey, timeout: 5000 });
    for (const [apiKey, code] of [
      [keys.nzb, 'nzb-key-only'],
      ['0'.repeat(32), 'key-refused'],
    ] as const) {
      servers.sabnzbd.clearExchanges();
      const connection = withKey(apiKey);
      const error = await household.failureOf('sabnzbd', sabnzbdClient(connection).queue());
      connection.close();
      expect(error.code).toBe(code);
      expect(error.message).not.toContain(apiKey);
      expect(servers.sabnzbd.exchanges).toHaveLength(2);
    }
  });

  it('a redirect to the URL base names the URL to set', async () => {
    await using household = await startHousehold();
    household.sandbox.servers.sonarr.addFault({ kind: 'redirect' });
    const error = await household.failureOf('sonarr', household.clients.sonarr.tags());
    expect(error.message).toContain(`to ${new URL(household.sandbox.urls.sonarr).origin}/moved`);
    expect(household.sandbox.servers.sonarr.exchanges.map(({ path }) => path)).not.toContain('/moved');
  });

  it('a search may take longer than the time-out of an ordinary request', async () => {
    await using household = await startHousehold(TIMEOUT);
    const { sandbox, clients } = household;
    sandbox.servers.sonarr.addFault({ kind: 'slow', seconds: 1.2, route: 'GET /api/v3/release' });
    const { rows } = await clients.sonarr.searchEpisode(sandbox.world.episode('Harbour Watch', 1, 7).id);
    expect(rows.length).toBeGreaterThan(0);
  });

  it.concurrent.each(['reset-after', 'status'] as const)(
    'a search is not sent again by itself after %s',
    async (kind) => {
      await using household = await startHousehold();
      const { sandbox, clients } = household;
      sandbox.servers.sonarr.addFault({ kind, status: 503, route: 'GET /api/v3/release' });
      const id = sandbox.world.episode('Harbour Watch', 1, 7).id;
      await household.failureOf('sonarr', clients.sonarr.searchEpisode(id));
      expect(sandbox.servers.sonarr.exchanges).toHaveLength(1);
      sandbox.servers.sonarr.clearFaults();
      expect((await clients.sonarr.searchEpisode(id)).rows.length).toBeGreaterThan(0);
    },
  );
});
