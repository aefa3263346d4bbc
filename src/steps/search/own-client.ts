import { isAnyUnknown, type Observed, ownNames } from '../../core/downloads/index.js';
import { readDownloadClients } from '../download-clients.js';
import { itemError } from '../failures.js';
import { SOONEST } from '../renewal.js';
import type { Work } from './work.js';

/**
 * What Sonarr calls the jobs of the download client that is ours. The look-up has found out, unless Node-RED was started anew
 * or its server node is another one: Sonarr is asked when a job carries a name that is not known.
 */
export const ownClientNames = async (
  { deps, ledger }: Work,
  { queue, history }: Pick<Observed, 'queue' | 'history'>,
): Promise<readonly string[]> => {
  const { downloadClient = '', now, signal, state } = deps;
  const known = state.session.clients;
  const own = ownNames(downloadClient, known?.all ?? null);
  const mayAsk = known === null || Math.abs(now() - known.readAt) >= SOONEST;
  if (!mayAsk || !isAnyUnknown([...queue, ...history], downloadClient, known?.all ?? null)) return own;
  try {
    return ownNames(downloadClient, await readDownloadClients(deps));
  } catch (error) {
    ledger.error(itemError(error, signal).toRunError());
    return own;
  }
};
