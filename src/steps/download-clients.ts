import type { NamedClient } from '../core/downloads/index.js';
import type { SonarrState } from '../state/sonarr.js';
import type { SonarrDeps } from './scope.js';

/** What is needed to ask Sonarr for its download clients, and to keep the answer for the other steps. */
export type ClientReader = Pick<SonarrDeps, 'client' | 'now'> & { readonly state: Pick<SonarrState, 'session'> };

/** Sonarr's download clients, read now and remembered. Rejects as the client does; what was known before is kept then. */
export const readDownloadClients = async ({ client, now, state }: ClientReader): Promise<readonly NamedClient[]> => {
  const all = await client.downloadClients();
  state.session.clients = { all, readAt: now() };
  return all;
};
