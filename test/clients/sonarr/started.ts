import { openConnection } from '../../../src/clients/http/connection.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import type { SonarrClient } from '../../../src/clients/sonarr/types.js';
import { connectionTo } from '../support/fixtures.js';
import { LocalServer, type Sent } from '../support/server.js';

/** A server that gives this answer to everything, and a client of it. */
export const started = async (
  answer: Sent,
): Promise<{ server: LocalServer; sonarr: SonarrClient } & AsyncDisposable> => {
  const server = await LocalServer.start();
  server.behave = () => answer;
  const sonarr = sonarrClient(openConnection(connectionTo('sonarr', server.url)));
  return { server, sonarr, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

/** Method, path and query of everything that was asked. */
export const asked = (server: LocalServer): readonly string[] =>
  server.received.map(({ method, path, query }) => `${method} ${path}${query.size > 0 ? `?${query.toString()}` : ''}`);
