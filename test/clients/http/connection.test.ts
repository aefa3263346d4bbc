import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type HttpRequest, openConnection, type OpenConnection } from '../../../src/clients/http/connection.js';
import type { RequestTrace } from '../../../src/clients/http/types.js';
import { connectionTo, failing, HEADER_VALUE, KEY, PASSWORD } from '../support/fixtures.js';
import { LocalServer } from '../support/server.js';

const READ: HttpRequest = { operation: 'read it', method: 'GET', path: '/it', repeatable: true };
const WRITE: HttpRequest = { operation: 'do it', method: 'POST', path: '/it', json: {}, repeatable: false };

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** Holds every request until it is let go. */
const holding = (server: LocalServer): { waiting: (() => void)[]; release: () => void } => {
  const waiting: (() => void)[] = [];
  server.behave = (_, { response }) => {
    waiting.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end('[]'));
    return null;
  };
  return { waiting, release: () => waiting.splice(0).forEach((answer) => answer()) };
};

describe('at most four requests of one connection run at a time', () => {
  test('the others wait their turn, whichever scope they are of', async () => {
    await using server = await LocalServer.start();
    const { waiting, release } = holding(server);
    const open = openConnection(connectionTo('sonarr', server.url));
    const all = Array.from({ length: 10 }, () => open.send(READ, { signal: new AbortController().signal }));
    await until(() => waiting.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.received).toHaveLength(4);
    release();
    await until(() => waiting.length === 4);
    expect(server.received).toHaveLength(8);
    release();
    await until(() => waiting.length === 2);
    release();
    await Promise.all(all);
    expect(server.received).toHaveLength(10);
    open.close();
  });

  test('one that is aborted while it waits leaves at once and takes no place', async () => {
    await using server = await LocalServer.start();
    const { waiting, release } = holding(server);
    const open = openConnection(connectionTo('sonarr', server.url));
    const running = Array.from({ length: 4 }, () => open.send(READ));
    const abort = new AbortController();
    const leaving = [open.send(WRITE, { signal: abort.signal }), open.send(WRITE, { signal: abort.signal })];
    const staying = open.send(READ);
    await until(() => waiting.length === 4);
    abort.abort();
    for (const gone of leaving) await failing(gone, 'aborted');
    release();
    await until(() => waiting.length === 1);
    release();
    await Promise.all([...running, staying]);
    expect(server.received.map(({ method }) => method)).toEqual(Array(5).fill('GET'));
    const next = Array.from({ length: 4 }, () => open.send(READ));
    await until(() => waiting.length === 4);
    release();
    await Promise.all(next);
    open.close();
  });

  test('waiting does not use up the time-out', async () => {
    await using server = await LocalServer.start();
    server.behave = (_, { response }) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('[]'), 150);
      return null;
    };
    const open = openConnection(connectionTo('sonarr', server.url, { timeout: 400 }));
    const all = Promise.all(Array.from({ length: 16 }, () => open.send(READ)));
    await expect(all).resolves.toHaveLength(16);
    open.close();
  });
});

describe('a request that may be repeated', () => {
  const flaky = (server: LocalServer, failures: number, fail: 'reset' | number): void => {
    server.behave = (_, { request }) => {
      if (server.received.length > failures) return { body: [] };
      if (fail !== 'reset') return { status: fail, type: 'text/html', body: '<html>bad gateway</html>' };
      request.socket.destroy();
      return null;
    };
  };

  test.each(['reset', 502, 503, 504] as const)('is sent twice more after %s, each time told', async (fail) => {
    await using server = await LocalServer.start();
    flaky(server, 2, fail);
    const traces: RequestTrace[] = [];
    const open = openConnection(connectionTo('sonarr', server.url));
    await open.send(READ, { onRequest: (trace) => void traces.push(trace) });
    const failed = fail === 'reset' ? null : fail;
    expect(traces.map(({ status }) => status)).toEqual([failed, failed, 200]);
    expect(server.received).toHaveLength(3);
    open.close();
  });

  test('is given up after the third', async () => {
    await using server = await LocalServer.start();
    flaky(server, 99, 502);
    const open = openConnection(connectionTo('sonarr', server.url));
    await failing(open.send(READ), 'unavailable');
    expect(server.received).toHaveLength(3);
    open.close();
  });

  test.each([400, 401, 404, 409, 429, 500])('is not repeated after %i', async (status) => {
    await using server = await LocalServer.start();
    server.behave = () => ({ status });
    const open = openConnection(connectionTo('sonarr', server.url));
    await expect(open.send(READ)).rejects.toMatchObject({ status });
    expect(server.received).toHaveLength(1);
    open.close();
  });

  test('is not repeated after a time-out', async () => {
    await using server = await LocalServer.start();
    server.behave = () => null;
    const open = openConnection(connectionTo('sonarr', server.url, { timeout: 100 }));
    await failing(open.send(READ), 'timeout');
    expect(server.received).toHaveLength(1);
    open.close();
  });

  test('is not repeated once aborted', async () => {
    await using server = await LocalServer.start();
    const abort = new AbortController();
    flaky(server, 99, 503);
    const open = openConnection(connectionTo('sonarr', server.url));
    const scope = { signal: abort.signal, onRequest: (): void => abort.abort() };
    await failing(open.send(READ, scope), 'aborted');
    expect(server.received).toHaveLength(1);
    open.close();
  });

  test.each(['reset', 503] as const)(
    'one that changes something is never repeated, not after %s either',
    async (fail) => {
      await using server = await LocalServer.start();
      flaky(server, 99, fail);
      const open = openConnection(connectionTo('sonarr', server.url));
      await failing(open.send(WRITE), fail === 'reset' ? 'reset' : 'unavailable');
      expect(server.received).toHaveLength(1);
      open.close();
    },
  );
});

describe('time-outs', () => {
  test('cover the whole answer, not only its beginning', async () => {
    await using server = await LocalServer.start();
    server.behave = (_, { response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
      return null;
    };
    const open = openConnection(connectionTo('sonarr', server.url, { timeout: 200 }));
    await failing(open.send(READ), 'timeout');
    open.close();
  });

  test('are longer where a request needs it', async () => {
    await using server = await LocalServer.start();
    server.behave = (_, { response }) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('[]'), 150);
      return null;
    };
    const open = openConnection(connectionTo('sonarr', server.url, { timeout: 50 }));
    await expect(open.send({ ...READ, atLeast: 2_000 })).resolves.toBeDefined();
    open.close();
  });
});

describe('sockets', () => {
  const socketsOf = (server: LocalServer): Set<unknown> => {
    const sockets = new Set<unknown>();
    server.behave = (_, { request }) => {
      sockets.add(request.socket);
      return { body: [] };
    };
    return sockets;
  };

  test('are kept for the next request', async () => {
    await using server = await LocalServer.start();
    const sockets = socketsOf(server);
    const open = openConnection(connectionTo('sonarr', server.url));
    for (let i = 0; i < 5; i += 1) await open.send(READ);
    expect(sockets.size).toBe(1);
    open.close();
  });

  test('closing aborts what runs and waits, and closes them', async () => {
    await using server = await LocalServer.start();
    const { waiting } = holding(server);
    const closed: unknown[] = [];
    const behave = server.behave;
    server.behave = (request, raw) => {
      raw.request.socket.on('close', () => closed.push(null));
      return behave(request, raw);
    };
    const open = openConnection(connectionTo('sonarr', server.url));
    const all = Array.from({ length: 6 }, () => open.send(READ));
    const settled = Promise.allSettled(all);
    await until(() => waiting.length === 4);
    open.close();
    await settled;
    for (const one of all) await failing(one, 'aborted');
    await failing(open.send(READ), 'aborted');
    await until(() => closed.length === 4);
    expect(server.received).toHaveLength(4);
  });

  test('a hundred requests on one signal leave no listeners behind, and warn of none', async () => {
    await using server = await LocalServer.start();
    socketsOf(server);
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    const { signal } = new AbortController();
    const open = openConnection(connectionTo('sonarr', server.url));
    await Promise.all(Array.from({ length: 100 }, () => open.send(READ, { signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(warnings).toEqual([]);
    open.close();
  });
});

describe('what goes out', () => {
  const sent = async (open: OpenConnection, server: LocalServer, request: HttpRequest) => {
    server.behave = () => ({ body: [] });
    await open.send(request);
    return server.received[0];
  };

  test('asks for gzip alone, and carries the headers and basic auth of the proxy', async () => {
    await using server = await LocalServer.start();
    const open = openConnection(
      connectionTo('sonarr', server.url, {
        basicAuth: { user: 'proxy-user', password: PASSWORD },
        headers: { 'CF-Token': HEADER_VALUE },
      }),
    );
    const got = await sent(open, server, { ...READ, query: 'a=1&b=%20' });
    expect(got?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'cf-token': HEADER_VALUE,
      authorization: `Basic ${Buffer.from(`proxy-user:${PASSWORD}`).toString('base64')}`,
    });
    expect(got?.path).toBe('/it');
    expect([...(got?.query ?? [])]).toEqual([
      ['a', '1'],
      ['b', ' '],
    ]);
    open.close();
  });

  test('is a form or JSON, with its length', async () => {
    await using server = await LocalServer.start();
    const open = openConnection(connectionTo('sonarr', server.url));
    server.behave = () => ({ body: [] });
    await open.send({ ...WRITE, json: { monitored: false, title: 'Ü' } });
    const form: HttpRequest = {
      operation: 'do it',
      method: 'POST',
      path: '/form',
      repeatable: false,
      form: { a: 'Ü & <3' },
    };
    await open.send(form);
    const [asJson, asForm] = server.received;
    expect(asJson?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(asJson?.body ?? '')).toEqual({ monitored: false, title: 'Ü' });
    expect(asForm?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(asForm?.headers['content-length']).toBe(String(asForm?.body.length));
    expect(asForm?.form.get('a')).toBe('Ü & <3');
    open.close();
  });

  test('is told without query, key and body', async () => {
    await using server = await LocalServer.start();
    server.behave = () => ({ body: ['x'.repeat(1000)] });
    const traces: RequestTrace[] = [];
    const open = openConnection(connectionTo('tautulli', server.url));
    await open.send({ ...READ, query: `apikey=${KEY}` }, { onRequest: (trace) => void traces.push(trace) });
    expect(traces).toEqual([
      {
        service: 'tautulli',
        method: 'GET',
        operation: 'read it',
        path: '/base/it',
        status: 200,
        ms: expect.any(Number) as number,
        bytes: 1004,
      },
    ]);
    open.close();
  });
});
