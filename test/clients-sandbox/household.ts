import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { openConnection } from '../../src/clients/http/connection.js';
import { PRODUCTS } from '../../src/clients/http/failures.js';
import { ServiceError } from '../../src/clients/http/service-error.js';
import { sabnzbdClient } from '../../src/clients/sabnzbd/client.js';
import type { SabnzbdClient } from '../../src/clients/sabnzbd/types.js';
import { sonarrClient } from '../../src/clients/sonarr/client.js';
import type { SonarrClient } from '../../src/clients/sonarr/types.js';
import { tautulliClient } from '../../src/clients/tautulli/client.js';
import type { TautulliClient } from '../../src/clients/tautulli/types.js';
import type { ServiceName } from '../../src/core/contracts/index.js';
import { type Sandbox, startSandbox, type WorldFile } from '../sandbox/index.js';

const FILE = join(__dirname, '../sandbox/worlds/household.json');
const PASSWORD = 'between-proxy-and-us';
const TOKEN = 'token-of-the-proxy';

export interface Clients {
  readonly tautulli: TautulliClient;
  readonly sonarr: SonarrClient;
  readonly sabnzbd: SabnzbdClient;
}

/** The household with each server below a URL base, and one client per server that has every kind of secret. */
export class ClientHousehold implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clients: Clients;
  readonly #abort = new AbortController();
  readonly #close: readonly (() => void)[];

  constructor(sandbox: Sandbox, timeout: number) {
    this.sandbox = sandbox;
    const { signal } = this.#abort;
    const open = (service: ServiceName) =>
      openConnection({
        service,
        name: PRODUCTS[service],
        url: sandbox.urls[service],
        apiKey: sandbox.keys[service],
        basicAuth: { user: 'ann', password: PASSWORD },
        headers: { 'X-Proxy-Token': TOKEN },
        timeout,
      });
    const [tautulli, sonarr, sabnzbd] = [open('tautulli'), open('sonarr'), open('sabnzbd')];
    this.clients = {
      tautulli: tautulliClient(tautulli, { signal }),
      sonarr: sonarrClient(sonarr, { signal }),
      sabnzbd: sabnzbdClient(sabnzbd, { signal }),
    };
    this.#close = [tautulli, sonarr, sabnzbd].map((connection) => () => connection.close());
  }

  /** Ends what is under way, as closing a node does. */
  abort(): void {
    this.#abort.abort();
  }

  /** The failure of a request: says which server, shows no secret however it is printed. */
  async failureOf(service: ServiceName, request: Promise<unknown>): Promise<ServiceError> {
    const error = await request.then(
      (value) => new Error(`it answered ${inspect(value)}`),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ServiceError)) throw error;
    expect(error).toMatchObject({ service, server: `${PRODUCTS[service]} at ${this.sandbox.urls[service]}` });
    expect(error.message).toContain(error.server);
    const printed = [
      inspect(error, { depth: Infinity, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify(error.toRunError()),
      `${String(error)} ${error.stack ?? ''}`,
    ].join('\n');
    const basic = Buffer.from(`ann:${PASSWORD}`).toString('base64');
    for (const secret of [this.sandbox.keys[service], PASSWORD, TOKEN, basic]) expect(printed).not.toContain(secret);
    return error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#close) close();
    await this.sandbox.close();
  }
}

/** @param timeout milliseconds */
export const startHousehold = async (timeout = 5000, world: Partial<WorldFile> = {}): Promise<ClientHousehold> => {
  const file = JSON.parse(await readFile(FILE, 'utf8')) as WorldFile;
  const sandbox = await startSandbox({
    ...file,
    tautulli: { ...file.tautulli, urlBase: '/plex/tautulli' },
    sonarr: { ...file.sonarr, urlBase: '/sonarr' },
    sabnzbd: { ...file.sabnzbd, urlBase: '/sabnzbd', rate: 0.000_001 },
    indexer: { ...file.indexer, spacing: 0, searchTakes: 0 },
    ...world,
  });
  return new ClientHousehold(sandbox, timeout);
};
