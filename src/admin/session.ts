import { linkSignals } from '../clients/http/abort.js';
import { type OpenConnection, openConnection } from '../clients/http/connection.js';
import { ServiceError } from '../clients/http/service-error.js';
import type { CallScope, Connection } from '../clients/http/types.js';
import { SECOND } from '../core/time.js';

/** What a test or a list asks the server with. */
export interface Session {
  readonly open: OpenConnection;
  readonly scope: CallScope & { readonly signal: AbortSignal };
}

/**
 * Opens the connection for one piece of work and closes all of it afterwards. The whole work gets no more time than
 * the connection's time-out, then it fails with `timeout`; it fails with `aborted` when the editor has gone.
 */
export const inSession = async <T>(
  connection: Connection,
  { signal, onRequest }: CallScope,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const open = openConnection(connection);
  const limit = linkSignals(signal);
  const timer = setTimeout(() => limit.abort(), connection.timeout);
  try {
    const scope = { signal: limit.signal, ...(onRequest === undefined ? {} : { onRequest }) };
    return await work({ open, scope });
  } catch (error) {
    const isOurs = error instanceof ServiceError && error.code === 'aborted' && signal?.aborted !== true;
    if (!isOurs) throw error;
    throw open.failure(error.operation, { code: 'timeout', detail: `${connection.timeout / SECOND} s` });
  } finally {
    clearTimeout(timer);
    limit.unlink();
    open.close();
    connection.httpsAgent?.destroy();
  }
};
