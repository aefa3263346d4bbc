import { createServer } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openConnection } from '../../../src/clients/http/connection.js';
import { secretsOf, setUp } from '../../../src/clients/http/settings.js';
import type { Connection, ForwardProxy } from '../../../src/clients/http/types.js';
import { AUTHORITY, certificate } from '../support/certificates.js';
import { LocalServer } from '../support/server.js';

/** A forward proxy that keeps what it saw: whole requests of http, of https only where the tunnel goes. */
class Proxy implements AsyncDisposable {
  readonly seen: string[] = [];
  readonly logins: string[] = [];
  isSilent = false;
  refusal = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => {
    this.seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    this.logins.push(request.headers['proxy-authorization'] ?? '');
    if (this.isSilent) return;
    response.setHeader('content-type', 'application/json').end('["through"]');
  });

  /** `to`: the port of this computer where every tunnel ends. */
  static async start(to = 0): Promise<Proxy> {
    const proxy = new Proxy();
    proxy.#server.on('connection', (socket) => proxy.#sockets.add(socket));
    proxy.#server.on('connect', (request, socket) => {
      proxy.seen.push(`CONNECT ${request.url ?? ''}`);
      proxy.logins.push(request.headers['proxy-authorization'] ?? '');
      // A server that has taken over a socket closes its own end.
      socket.on('end', () => socket.destroy()).resume();
      if (proxy.isSilent) return;
      if (proxy.refusal > 0) return void socket.end(`HTTP/1.1 ${proxy.refusal} No\r\n\r\n`);
      const onward = connect(to, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket);
        socket.pipe(onward);
      });
      proxy.#sockets.add(onward);
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** How many connections are open. */
  get open(): number {
    return [...this.#sockets].filter((socket) => !socket.destroyed).length;
  }

  get settings(): ForwardProxy {
    const { port } = this.#server.address() as AddressInfo;
    return { protocol: 'http:', host: '127.0.0.1', port, user: 'ann', password: 'open-sesame' };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const LOGIN = `Basic ${Buffer.from('ann:open-sesame').toString('base64')}`;

const connectionTo = (url: string, proxy: ForwardProxy, more: Partial<Connection> = {}): Connection => ({
  ...{ service: 'sonarr', name: 'Sonarr', url, apiKey: 'key-1234', timeout: 5_000, proxy },
  ...more,
});

const ask = async (connection: Connection): Promise<unknown> => {
  const open = openConnection(connection);
  try {
    const headers = { 'X-Api-Key': connection.apiKey };
    const asked = { operation: 'ask', method: 'GET', path: '/api/v3/tag', headers, repeatable: false } as const;
    return (await open.send(asked)).read(z.array(z.string()));
  } finally {
    open.close();
  }
};

describe('a proxy in front of the server', () => {
  it('is asked for the whole URL of an http server, with its own login', async () => {
    await using proxy = await Proxy.start();
    await expect(ask(connectionTo('http://sonarr.example:8989/base', proxy.settings))).resolves.toEqual(['through']);
    expect(proxy.seen).toEqual(['GET http://sonarr.example:8989/base/api/v3/tag']);
    expect(proxy.logins).toEqual([LOGIN]);
  });

  it('opens a tunnel to an https server, and sees nothing of what goes through', async () => {
    await using server = await LocalServer.start('', certificate('good'));
    server.behave = () => ({ body: ['tunnelled'] });
    const { hostname, port } = new URL(server.url);
    await using proxy = await Proxy.start(Number(port));
    const httpsAgent = new HttpsAgent({ ca: AUTHORITY });
    await expect(ask(connectionTo(server.url, proxy.settings, { httpsAgent }))).resolves.toEqual(['tunnelled']);
    expect(proxy.seen).toEqual([`CONNECT ${hostname}:${port}`]);
    expect(proxy.logins).toEqual([LOGIN]);
    expect(server.received[0]?.headers).toMatchObject({ 'x-api-key': 'key-1234' });
    expect(server.received[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('does not make a certificate trusted', async () => {
    await using server = await LocalServer.start('', certificate('self-signed'));
    await using proxy = await Proxy.start(Number(new URL(server.url).port));
    await expect(ask(connectionTo(server.url, proxy.settings))).rejects.toMatchObject({
      code: 'certificate-self-signed',
    });
    expect(server.received).toEqual([]);
  });

  it('that refuses the tunnel is no answer of the server', async () => {
    await using proxy = await Proxy.start();
    proxy.refusal = 407;
    await expect(ask(connectionTo('https://sonarr.example', proxy.settings))).rejects.toMatchObject({
      ...{ code: 'proxy-auth-required', status: null },
    });
    proxy.refusal = 403;
    await expect(ask(connectionTo('https://sonarr.example', proxy.settings))).rejects.toMatchObject({
      ...{ code: 'network', detail: 'PROXY_403' },
    });
  });

  it('is named where it may be the cause, without its login', async () => {
    const dead: ForwardProxy = { protocol: 'http:', host: '127.0.0.1', port: 9, user: 'ann', password: 'open-sesame' };
    const connection = connectionTo('http://sonarr.example', dead);
    const error: unknown = await ask(connection).catch((reason: unknown) => reason);
    expect(String(error)).toContain('Sonarr at http://sonarr.example (through the proxy 127.0.0.1:9)');
    expect(String(error)).not.toMatch(/ann|sesame/);
    expect(setUp(connection).url).toBe('http://sonarr.example');
    expect(secretsOf(connection)).toContain('open-sesame');
  });

  it.each(['http', 'https'])(
    'is left at once when the connection is closed while it keeps silent (%s)',
    async (scheme) => {
      await using proxy = await Proxy.start();
      proxy.isSilent = true;
      const open = openConnection(connectionTo(`${scheme}://sonarr.example`, proxy.settings));
      const asked = open.send({ operation: 'ask', method: 'GET', path: '/', repeatable: false });
      const failed = expect(asked).rejects.toMatchObject({ code: 'aborted' });
      await vi.waitFor(() => expect(proxy.seen).toHaveLength(1));
      open.close();
      await failed;
      await vi.waitFor(() => expect(proxy.open).toBe(0));
    },
  );
});
