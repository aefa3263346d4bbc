import { describe, expect, test } from 'vitest';
import type { ServiceName } from '../../../src/core/contracts/index.js';
import { openConnection } from '../../../src/clients/http/connection.js';
import { type FailureCode, FAILURES } from '../../../src/clients/http/failures.js';
import type { Connection, RequestTrace } from '../../../src/clients/http/types.js';
import { sabnzbdClient } from '../../../src/clients/sabnzbd/client.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import { tautulliClient } from '../../../src/clients/tautulli/client.js';
import { connectionTo, expectNoSecrets, failing, HEADER_VALUE, KEY, PASSWORD } from '../support/fixtures.js';
import { replayed } from '../support/recordings.js';
import { type Behaviour, LocalServer, type Sent } from '../support/server.js';
import { GOOD, read } from './reading.js';

const PAGE = '<!doctype html><html><head><title>Home</title></head></html>';
const LOGIN = '<html><head><title>Sign in</title></head><body><input type="password"></body></html>';

interface Case {
  readonly service?: ServiceName;
  readonly behave: Behaviour | Sent;
  readonly settings?: Partial<Connection>;
  readonly call?: (open: ReturnType<typeof openConnection>) => Promise<unknown>;
  readonly says: RegExp;
}

/** Failures that an answer shows; each goes on to recovery with the same connection. */
const ANSWERS: Partial<Record<FailureCode, Case>> = {
  reset: {
    behave: (_, { request }) => {
      request.socket.destroy();
      return null;
    },
    says: /closed the connection without a response when asked to read the tags/,
  },
  timeout: {
    behave: () => null,
    settings: { timeout: 150 },
    says: /did not respond within 0\.2 s when asked to read the tags/,
  },
  redirect: {
    behave: { status: 307, headers: { location: '/sonarr/base/api/v3/tag?apikey=secret' }, type: '' },
    says: /redirected the request \(307\) when asked to read the tags: to http:\/\/127\.0\.0\.1:\d+\/sonarr\. Set the URL/,
  },
  'login-page': { behave: { type: 'text/html', body: LOGIN }, says: /answered with a login page \(200\)/ },
  'not-json': {
    behave: { type: 'text/html', body: PAGE },
    says: /a web page instead of data \(200\).*Check the port and the URL base/,
  },
  'auth-required': {
    behave: { status: 401, type: 'text/html', body: PAGE, headers: { 'www-authenticate': 'Basic realm="nas"' } },
    says: /asked for a user name and password \(401\)/,
  },
  'proxy-auth-required': {
    behave: { status: 407, type: 'text/html', body: PAGE },
    says: /^The proxy on the way to .* asked for a user name and password \(407\)/,
  },
  'key-refused': {
    behave: replayed('sonarr', 'auth_wrong_key'),
    says: /refused the API key \(401\)\. Copy the key from Settings → General\.$/,
  },
  'nzb-key-only': {
    service: 'sabnzbd',
    behave: ({ form }) =>
      replayed('sabnzbd', form.get('mode') === 'auth' ? 'auth_key_param_nzbkey' : 'nzbkey_queue_403'),
    says: /was given its NZB key.*\(403\)\. Copy the API Key/,
  },
  'api-disabled': {
    service: 'tautulli',
    behave: replayed('tautulli', 'error_api_disabled'),
    says: /API turned off \(400\): API not enabled\. Enable it in Settings → Web Interface/,
  },
  'key-not-generated': {
    service: 'tautulli',
    behave: replayed('tautulli', 'error_api_key_not_32_chars'),
    says: /no valid API key of its own \(400\): API key not generated correctly\. Generate a new one in Settings → Web/,
  },
  'host-refused': {
    service: 'sabnzbd',
    behave: replayed('sabnzbd', 'hostname_docker_service_name'),
    says: /host_whitelist/,
  },
  'external-refused': {
    service: 'sabnzbd',
    behave: replayed('sabnzbd', 'err_external_access_xff'),
    says: /External internet access/,
  },
  forbidden: {
    service: 'sabnzbd',
    behave: replayed('sabnzbd', 'api_warnings0_wrong_apikey'),
    says: /denied access \(403\).*api_warnings/,
  },
  'not-found': { behave: replayed('sonarr', 'unknown_route'), says: /\(404\).*Check the port and the URL base/ },
  'bad-request': {
    behave: replayed('sonarr', 'episodes_bad_series'),
    says: /did not accept the request \(400\) when asked to read the tags: One or more validation errors/,
  },
  conflict: { behave: replayed('sonarr', 'cmd_delete_started'), says: /conflict \(409\).*: Unable to cancel task\.$/ },
  'too-many-requests': {
    behave: { status: 429, type: 'text/plain', body: 'slow down' },
    says: /reports too many requests \(429\)/,
  },
  unavailable: {
    behave: { status: 503, body: { errorMessage: 'Sonarr is starting up, please try again later' } },
    says: /not ready \(503\).*: Sonarr is starting up, please try again later\./,
  },
  'server-error': {
    behave: { status: 500, body: { message: 'database is locked', description: 'at NzbDrone.Core' } },
    says: /failed \(500\).*: database is locked\./,
  },
  'bad-json': { behave: { body: '[{"id": 1, "label": "a' }, says: /truncated or not JSON/ },
  'unexpected-answer': {
    behave: { body: { tags: [] } },
    says: /sent an unexpected response \(200\).*no list\. Check that it is a supported version of Sonarr/,
  },
  'unknown-episode': {
    behave: replayed('sonarr', 'episodes_ids_unknown'),
    call: (open) => sonarrClient(open).episodesByIds([45, 99999]),
    says: /no longer knows one of the episodes \(500\)/,
  },
  'release-gone': {
    behave: replayed('sonarr', 'grab_after_restart'),
    call: (open) => sonarrClient(open).grab({ guid: 'g', indexerId: 1 }),
    says: /has forgotten the release \(404\).*Couldn't find requested release in cache/,
  },
  'release-refused': {
    behave: replayed('sonarr', 'grab_nzb_404'),
    call: (open) => sonarrClient(open).grab({ guid: 'g', indexerId: 1 }),
    says: /\(409\).*Getting release from indexer failed/,
  },
  'download-client-failed': {
    behave: replayed('sonarr', 'grab_sab_refused'),
    call: (open) => sonarrClient(open).grab({ guid: 'g', indexerId: 1 }),
    says: /\(500\).*All 'Usenet' download clients failed/,
  },
  'command-refused': {
    service: 'sabnzbd',
    behave: replayed('sabnzbd', 'err_priority_nonint'),
    call: (open) => sabnzbdClient(open).setPriority(['SABnzbd_nzo_a'], 'High'),
    says: /did not execute the command \(200\) when asked to set the priority of 1 job to High: expects integer value\./,
  },
  'query-failed': {
    service: 'tautulli',
    behave: {
      body: {
        response: {
          result: 'success',
          message: null,
          data: { recordsFiltered: 0, recordsTotal: 0, draw: 0, data: [], filter_duration: '0', total_duration: '0' },
        },
      },
    },
    call: (open) => tautulliClient(open).history({ after: '2026-11-20', length: 100, includeActivity: true }),
    says: /hid a database error/,
  },
  'notify-failed': {
    service: 'tautulli',
    behave: replayed('tautulli', 'notify_invalid_notifier_id'),
    call: (open) => tautulliClient(open).notify({ notifier: 999, subject: 's', body: 'b' }),
    says: /could not send the message \(400\): Notification failed: invalid notifier_id provided 999\. Test/,
  },
  'bad-call': {
    behave: { body: [] },
    call: (open) => sonarrClient(open).searchEpisode(0),
    says: /was not asked to search releases of episode 0: episodeId 0/,
  },
};

describe('a failure that an answer shows', () => {
  test.each(Object.entries(ANSWERS) as [FailureCode, Case][])(
    '%s: one code and one sentence, and the same client works once the server does',
    async (code, { service = 'sonarr', behave, settings = {}, call, says }) => {
      await using server = await LocalServer.start();
      const more = { basicAuth: { user: 'proxy-user', password: PASSWORD }, headers: { 'CF-Token': HEADER_VALUE } };
      const connection = connectionTo(service, server.url, { ...more, ...settings });
      const open = openConnection(connection);
      const traces: RequestTrace[] = [];
      server.behave = typeof behave === 'function' ? behave : () => behave;
      const error = await failing(call === undefined ? read(connection, open, traces) : call(open), code);
      expect(error.message).toMatch(says);
      expect(error.message).toContain(`${connection.name} at ${server.url}`);
      expect(error.message).not.toMatch(/NzbDrone|\n/);
      expect(error.toRunError()).toEqual({
        code,
        service,
        server: `${connection.name} at ${server.url}`,
        operation: error.operation,
        status: error.status,
        retryable: FAILURES[code].retryable,
        message: error.message,
      });
      expectNoSecrets(traces);
      expectNoSecrets(open);
      server.behave = () => GOOD[service];
      await expect(read(connection, open)).resolves.toBeTruthy();
      open.close();
    },
  );
});

test.each([
  ['the base that Sonarr itself has', '', '/sonarr/api/v3/tag', '/sonarr'],
  ['the base that Sonarr itself has, in place of a wrong one', '/base', '/sonarr/base/api/v3/tag', '/sonarr'],
  ['another scheme', '/base', 'https://nas.example/base/api/v3/tag', 'https://nas.example/base'],
  ['somewhere, without the query', '/base', '/start?token=abcdef', '/start'],
])('a redirect is explained: %s', async (_, base, location, place) => {
  await using server = await LocalServer.start(base);
  server.behave = () => ({ status: 301, headers: { location }, type: '' });
  const error = await failing(read(connectionTo('sonarr', server.url)), 'redirect');
  const expected = place.startsWith('/') ? `http://127.0.0.1:${server.port}${place}` : place;
  expect(error.message).toContain(`(301) when asked to read the tags: to ${expected}. Set`);
});

test.each([
  '/login?returnUrl=%2Fbase',
  'https://auth.example.org/?rd=x',
  '/outpost.goauthentik.io/start?rd=x',
  'https://team.cloudflareaccess.com/cdn-cgi/access/login/nas',
])('a redirect to %s is a login', async (location) => {
  await using server = await LocalServer.start();
  server.behave = () => ({ status: 302, headers: { location }, type: '' });
  await failing(read(connectionTo('sonarr', server.url)), 'login-page');
});

describe.each(['tautulli', 'sonarr', 'sabnzbd'] as const)('a login that refuses in front of %s', (service) => {
  const ask = async (answer: Sent, code: FailureCode) => {
    await using server = await LocalServer.start();
    server.behave = () => answer;
    return await failing(read(connectionTo(service, server.url)), code);
  };
  const link = '<a href="https://auth.example.org/?rd=x">401 Unauthorized</a>';

  // As Authelia answers to programs: where a browser would be sent to.
  test('names where it lies: a login page', async () => {
    const location = 'https://auth.example.org/?rd=x';
    const error = await ask({ status: 401, type: 'text/html', headers: { location }, body: link }, 'login-page');
    expect(error.message).toMatch(/login page \(401\).*exempt the API from the reverse proxy's login/);
  });

  // As oauth2-proxy does.
  test('answers with its page: a login page', async () => {
    const body = '<!DOCTYPE html><html><head><title>Sign In</title></head><body></body></html>';
    await ask({ status: 403, type: 'text/html', body }, 'login-page');
  });

  test('asks for a name and a password itself: none', async () => {
    const headers = { 'www-authenticate': 'Basic realm="nas"' };
    await ask({ status: 401, type: 'text/html', headers, body: LOGIN }, 'auth-required');
  });

  test('with any other page is none', async () => {
    await ask({ status: 403, type: 'text/html', body: PAGE }, 'forbidden');
  });
});

describe('a 401 that is not of Sonarr, whose own has neither a type nor a place', () => {
  const ask = async (answer: Sent, code: FailureCode) => {
    await using server = await LocalServer.start();
    server.behave = () => ({ status: 401, ...answer });
    await failing(read(connectionTo('sonarr', server.url)), code);
  };

  // As oauth2-proxy answers to who accepts JSON; older ones without a body.
  test.each(['{}', ''])('JSON that says nothing, "%s": a login of its own', async (body) => {
    await ask({ type: 'application/json', body }, 'auth-required');
  });

  test('nothing but where the login lies: a login page', async () => {
    await ask({ type: '', headers: { location: 'https://auth.example.org/?rd=x' } }, 'login-page');
  });

  test('JSON with a word, as of an older Sonarr: its key', async () => {
    await ask({ body: { error: 'Unauthorized' } }, 'key-refused');
  });
});

test('a key that a server echoes is blacked out', async () => {
  await using server = await LocalServer.start();
  server.behave = () => ({ status: 500, body: { message: `no such key ${KEY} in apikey=${KEY}` } });
  const error = await failing(read(connectionTo('sonarr', server.url)), 'server-error');
  expect(error.message).toContain('no such key *** in apikey=***');
});

test.each([
  ['a token', 'Bearer token-2290-1177', 'token-2290-1177'],
  ['a cookie', 'sid=session-9921; theme="dark-theme-77"', 'session-9921'],
  ['one of several cookies', 'a=1; sid=session-9921', 'session-9921'],
])('%s of a header that a server echoes alone is blacked out', async (_, header, secret) => {
  await using server = await LocalServer.start();
  server.behave = () => ({ status: 500, body: { message: `the session ${secret} has expired` } });
  const connection = connectionTo('sonarr', server.url, { headers: { 'X-Header': header } });
  const error = await failing(read(connection), 'server-error');
  expect(error.message).toContain('the session *** has expired');
});

test('every code has a sentence that ends as one and names the server', () => {
  const facts = {
    service: 'sonarr',
    server: 'Sonarr at http://nas',
    operation: 'do it',
    status: null,
    detail: 'x',
  } as const;
  for (const [code, { text }] of Object.entries(FAILURES)) {
    expect(text(facts), code).toMatch(/Sonarr at http:\/\/nas.*\.$/);
    expect(text({ ...facts, status: 500, detail: '' }), code).not.toMatch(/ \.|: \.|undefined|null/);
  }
});
