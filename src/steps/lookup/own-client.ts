import { isElsewhere, type NamedClient, type Observed, ownNames } from '../../core/downloads/index.js';
import { nameOf } from '../../core/picks.js';
import type { LookupWork } from './work.js';

/** Sonarr's download clients, read anew when the cache time is over; null when they cannot be read. */
const clientsOf = async (work: LookupWork): Promise<readonly NamedClient[] | null> => {
  const { client, now, state } = work.deps;
  const { clients } = state.session;
  if (clients !== null && work.isCurrent(clients.readAt)) return clients.all;
  try {
    const all = await client.downloadClients();
    state.session.clients = { all, readAt: now() };
    return all;
  } catch (error) {
    work.failed(error);
    return null;
  }
};

/**
 * What Sonarr calls the jobs of the download client that is ours; nothing when every job may be. Sonarr is asked only when a job
 * does not carry the name that was picked: the client was renamed since, or it is another client's job.
 */
export const ownClientNames = async (
  work: LookupWork,
  { queue, history }: Pick<Observed, 'queue' | 'history'>,
): Promise<readonly string[]> => {
  const { downloadClient = '' } = work.deps;
  const saved = ownNames(downloadClient, null);
  if (![...queue, ...history].some(({ client }) => isElsewhere(client, saved))) return saved;
  const clients = await clientsOf(work);
  const names = ownNames(downloadClient, clients);
  if (clients?.every(({ name }) => isElsewhere(name, names)) === true) {
    work.note(
      `Sonarr has no download client "${nameOf(downloadClient)}": all downloads count as another client's, and are not put in order. Choose it again in the Sonarr server node ("Its name in Sonarr").`,
    );
  }
  return names;
};
