import { isAnyUnknown, isElsewhere, type NamedClient, type Observed, ownNames } from '../../core/downloads/index.js';
import { nameOf } from '../../core/picks.js';
import { readDownloadClients } from '../download-clients.js';
import type { LookupWork } from './work.js';

const MISSED = 'download client';

/** Whether a job of one of these names is missing among them, or the client that is ours. */
type Lacks = (clients: readonly NamedClient[]) => boolean;

/** Sonarr's download clients, read anew when the cache time is over, or what they lack may be there by now; null when they could never be read. */
const clientsOf = async (work: LookupWork, lacks: Lacks): Promise<readonly NamedClient[] | null> => {
  const { clients } = work.deps.state.session;
  const isCurrent = clients !== null && work.isCurrent(clients.readAt);
  if (isCurrent && !(lacks(clients.all) && work.mayRenew(MISSED, clients.readAt))) return clients.all;
  try {
    const all = await readDownloadClients(work.deps);
    if (lacks(all)) work.missedAgain(MISSED);
    else work.found(MISSED);
    return all;
  } catch (error) {
    work.failed(error);
    return clients?.all ?? null;
  }
};

/**
 * What Sonarr calls the jobs of the download client that is ours; nothing when every job may be. Sonarr is asked only when a job
 * does not carry a name that it is known by: the client was renamed since, or it is another client's job.
 */
export const ownClientNames = async (
  work: LookupWork,
  { queue, history }: Pick<Observed, 'queue' | 'history'>,
): Promise<readonly string[]> => {
  const { state, downloadClient = '' } = work.deps;
  const known = ownNames(downloadClient, state.session.clients?.all ?? null);
  const jobs = [...queue, ...history];
  if (!jobs.some((job) => isElsewhere(job.client, known))) return known;
  const isLost: Lacks = (clients) => {
    const names = ownNames(downloadClient, clients);
    return clients.every(({ name }) => isElsewhere(name, names));
  };
  // A job of a client that nobody knows may be in ours, by the name that it has got since.
  const lacks: Lacks = (clients) => isLost(clients) || isAnyUnknown(jobs, downloadClient, clients);
  const clients = await clientsOf(work, lacks);
  if (clients !== null && isLost(clients)) {
    work.note(
      `Sonarr has no download client "${nameOf(downloadClient)}": all downloads count as another client's, and are not put in order. Choose it again in the Sonarr server node ("Its name in Sonarr").`,
    );
  }
  return ownNames(downloadClient, clients);
};
