import { PRODUCTS } from '../../clients/http/failures.js';
import { sabnzbdClient } from '../../clients/sabnzbd/client.js';
import { sonarrClient } from '../../clients/sonarr/client.js';
import type { SonarrHealth } from '../../clients/sonarr/types.js';
import { tautulliClient } from '../../clients/tautulli/client.js';
import type { ServiceName } from '../../core/contracts/index.js';
import { type Finding, Ended, finding } from '../findings.js';
import type { Session } from '../session.js';

/** What a server's test asks: first its version, by a request that also tells whether it is there, then the rest. */
export interface Check {
  /** @throws ServiceError, Ended */
  version(session: Session): Promise<string>;
  /** What matters for this job. @throws ServiceError */
  findings(session: Session): Promise<readonly Finding[]>;
}

/** Before any play: only the number of rows is wanted. */
const EVER = { after: '1970-01-01', length: 1, includeActivity: false };

const tautulli: Check = {
  version: ({ open, scope }) => tautulliClient(open, scope).version(),
  findings: async ({ open, scope }) => {
    const client = tautulliClient(open, scope);
    const [connected, { total }] = await Promise.all([client.plexConnected(), client.history(EVER)]);
    return [
      finding(connected === null ? 'plex-unknown' : connected ? 'plex-connected' : 'plex-down'),
      total === 0 ? finding('history-empty') : finding('history-rows', { count: total }),
    ];
  },
};

/** Sonarr's own checks that are told; it has some dozens. */
const MOST_WARNINGS = 10;

const isWarning = ({ type }: SonarrHealth): boolean => type === 'warning' || type === 'error';

const namesOf = (rows: readonly { readonly name: string }[]): { names: string } => ({
  names: rows.map(({ name }) => name).join(', '),
});

const sonarr: Check = {
  version: async ({ open, scope }) => {
    const { appName, version } = await sonarrClient(open, scope).status();
    // Radarr and its relatives have the same API, and the same answer to a good key.
    if (appName === '' || appName === PRODUCTS.sonarr) return version;
    throw new Ended([finding('other-product', { url: open.url, found: appName, product: PRODUCTS.sonarr })]);
  },
  findings: async ({ open, scope }) => {
    const client = sonarrClient(open, scope);
    const [{ rows: series }, indexers, clients, health] = await Promise.all([
      client.series(),
      client.indexers(),
      client.downloadClients(),
      client.health(),
    ]);
    const searched = indexers.filter(({ interactiveSearch }) => interactiveSearch);
    const usenet = clients.filter(({ enabled, protocol }) => enabled && protocol === 'usenet');
    return [
      series.length === 0 ? finding('no-series') : finding('series-count', { count: series.length }),
      searched.length === 0 ? finding('no-interactive-search') : finding('interactive-search', namesOf(searched)),
      usenet.length === 0 ? finding('no-usenet-client') : finding('usenet-client', namesOf(usenet)),
      ...health
        .filter(isWarning)
        .slice(0, MOST_WARNINGS)
        .map(({ message }) => finding('sonarr-health', { message })),
    ];
  },
};

const sabnzbd: Check = {
  version: ({ open, scope }) => sabnzbdClient(open, scope).version(),
  findings: async ({ open, scope }) => {
    // Fails with `nzb-key-only` or `key-refused`.
    const { paused, jobs } = await sabnzbdClient(open, scope).queue();
    return [finding('full-key'), finding(paused ? 'queue-paused' : 'queue-running', { count: jobs.length })];
  },
};

export const CHECKS: Readonly<Record<ServiceName, Check>> = { tautulli, sonarr, sabnzbd };
