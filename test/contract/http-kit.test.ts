import { Agent, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind, WorldFault } from '../sandbox/world/format.js';
import { startStandIn } from '../sandbox/http/stand-in.js';
import type { StandIn, StandInAnswer, StandInRequest } from '../sandbox/http/types.js';

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true });

const get = async (url: string, headers: Record<string, string> = {}, timeout = 300): Promise<Got> =>
  await new Promise((resolve, reject) => {
    const sent = httpRequest(url, { agent, headers, timeout }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    sent.on('error', reject);
    sent.end();
  });

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => 'answered',
    (error: unknown) => (error as { code?: string }).code,
  );

const json = (body: unknown, status = 200): StandInAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

let worked = 0;
let standIn: StandIn;

const start = async (handler?: (request: StandInRequest) => StandInAnswer): Promise<StandIn> =>
  await startStandIn({
    server: 'sonarr',
    handler:
      handler ??
      (() => {
        worked += 1;
        return json({ rows: [1, 2, 3] });
      }),
    errorBody: (status) => json({ message: `error ${status}` }, status),
    wrongKey: () => json({ message: 'wrong key' }, 401),
    empty: () => json({}),
    route: ({ method, path }) => `${method} ${path}`,
  });

beforeEach(async () => {
  worked = 0;
  standIn = await start();
});
afterEach(async () => await standIn.close());

describe('what a fault looks like to the client, and that the server recovers', () => {
  const text = async (): Promise<string> => (await get(`${standIn.url}/api/v3/queue`)).body.toString();
  const cases: readonly (readonly [FaultKind, { seen: unknown; work: number }, Partial<WorldFault>])[] = [
    ['reset-before', { seen: 'ECONNRESET', work: 0 }, {}],
    ['reset-after', { seen: 'ECONNRESET', work: 1 }, {}],
    ['hang', { seen: 'ETIMEDOUT', work: 0 }, {}],
    ['hang-after', { seen: 'ETIMEDOUT', work: 1 }, {}],
    ['slow', { seen: 'ETIMEDOUT', work: 0 }, { seconds: 1 }],
    ['refused', { seen: 'ECONNRESET', work: 0 }, { seconds: 0.05 }],
  ];
  it.each(cases)('%s', async (kind, { seen, work }, more) => {
    standIn.addFault({ kind, times: 1, route: 'GET /queue', ...more });
    expect(await codeOf(text())).toBe(seen);
    expect(worked).toBe(work);
    standIn.clearFaults();
    expect(await text()).toBe('{"rows":[1,2,3]}');
  });

  const answers: readonly (readonly [FaultKind, number, string, Partial<WorldFault>])[] = [
    ['status', 503, '{"message":"error 503"}', { status: 503 }],
    ['wrong-key', 401, '{"message":"wrong key"}', {}],
    ['empty', 200, '{}', {}],
    ['truncated', 200, '{"rows":', {}],
    ['html', 200, '<!DOCTYPE html>', {}],
    ['redirect', 307, '', {}],
    ['login', 302, '<a href=', {}],
    ['login', 200, '<!DOCTYPE html>', { status: 200 }],
  ];
  it.each(answers)('%s answers %i', async (kind, status, body, more) => {
    standIn.addFault({ kind, times: 1, ...more });
    const got = await get(`${standIn.url}/x?a=1`);
    expect([got.status, got.body.toString().slice(0, body === '' ? 99 : body.length)]).toEqual([status, body]);
    expect((await get(`${standIn.url}/x`)).status).toBe(200);
  });

  it('a proxy redirects to a login page that is HTML with status 200', async () => {
    standIn.addFault({ kind: 'login' });
    const location = (await get(`${standIn.url}/x`)).headers.location;
    const page = await get(standIn.url + String(location));
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html;charset=utf-8']);
  });
});

describe('refused', () => {
  const fresh = { connection: 'close' };

  it('nothing listens until the fault is cleared, then the same port answers', async () => {
    const url = standIn.url;
    await get(url, fresh);
    standIn.addFault({ kind: 'refused' });
    expect([await codeOf(get(url, fresh)), await codeOf(get(url, fresh))]).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
    standIn.clearFaults();
    expect((await get(url, fresh)).status).toBe(200);
  });

  it('begins after the requests that are to go well', async () => {
    standIn.addFault({ kind: 'refused', after: 2 });
    expect([await codeOf(get(standIn.url, fresh)), await codeOf(get(standIn.url, fresh))]).toEqual([
      'answered',
      'answered',
    ]);
    expect(await codeOf(get(standIn.url, fresh))).toBe('ECONNREFUSED');
  });

  it('ends by itself when it has a number of times', async () => {
    standIn.addFault({ kind: 'refused', times: 1, seconds: 0.05 });
    expect(await codeOf(get(standIn.url, fresh))).toBe('ECONNREFUSED');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect((await get(standIn.url, fresh)).status).toBe(200);
  });
});

describe('which requests a fault strikes', () => {
  it('those of its route, after so many, so often', async () => {
    standIn.addFault({ kind: 'status', status: 500, route: 'POST /release' });
    standIn.addFault({ kind: 'status', status: 503, route: 'queue', after: 1, times: 2 });
    const paths = ['/release', '/api/queue', '/api/queue', '/x', '/api/queue', '/api/queue'];
    const seen: number[] = [];
    for (const path of paths) seen.push((await get(standIn.url + path)).status);
    expect(seen).toEqual([200, 200, 503, 200, 503, 200]);
  });
});

describe('the transport', () => {
  it('gzips when asked, with the same bytes inside', async () => {
    const { gunzipSync } = await import('node:zlib');
    const body = JSON.stringify(Array.from({ length: 9000 }, (_, i) => ({ id: i })));
    const big = await start(() => ({ status: 200, body }));
    const plain = await get(big.url);
    const first = await get(big.url, { 'accept-encoding': 'gzip, deflate' });
    const again = await get(big.url, { 'accept-encoding': 'gzip' });
    expect(plain.body.toString()).toBe(body);
    expect(first.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(first.body).toString()).toBe(body);
    expect(again.body.equals(first.body)).toBe(true);
    expect(big.exchanges.map((e) => [e.bytes, e.responseBody.length])).toEqual(
      Array.from({ length: 3 }, () => [body.length, 65_536]),
    );
    await big.close();
  });

  it('gives the path raw', async () => {
    await get(`${standIn.url}/a%2Fb//c?x=%20y`);
    expect(standIn.exchanges.map((e) => [e.path, e.search])).toEqual([['/a%2Fb//c', 'x=%20y']]);
  });

  it('a handler that throws is an answer of 500, not a crash', async () => {
    const broken = await start(() => {
      throw new Error('no such series in the world');
    });
    const got = await get(broken.url);
    expect([got.status, got.body.toString()]).toEqual([500, expect.stringContaining('no such series in the world')]);
    await broken.close();
  });

  it('closing ends requests that hang', async () => {
    standIn.addFault({ kind: 'hang' });
    const hanging = codeOf(get(standIn.url, {}, 5000));
    while (standIn.exchanges.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await standIn.close();
    expect(await hanging).toBe('ECONNRESET');
  });
});
