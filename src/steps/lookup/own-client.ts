import { isElsewhere } from '../../core/downloads/index.js';
import type { Observation } from './under-way.js';
import type { LookupWork } from './work.js';

const MISSED = 'download client';

const isOurs = ({ downloadClient = '' }: LookupWork['deps'], name: string): boolean =>
  !isElsewhere(name, downloadClient);

/** Names of Sonarr's download clients, read anew when the cache time is over, or ours may be there by now; null when they cannot be read. */
const clientNames = async (work: LookupWork): Promise<readonly string[] | null> => {
  const { client, now, state } = work.deps;
  const { clients } = state.session;
  const isHere = (names: readonly string[]): boolean => names.some((name) => isOurs(work.deps, name));
  if (clients !== null && work.isCurrent(clients.readAt)) {
    if (isHere(clients.names) || !work.mayRenew(MISSED, clients.readAt)) return clients.names;
  }
  try {
    const names = (await client.downloadClients()).map(({ name }) => name);
    state.session.clients = { names, readAt: now() };
    if (isHere(names)) work.found(MISSED);
    else work.missedAgain(MISSED);
    return names;
  } catch (error) {
    work.failed(error);
    return null;
  }
};

/**
 * Says that the download client that is ours is not in Sonarr: all jobs would count as another client's.
 * Sonarr is asked only when a job counts as such.
 */
export const noteLostClient = async (work: LookupWork, { queue, history }: Observation): Promise<void> => {
  const { downloadClient = '' } = work.deps;
  if (![...queue, ...history].some(({ client }) => isElsewhere(client, downloadClient))) return;
  const names = await clientNames(work);
  if (names === null || names.some((name) => isOurs(work.deps, name))) return;
  work.note(
    `Sonarr has no download client "${downloadClient}": all downloads count as another client's, and are not put in order. Choose it again in the Sonarr server node ("Its name in Sonarr").`,
  );
};
