import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { networkFailure } from '../../../src/clients/http/network-errors.js';
import type { RequestTrace } from '../../../src/clients/http/types.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import { AUTHORITY, certificate } from '../support/certificates.js';
import { connectionTo, failing, PASSWORD } from '../support/fixtures.js';
import { LocalServer } from '../support/server.js';
import { GOOD, read } from './reading.js';

const noSuchHost: LookupFunction = (host, _options, done) => {
  done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }), '');
};

const noRoute: LookupFunction = (_host, _options, done) => {
  done(Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' }), '');
};

/** Failures before there is an answer; each code with the connection that has it. */
describe('a failure without an answer', () => {
  test('refused, and found again when the server is back', async () => {
    const server = await LocalServer.start();
    const { url, port } = server;
    await server[Symbol.asyncDispose]();
    const connection = connectionTo('sonarr', url);
    const open = openConnection(connection);
    const traces: RequestTrace[] = [];
    const error = await failing(read(connection, open, traces), 'refused');
    expect(error.message).toBe(
      `Sonarr at ${url} refused the connection when asked to read the tags. Check that Sonarr is running and that host and port are correct.`,
    );
    expect(error).toMatchObject({ status: null, retryable: true });
    expect(traces.map(({ status }) => status)).toEqual([null, null, null]);
    await using back = await LocalServer.start('/base', null, port);
    back.behave = () => GOOD.sonarr;
    await expect(read(connection, open)).resolves.toHaveLength(2);
    open.close();
  });

  test.each([
    ['unknown-host', noSuchHost, /no such host/],
    ['unreachable', noRoute, /EHOSTUNREACH/],
  ] as const)('%s', async (code, lookup, says) => {
    const httpAgent = new HttpAgent({ lookup });
    const error = await failing(read(connectionTo('sonarr', 'http://nas.invalid:8989', { httpAgent })), code);
    expect(error.message).toMatch(says);
  });

  test.each([
    ['certificate-self-signed', 'self-signed', undefined],
    ['certificate-unknown-issuer', 'good', undefined],
    ['certificate-expired', 'expired', AUTHORITY],
    ['certificate-host-mismatch', 'other-host', AUTHORITY],
  ] as const)('%s; good once the certificate is trusted', async (code, name, ca) => {
    await using server = await LocalServer.start('/base', certificate(name));
    server.behave = () => GOOD.sonarr;
    const strict = ca === undefined ? {} : { httpsAgent: new HttpsAgent({ ca }) };
    const error = await failing(read(connectionTo('sonarr', server.url, strict)), code);
    expect(error.message).toMatch(/could not be trusted when asked to read the tags: its certificate/);
    expect(server.received).toEqual([]);
    await using trusted = await LocalServer.start('/base', certificate('good'));
    trusted.behave = () => GOOD.sonarr;
    const httpsAgent = new HttpsAgent({ ca: AUTHORITY });
    await expect(read(connectionTo('sonarr', trusted.url, { httpsAgent }))).resolves.toHaveLength(2);
  });

  test('tls-mismatch: https to a port that speaks http', async () => {
    await using server = await LocalServer.start();
    const error = await failing(read(connectionTo('sonarr', server.url.replace('http', 'https'))), 'tls-mismatch');
    expect(error.message).toMatch(/does not speak https on this port.*Use http:\/\//);
  });

  test('tls-too-old: https to a port that speaks none newer than TLS 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await using server = await LocalServer.start('/base', { ...certificate('good'), ...old });
    const httpsAgent = new HttpsAgent({ ca: AUTHORITY });
    const error = await failing(read(connectionTo('sonarr', server.url, { httpsAgent })), 'tls-too-old');
    expect(error.message).toMatch(/speaks no version of TLS that Node-RED accepts.*Enable TLS 1\.2/);
    expect(server.received).toEqual([]);
  });

  test.each([
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-too-old'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-too-old'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-mismatch'],
  ])('other versions of Node have codes of their own: %s', (errorCode, code) => {
    expect(networkFailure(errorCode, 'https').code).toBe(code);
  });

  test('tls-mismatch: http to a port that speaks https and says so', async () => {
    await using server = await LocalServer.start();
    server.behave = () => ({
      status: 400,
      type: 'text/html',
      body: '<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>',
    });
    const error = await failing(read(connectionTo('sonarr', server.url)), 'tls-mismatch');
    expect(error.message).toMatch(/does not speak http on this port.*Use https:\/\//);
  });

  test('tls-mismatch: http to a port that answers with a TLS alert', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await failing(read(connectionTo('sonarr', `http://127.0.0.1:${port}`)), 'tls-mismatch');
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  test('bad-json: an answer that is not the gzip that it is called', async () => {
    await using server = await LocalServer.start();
    server.behave = (_, { response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('[] no gzip');
      return null;
    };
    const error = await failing(read(connectionTo('sonarr', server.url)), 'bad-json');
    expect(error.message).toContain('sent a response that is truncated or not JSON when asked to read the tags');
  });

  test('too-large: an answer without end is not read to its end', async () => {
    await using server = await LocalServer.start();
    server.gzip = false;
    server.behave = (_, { response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(300 * 2 ** 20) });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(2 ** 20, ' ')));
      };
      response.on('drain', more);
      more();
      return null;
    };
    const error = await failing(read(connectionTo('sonarr', server.url, { timeout: 15_000 })), 'too-large');
    expect(error.message).toMatch(/sent more than 200 MiB/);
  });

  test('aborted: by its scope, and nothing more is sent', async () => {
    await using server = await LocalServer.start();
    const abort = new AbortController();
    server.behave = () => {
      abort.abort();
      return null;
    };
    const open = openConnection(connectionTo('sonarr', server.url));
    const error = await failing(sonarrClient(open, { signal: abort.signal }).tags(), 'aborted');
    expect(error.message).toMatch(/was stopped before it could read the tags/);
    await failing(sonarrClient(open, { signal: abort.signal }).tags(), 'aborted');
    expect(server.received).toHaveLength(1);
    server.behave = () => GOOD.sonarr;
    await expect(sonarrClient(open).tags()).resolves.toHaveLength(2);
    open.close();
  });
});

describe('settings that are missing', () => {
  test.each([
    ['no URL', { url: '' }, /it has no URL/],
    ['an unset variable as URL', { url: '${SONARR_URL}' }, /its URL uses \$\{SONARR_URL\}, a variable that is not set/],
    ['no key', { apiKey: ' ' }, /it has no API key/],
    ['an unset variable as key', { apiKey: '${SONARR_API_KEY}' }, /\$\{SONARR_API_KEY\} is a variable that is not set/],
    [
      'an unset variable as password',
      { basicAuth: { user: 'u', password: '${PROXY_PASSWORD}' } },
      /\$\{PROXY_PASSWORD\}/,
    ],
    ['an unset variable in a header', { headers: { 'CF-Token': '${CF_TOKEN}' } }, /\$\{CF_TOKEN\}/],
  ])('%s: not set up, and no request is sent', async (_, settings, says) => {
    await using server = await LocalServer.start();
    const connection = connectionTo('sonarr', server.url, settings);
    const traces: RequestTrace[] = [];
    const error = await failing(read(connection, openConnection(connection), traces), 'not-set-up');
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/no request was sent/);
    expect([...server.received, ...traces]).toEqual([]);
  });

  test('a URL with a password in it: bad-url, shown without it, and no request is sent', async () => {
    await using server = await LocalServer.start();
    const url = server.url.replace('http://', `http://user:${PASSWORD}@`);
    const error = await failing(read(connectionTo('sonarr', url)), 'bad-url');
    expect(error.message).toMatch(/^The URL of Sonarr is invalid: it contains a user name or password/);
    expect(server.received).toEqual([]);
  });
});
