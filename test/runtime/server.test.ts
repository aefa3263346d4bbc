import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { sonarrClient } from '../../src/clients/sonarr/client.js';
import type { Node, NodeAPI } from '../../src/runtime/node-types.js';
import { Server, type ServerCredentials, type ServerDef } from '../../src/runtime/server.js';

interface Given {
  readonly config?: Partial<ServerDef>;
  readonly credentials?: ServerCredentials;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodes?: Readonly<Record<string, object>>;
}

const serverOf = ({ config = {}, credentials = { apiKey: 'key-1' }, env = {}, nodes = {} }: Given) => {
  const RED = {
    settings: {},
    nodes: { getNode: (id: string) => nodes[id] ?? null },
    util: { evaluateNodeProperty: (name: string) => env[name] ?? '' },
  } as unknown as NodeAPI;
  const node = { id: 'sonarr-1', credentials, warn: () => undefined } as unknown as Node<ServerCredentials>;
  const def = {
    url: 'http://nas:8989/sonarr/',
    timeout: '30',
    tls: '',
    contextStore: '',
    name: '',
    ...config,
  } as ServerDef;
  return new Server({ RED, node, config: def, service: 'sonarr', client: sonarrClient });
};

const whyNot = (given: Given): string => {
  try {
    void serverOf(given).connection;
    return 'it is set up';
  } catch (error) {
    return String(error);
  }
};

/** A server that answers every request alike and keeps what was sent. */
const listener = async () => {
  const seen: IncomingHttpHeaders[] = [];
  const http = createServer((request, response) => {
    seen.push(request.headers);
    response.setHeader('content-type', 'application/json').end('[]');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const close = () => {
    http.closeAllConnections();
    http.close();
  };
  return { url: `http://127.0.0.1:${port}`, seen, [Symbol.dispose]: close };
};

describe('a configured server', () => {
  it('is known by its normalised URL and its name, or the name of the product', () => {
    expect(serverOf({}).ref).toEqual({ id: 'sonarr-1', name: 'Sonarr', url: 'http://nas:8989/sonarr' });
    expect(serverOf({ config: { name: 'Upstairs' } }).ref.name).toBe('Upstairs');
  });

  it.each<[string, Given, RegExp]>([
    ['its URL', { config: { url: '' } }, /Sonarr has no URL/],
    ['its key', { credentials: {} }, /Sonarr has no API key/],
    ['the variable of its URL', { config: { url: '${MY_URL}' } }, /URL of Sonarr .* MY_URL, which is not set/],
    ['the variable of its key', { credentials: { apiKey: '${MY_KEY}' } }, /API key of Sonarr .* MY_KEY, which/],
    ['the variable of its password', { credentials: { apiKey: 'k', password: '${PW}' } }, /PW, which is not set/],
    ['its TLS configuration', { config: { tls: 'gone' } }, /TLS configuration of Sonarr does not exist/],
    [
      'a header that can be read',
      { credentials: { apiKey: 'k', headers: 'no colon' } },
      /do not have the form "Name: value"/,
    ],
  ])('is not set up without %s', (_what, given, why) => {
    expect(whyNot(given)).toMatch(/^Not set up: /);
    expect(whyNot(given)).toMatch(why);
  });

  it('refuses a URL that holds a user or password, without repeating them', () => {
    const why = whyNot({ config: { url: 'http://me:hunter2@nas:8989' } });
    expect(why).toMatch(/user name or password/);
    expect(why).not.toContain('hunter2');
  });

  it('sends key, basic auth and the extra headers of a reverse proxy', async () => {
    using proxy = await listener();
    const credentials = { apiKey: 'key-1', user: 'ann', password: 'pw', headers: 'X-Token: abc | CF-Access: d:e' };
    const server = serverOf({ config: { url: proxy.url }, credentials });
    await server.client({ signal: new AbortController().signal }).tags();
    expect(proxy.seen[0]).toMatchObject({
      'x-api-key': 'key-1',
      authorization: `Basic ${Buffer.from('ann:pw').toString('base64')}`,
      'x-token': 'abc',
      'cf-access': 'd:e',
    });
    server.close(false);
  });

  it("uses the options of Node-RED's TLS configuration", () => {
    const tls = { addTLSOptions: (options: object) => Object.assign(options, { rejectUnauthorized: false }) };
    const server = serverOf({ config: { tls: 'tls-1' }, nodes: { 'tls-1': tls } });
    expect(server.connection.httpsAgent?.options).toMatchObject({ rejectUnauthorized: false, keepAlive: true });
    server.close(false);
  });
});

describe('a key that was left empty', () => {
  const env = { SONARR_URL: 'http://NAS:8989/sonarr', SONARR_API_KEY: 'from-env' };

  it('is taken from the environment for the URL of the environment', () => {
    expect(serverOf({ credentials: {}, env }).connection.apiKey).toBe('from-env');
  });

  it('is not sent to any other URL', () => {
    expect(whyNot({ credentials: {}, env, config: { url: 'http://other:8989' } })).toMatch(/no API key/);
    expect(whyNot({ credentials: {}, env: { ...env, SONARR_URL: 'nonsense' } })).toMatch(/no API key/);
  });

  it('does not replace one that was filled in', () => {
    expect(serverOf({ env }).connection.apiKey).toBe('key-1');
  });
});

describe('closing a server', () => {
  it('ends the requests under way', async () => {
    using silent = await listener();
    const server = serverOf({ config: { url: silent.url } });
    const client = server.client({ signal: new AbortController().signal });
    server.close(false);
    await expect(client.tags()).rejects.toMatchObject({ code: 'aborted' });
  });
});
