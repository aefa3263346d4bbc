import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { Fault } from './http/faults.js';
import type { ServerName } from './http/types.js';
import { startSandbox, WorldError, type Sandbox } from './index.js';

const USAGE = `usage: npx tsx test/sandbox/main.ts WORLD.json [--log FILE] [--speed N] [--sonarrs N]
                                         [--tautulli-port N] [--sonarr-port N] [--sabnzbd-port N]
Runs the three servers around a world until it is ended; prints their URLs and keys as one JSON line.`;

/** What another process may ask or change, a route each; answered as JSON. */
const CONTROLS: Readonly<Record<string, (sandbox: Sandbox, body: Record<string, unknown>) => unknown>> = {
  'GET /counts': ({ servers, world }) => ({
    tautulli: servers.tautulli.exchanges.length,
    sonarr: servers.sonarrs.reduce((sum, s) => sum + s.exchanges.length, 0),
    sabnzbd: servers.sabnzbd.exchanges.length,
    bytes: servers.all.flatMap((s) => s.exchanges).reduce((sum, e) => sum + e.bytes, 0),
    indexer: world.indexerRequests(),
    memory: process.memoryUsage().rss,
  }),
  'POST /reset': ({ servers }) => {
    for (const server of servers.all) server.clearExchanges();
    return {};
  },
  'GET /grabs': ({ world }) => world.grabs(),
  'GET /jobs': ({ world }) => world.sabJobs(),
  'GET /notifications': ({ world }) => world.notifications(),
  'GET /exchanges': ({ servers }) =>
    servers.all.flatMap((s) => s.exchanges.map(({ responseBody: _, ...e }) => e)).sort((a, b) => a.at - b.at),
  'POST /advance': async ({ world }, { ms }) => {
    await world.advance(Number(ms));
    return {};
  },
  'POST /watch': ({ world }, { viewer, series, season, episode, ...how }) => ({
    id: world.watch(String(viewer), String(series), Number(season), Number(episode), how),
  }),
  'POST /fault': ({ servers }, { server, ...fault }) => {
    servers[server as ServerName].addFault(fault as unknown as Fault);
    return {};
  },
  'POST /clear-faults': ({ servers }) => {
    for (const server of servers.all) server.clearFaults();
    return {};
  },
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      log: { type: 'string' },
      speed: { type: 'string' },
      sonarrs: { type: 'string' },
      'tautulli-port': { type: 'string' },
      'sonarr-port': { type: 'string' },
      'sabnzbd-port': { type: 'string' },
    },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError(USAGE);
  const sandbox = await startSandbox(file, {
    ports: {
      tautulli: Number(values['tautulli-port'] ?? 0),
      sonarr: Number(values['sonarr-port'] ?? 0),
      sabnzbd: Number(values['sabnzbd-port'] ?? 0),
    },
    ...(values.log === undefined ? {} : { logFile: values.log }),
    ...(values.speed === undefined ? {} : { speed: Number(values.speed) }),
    ...(values.sonarrs === undefined ? {} : { sonarrs: Number(values.sonarrs) }),
  });
  const control = await listen(sandbox);
  const end = (): void => {
    control.close();
    control.closeAllConnections();
    sandbox.close().catch(report);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const { port } = control.address() as AddressInfo;
  console.log(
    JSON.stringify({ urls: sandbox.urls, keys: sandbox.keys, control: `http://127.0.0.1:${port}`, pid: process.pid }),
  );
};

class UsageError extends Error {}

const listen = async (sandbox: Sandbox): Promise<Server> => {
  const server = createServer((request, response) => {
    const control = CONTROLS[`${request.method ?? ''} ${request.url ?? ''}`];
    const answer = async (): Promise<unknown> => control?.(sandbox, await readBody(request));
    answer().then(
      (value) =>
        response
          .writeHead(control === undefined ? 404 : 200, { 'content-type': 'application/json' })
          .end(JSON.stringify(value ?? null)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};

const report = (error: unknown): void => {
  const known = error instanceof WorldError || error instanceof UsageError;
  console.error(known ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
};

main().catch(report);
