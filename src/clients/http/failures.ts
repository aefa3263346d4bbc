import type { ServiceName } from '../../core/contracts/index.js';

/** What a failure's sentence is made of; nothing in it is secret. */
export interface FailureFacts {
  readonly service: ServiceName;
  /** Name and URL of the server as a person knows it, e.g. `Sonarr at http://nas:8989`. */
  readonly server: string;
  /** What was tried, as a verb phrase: `read the queue`. */
  readonly operation: string;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  /** What came back, in the server's own words or ours; "" when there is nothing to add. */
  readonly detail: string;
  /** How often it was sent; 1 when left out. */
  readonly tries?: number;
}

interface Failure {
  /** Whether the same request may work later without anybody changing anything. */
  readonly retryable: boolean;
  readonly text: (facts: FailureFacts) => string;
}

export const PRODUCTS = { tautulli: 'Tautulli', sonarr: 'Sonarr', sabnzbd: 'SABnzbd' } as const;

/** Where each server shows its key. */
export const KEY_PAGES: Readonly<Record<ServiceName, string>> = {
  tautulli: 'Settings → Web Interface → API',
  sonarr: 'Settings → General',
  sabnzbd: 'Config → General → API Key',
};

/** What a URL of each looks like, with the port that it has by itself. */
export const EXAMPLES: Readonly<Record<ServiceName, string>> = {
  tautulli: 'http://nas:8181',
  sonarr: 'http://nas:8989',
  sabnzbd: 'http://nas:8080',
};

const product = (f: FailureFacts): string => PRODUCTS[f.service];
const asked = (f: FailureFacts): string => `when asked to ${f.operation}`;
const status = (f: FailureFacts): string => (f.status === null ? '' : ` (${f.status})`);
const said = (f: FailureFacts): string => (f.detail === '' ? '' : `: ${f.detail.replace(/[.\s]+$/, '')}`);

/** Nothing changes until somebody does something. */
const lasting = (text: (f: FailureFacts) => string): Failure => ({ retryable: false, text });
/** The same request may work later. */
const passing = (text: (f: FailureFacts) => string): Failure => ({ retryable: true, text });

const certificate = (what: string, remedy: string): Failure =>
  lasting((f) => `${f.server} could not be trusted ${asked(f)}: its certificate ${what}. ${remedy}`);

/**
 * All failures of the clients: whether waiting helps, and the sentence for people
 * (which server, what was tried, what came back, what to do).
 */
export const FAILURES = {
  // before anything is sent
  'not-set-up': lasting(
    (f) => `${f.server} is not set up${said(f)}. Fill in its URL and API key; no request was sent.`,
  ),
  'bad-url': lasting(
    (f) =>
      `The URL of ${f.server} is invalid${said(f)}. It should look like ${EXAMPLES[f.service]} or ${EXAMPLES[f.service]}/${f.service}.`,
  ),
  'bad-call': lasting(
    (f) => `${f.server} was not asked to ${f.operation}${said(f)}. This is a fault in the flow or in this package.`,
  ),
  aborted: passing((f) => `The request to ${f.server} was stopped before it could ${f.operation}.`),

  // no answer
  refused: passing(
    (f) =>
      `${f.server} refused the connection ${asked(f)}. Check that ${product(f)} is running and that host and port are correct.`,
  ),
  'unknown-host': passing(
    (f) => `${f.server} could not be found ${asked(f)}: no such host. Check the host name in the URL, and DNS.`,
  ),
  unreachable: passing(
    (f) => `${f.server} could not be reached ${asked(f)}${said(f)}. Check the address and the network.`,
  ),
  reset: passing(
    (f) =>
      `${f.server} closed the connection without a response ${asked(f)}. It may be restarting; if this persists, it may expect https on this port.`,
  ),
  timeout: passing(
    (f) => `${f.server} did not respond within ${f.detail} ${asked(f)}. Check its load, or raise the timeout.`,
  ),
  network: passing((f) => `${f.server} could not be reached ${asked(f)}${said(f)}. Check the URL and the network.`),
  'certificate-expired': certificate('has expired or is not valid yet', 'Renew it.'),
  'certificate-self-signed': certificate(
    'is self-signed',
    "Add it as a CA in this server's TLS configuration, or turn off verification there.",
  ),
  'certificate-unknown-issuer': certificate(
    'has an unknown issuer',
    "Add the issuer as a CA in this server's TLS configuration.",
  ),
  'certificate-host-mismatch': certificate(
    'is for another host name',
    'In the URL, use the name the certificate was issued for.',
  ),
  'tls-mismatch': lasting(
    (f) =>
      `${f.server} does not speak ${f.detail === 'https' ? 'https' : 'http'} on this port (${asked(f)}). Use ${f.detail === 'https' ? 'http' : 'https'}:// in the URL, or correct the port.`,
  ),
  'tls-too-old': lasting(
    (f) =>
      `${f.server} speaks no version of TLS that Node-RED accepts (${asked(f)}): only 1.0 or 1.1, it seems. Enable TLS 1.2 or newer there, or in the reverse proxy in front of it.`,
  ),

  // something else answered
  redirect: lasting(
    (f) =>
      `${f.server} redirected the request${status(f)} ${asked(f)}${said(f)}. Set the URL to the one ${product(f)} itself uses, including the URL base.`,
  ),
  'login-page': lasting(
    (f) =>
      `${f.server} answered with a login page${status(f)} ${asked(f)}. Check the URL base, and exempt the API from the reverse proxy's login.`,
  ),
  'not-json': lasting(
    (f) =>
      `${f.server} answered with a web page instead of data${status(f)} ${asked(f)}. Check the port and the URL base.`,
  ),
  'auth-required': lasting(
    (f) =>
      `${f.server} asked for a user name and password${status(f)} ${asked(f)}. Fill in the reverse proxy's basic authentication, or exempt the API from its login, and check host, port and URL base: another program may be answering there.`,
  ),
  'proxy-auth-required': lasting(
    (f) =>
      `The proxy on the way to ${f.server} asked for a user name and password${status(f)} ${asked(f)}. Fill them in where the proxy is set: in its http proxy node, or in http_proxy or https_proxy in the environment.`,
  ),

  // it refused us
  'key-refused': lasting(
    (f) => `${f.server} refused the API key${status(f)}. Copy the key from ${KEY_PAGES[f.service]}.`,
  ),
  'nzb-key-only': lasting(
    (f) =>
      `${f.server} was given its NZB key, which can only add downloads${status(f)}. Copy the API Key, not the NZB Key, from ${KEY_PAGES.sabnzbd}.`,
  ),
  'api-disabled': lasting(
    (f) => `${f.server} has its API turned off${status(f)}${said(f)}. Enable it in ${KEY_PAGES[f.service]}.`,
  ),
  'key-not-generated': lasting(
    (f) =>
      `${f.server} has no valid API key of its own${status(f)}${said(f)}. Generate a new one in ${KEY_PAGES[f.service]}, and copy it from there.`,
  ),
  'host-refused': lasting(
    (f) =>
      `${f.server} does not accept this host name${status(f)} ${asked(f)}. Add the name to host_whitelist in SABnzbd (Config → Special), or use its IP address.`,
  ),
  'external-refused': lasting(
    (f) =>
      `${f.server} treats Node-RED as an external client${status(f)} ${asked(f)}. Raise "External internet access" in SABnzbd (Config → General), or add this network to its local ranges.`,
  ),
  forbidden: lasting(
    (f) =>
      `${f.server} denied access${status(f)} ${asked(f)}${said(f)}. ${
        f.service === 'sabnzbd'
          ? 'It does not say why (api_warnings is off): check the API key, host_whitelist and external access.'
          : 'A reverse proxy or firewall in front of it may be blocking it.'
      }`,
  ),

  // it answered, and not with what was asked for
  'not-found': lasting(
    (f) =>
      `${f.server} could not find what was requested${status(f)} ${asked(f)}${said(f)}. Check the port and the URL base, and that it still exists.`,
  ),
  'bad-request': lasting((f) => `${f.server} did not accept the request${status(f)} ${asked(f)}${said(f)}.`),
  conflict: lasting((f) => `${f.server} reported a conflict${status(f)} ${asked(f)}${said(f)}.`),
  'too-many-requests': passing(
    (f) => `${f.server} reports too many requests${status(f)} ${asked(f)}. Wait, or run less often.`,
  ),
  unavailable: passing(
    (f) =>
      `${f.server} is not ready${status(f)} ${asked(f)}${said(f)}. It may be starting, or the proxy in front of it cannot reach it.`,
  ),
  'server-error': passing((f) => `${f.server} failed${status(f)} ${asked(f)}${said(f)}. See its own log.`),
  'bad-json': passing(
    (f) =>
      `${f.server} sent a response that is truncated or not JSON${status(f)} ${asked(f)}. Check any proxy in between, and try again.`,
  ),
  'too-large': lasting((f) => `${f.server} sent more than ${f.detail} ${asked(f)}; it was not read.`),
  'unexpected-answer': lasting(
    (f) =>
      `${f.server} sent an unexpected response${status(f)} ${asked(f)}${said(f)}. Check that it is a supported version of ${product(f)}.`,
  ),
  'too-old': lasting(
    (f) =>
      `${f.server} runs version ${f.detail}, older than the oldest supported one: it is used as far as possible. Update it.`,
  ),

  // what single services say
  'unknown-episode': lasting(
    (f) =>
      `${f.server} no longer knows one of the episodes${status(f)} ${asked(f)}. Its episode list must be read again.`,
  ),
  'release-gone': passing(
    (f) => `${f.server} has forgotten the release${status(f)} ${asked(f)}${said(f)}. The search must be repeated.`,
  ),
  'release-refused': lasting(
    (f) =>
      `${f.server} could not get the release from the indexer${status(f)} ${asked(f)}${said(f)}. Another release must be used.`,
  ),
  'download-client-failed': passing(
    (f) =>
      `${f.server} could not hand the release to its download client${status(f)} ${asked(f)}${said(f)}. Check that the download client is running, and its settings in Sonarr.`,
  ),
  'command-refused': lasting((f) => `${f.server} did not execute the command${status(f)} ${asked(f)}${said(f)}.`),
  'query-failed': passing((f) => `${f.server} hid a database error behind an empty response ${asked(f)}. See its log.`),
  'plex-unreachable': passing(
    (f) => `${f.server} cannot reach Plex ${asked(f)}${said(f)}. Check that Plex Media Server is running.`,
  ),
  'notify-failed': lasting(
    (f) =>
      `${f.server} could not send the message${status(f)}${said(f)}. Test the notification agent in Settings → Notification Agents; Tautulli's log has the reason.`,
  ),
} as const satisfies Readonly<Record<string, Failure>>;

export type FailureCode = keyof typeof FAILURES;

/** Why a request failed, with the server's own words where they help. */
export interface Verdict {
  readonly code: FailureCode;
  readonly detail?: string;
}
