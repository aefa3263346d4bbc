import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Household } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { onEachLine, stageExample, until } from './stage.js';

interface Told {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** A service like ntfy; it fails as long as it is told to. */
class Service {
  readonly told: Told[] = [];
  failing = true;
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      this.told.push({ body, headers: request.headers });
      response.statusCode = this.failing ? 503 : 200;
      response.end('{}');
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/our-topic`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

onEachLine('06 tell me through another service', (line) => {
  const service = new Service();
  let home: Household;
  beforeAll(async () => {
    const url = await service.listen();
    home = await stageExample({
      number: '06',
      world: twoPeople,
      last: 'jit-tell-priority',
      settings: { 'jit-tell-next': { episodesToCheck: '1', checkOverflow: '0' } },
      options: { line, env: () => ({ NOTIFY_URL: url }) },
    });
  });
  afterAll(async () => {
    await home[Symbol.asyncDispose]();
    service.close();
  });

  it('tells nothing of a dry run', async () => {
    await home.red.run('jit-tell-inject-dry');
    expect(service.told).toEqual([]);
    expect(home.changes()).toEqual([]);
  });

  it('tells what comes, and an error of the service is one that Catch sees', async () => {
    await home.red.run('jit-tell-inject');
    await until(() => service.told.length === 1, 'the message');
    expect(service.told[0]?.body).toBe('Harbour Lights S01E03\nNight Ferry S02E02');
    expect(service.told[0]?.headers).toMatchObject({
      title: 'On its way',
      'content-type': 'text/plain; charset=utf-8',
    });
    await until(() => home.red.output.includes('remember what was told: The message was refused (503)'), 'the error');
  });

  it('tells in the next run what could not be told', async () => {
    service.failing = false;
    await home.red.run('jit-tell-inject');
    await until(() => service.told.length === 2, 'the message');
    expect(service.told[1]?.body).toBe(service.told[0]?.body);
    expect(home.sandbox.world.grabs()).toHaveLength(2);
  });

  it('tells it once', async () => {
    await home.red.run('jit-tell-inject');
    await home.red.run('jit-tell-inject');
    expect(service.told).toHaveLength(2);
  });
});
