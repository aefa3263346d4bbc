import { openConnection } from '../../../src/clients/http/connection.js';
import type { Connection, RequestTrace } from '../../../src/clients/http/types.js';
import { sabnzbdClient } from '../../../src/clients/sabnzbd/client.js';
import { sonarrClient } from '../../../src/clients/sonarr/client.js';
import { tautulliClient } from '../../../src/clients/tautulli/client.js';
import type { ServiceName } from '../../../src/core/contracts/index.js';
import { replayed } from '../support/recordings.js';
import type { Sent } from '../support/server.js';

/** What each service answers to `read`. */
export const GOOD: Readonly<Record<ServiceName, Sent>> = {
  sonarr: replayed('sonarr', 'tag'),
  sabnzbd: replayed('sabnzbd', 'queue_12'),
  tautulli: replayed('tautulli', 'get_notifiers'),
};

/** One read of a service: the one that the failures are tried with. */
export const read = async (
  connection: Connection,
  open = openConnection(connection),
  traces: RequestTrace[] = [],
): Promise<unknown> => {
  const scope = { onRequest: (trace: RequestTrace): void => void traces.push(trace) };
  if (connection.service === 'sonarr') return sonarrClient(open, scope).tags();
  if (connection.service === 'sabnzbd') return sabnzbdClient(open, scope).queue();
  return tautulliClient(open, scope).notifiers();
};
