import { isElsewhere, type NamedClient, type Observed, ownNames } from '../../core/downloads/index.js';
import { MINUTE } from '../../core/time.js';
import { itemError } from '../failures.js';
import type { Work } from './work.js';

/** They are not read again sooner than this. */
const SOONEST = 10 * MINUTE;

/**
 * What Sonarr calls the jobs of the download client that is ours. The look-up has found out, unless Node-RED was started anew
 * or its server node is another one: Sonarr is asked when a job carries a name that is not known.
 */
export const ownClientNames = async (
  work: Work,
  { queue, history }: Pick<Observed, 'queue' | 'history'>,
): Promise<readonly string[]> => {
  const { now, state, downloadClient = '' } = work.deps;
  const known = state.session.clients;
  const own = ownNames(downloadClient, known?.all ?? null);
  if (own.length === 0) return own;
  const names = [...own, ...(known?.all ?? []).map(({ name }) => name)];
  const isAnyUnknown = [...queue, ...history].some(({ client }) => isElsewhere(client, names));
  const mayAsk = known === null || Math.abs(now() - known.readAt) >= SOONEST;
  return isAnyUnknown && mayAsk ? ownNames(downloadClient, await read(work)) : own;
};

/** As they were read before, or null, where they cannot be read now. */
const read = async ({ deps, ledger }: Work): Promise<readonly NamedClient[] | null> => {
  const { client, now, signal, state } = deps;
  try {
    const all = await client.downloadClients();
    state.session.clients = { all, readAt: now() };
    return all;
  } catch (error) {
    ledger.error(itemError(error, signal).toRunError());
    return state.session.clients?.all ?? null;
  }
};
