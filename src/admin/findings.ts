import { FAILURES, KEY_PAGES, PRODUCTS } from '../clients/http/failures.js';
import type { ServiceError } from '../clients/http/service-error.js';
import type { Connection } from '../clients/http/types.js';
import { readUrl } from '../clients/http/url.js';

/**
 * One thing that is to be said about a server. The editor shows its catalogue's `finding.<code>` with the params,
 * and `text` where it has none.
 */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error';
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The whole sentence in English. */
  readonly text: string;
}

type Level = Finding['level'];

/** What is not a failure of a request: level and English sentence, with `__name__` where a param comes in. */
export const SENTENCES = {
  connected: ['ok', '__product__ __version__ answered in __ms__ ms.'],
  reached: ['ok', 'The URL is right: __product__ __version__ is there.'],
  'too-old': [
    'warning',
    '__product__ __version__ is older than __oldest__, the oldest supported version: it is used as far as possible. Update it.',
  ],
  'other-product': ['error', '__url__ is __found__, not __product__. Correct the host or the port.'],
  'url-base-missing': [
    'error',
    '__product__ has a URL base, which is missing from the URL. Use __suggested__ as its URL.',
  ],
  'url-base-surplus': [
    'error',
    '__product__ is not under __base__, but at the root of that host. Use __suggested__ as its URL.',
  ],
  'other-url-base': ['error', '__product__ is not under __base__. Use __suggested__ as its URL.'],

  'plex-connected': ['ok', 'Tautulli is connected to Plex.'],
  'plex-down': [
    'warning',
    'Tautulli is not connected to Plex: plays are still read, but shows cannot be identified by their ids. Check that Plex Media Server is running.',
  ],
  'plex-unknown': ['warning', 'Tautulli cannot tell yet whether Plex is there. Try again in a minute.'],
  'history-rows': ['ok', 'Episode plays in its history: __count__.'],
  'history-empty': [
    'warning',
    'Its history has no episode plays yet: nothing is planned until someone watches an episode.',
  ],

  'series-count': ['ok', 'Series in Sonarr: __count__.'],
  'no-series': ['warning', 'Sonarr has no series yet: nothing can be fetched until one is added there.'],
  'interactive-search': ['ok', 'Indexers with interactive search: __names__.'],
  'no-interactive-search': [
    'warning',
    'No indexer with interactive search: no search for releases is possible. Enable it for an indexer in Sonarr (Settings → Indexers).',
  ],
  'usenet-client': ['ok', 'Usenet download clients: __names__.'],
  'no-usenet-client': [
    'warning',
    'No Usenet download client: grabs do not reach SABnzbd. Add it in Sonarr (Settings → Download Clients).',
  ],
  'sonarr-health': ['warning', 'Sonarr warns: __message__'],

  'full-key': ['ok', 'The key is the full API key: jobs can be reordered.'],
  'queue-running': ['ok', 'The queue is running. Jobs in it: __count__.'],
  'queue-paused': [
    'warning',
    'The queue is paused: only jobs with priority Force are downloaded. Jobs in it: __count__.',
  ],
  'host-whitelist': [
    'error',
    'SABnzbd does not accept the host name __host__: add it to host_whitelist in SABnzbd (Config → Special), or use its IP address in the URL.',
  ],

  'localhost-container': [
    'warning',
    "In a container, __host__ is the container itself: if Node-RED runs in one, use the name of the __product__ container, or the computer's address.",
  ],
  'container-name': [
    'warning',
    "Container names only resolve within the same Docker network: if __host__ is one, put Node-RED into that network (not the default bridge), or use the computer's address and the published port.",
  ],

  'no-url': ['error', 'The URL is missing. It should look like __example__ or __example__/__path__.'],
  'no-key': ['error', 'The API key is missing. Copy it from __keyPage__ in __product__.'],
  'unset-variable': [
    'error',
    'The environment variable __variable__ is not set where Node-RED runs. Set it there and restart Node-RED.',
  ],
  'bad-headers': ['error', 'The extra headers are invalid. Write them as Name: value, separated by |.'],
  'no-tls': ['error', 'The chosen TLS configuration does not exist yet. Deploy it first, or choose another.'],
  'no-proxy': [
    'error',
    'The chosen proxy does not exist yet, or its URL is invalid. Deploy it first, or choose another.',
  ],
  'bad-timeout': ['error', 'The timeout must be a number from 1 to 600 (seconds).'],
  'stored-key-other-url': [
    'error',
    'The stored key (user, password, headers) is for __stored__ and is not sent anywhere else. Enter it again for the new URL.',
  ],
  'stored-key-other-way': [
    'error',
    'The stored key (user, password, headers) for __stored__ is only sent with the TLS configuration and proxy it was deployed with. Enter it again for others, or deploy them first.',
  ],
  'variable-other-url': [
    'error',
    'A key from the environment is only sent to the deployed URL (with its TLS configuration and proxy) or to a URL from the environment. Write the URL as ${NAME} too, or deploy it first.',
  ],
} as const satisfies Readonly<Record<string, readonly [Level, string]>>;

export type SentenceCode = keyof typeof SENTENCES;
type Params = Finding['params'];

/** Puts params where `__name__` stands, as the editor does. */
export const render = (sentence: string, params: Params): string =>
  sentence.replace(/__(\w+?)__/g, (whole, name: string) => String(params[name] ?? whole));

export const finding = (code: SentenceCode, params: Params = {}): Finding => {
  const [level, sentence] = SENTENCES[code];
  return { level, code, params, text: render(sentence, params) };
};

/** Who presses a button knows what was asked. */
const withoutAsked = (sentence: string, operation: string): string => {
  const asked = `when asked to ${operation}`;
  return sentence.replace(` (${asked})`, '').replace(` ${asked}`, '');
};

/** Where a request went, for the editor to say in its own language: `__name__` at `__at__`, through `__proxy__` or "". Nothing of a URL that is refused, which may hold a password. */
const placeOf = ({ name, url, proxy }: Connection): Params => {
  const read = readUrl(url);
  if (!('url' in read)) return {};
  return { name, at: read.url, proxy: proxy === undefined ? '' : `${proxy.host}:${proxy.port}` };
};

/**
 * A failure of the request itself, in the words of the clients. `said` and `status` come with what joins them to a sentence.
 * @param connection that was asked; none was while its settings could not be read
 */
export const failureFinding = (error: ServiceError, connection?: Connection): Finding => {
  const { service, server, operation, status } = error;
  const detail = error.code === 'redirect' ? error.detail.replace(/^to /, '') : error.detail;
  const isSilent = error.code === 'forbidden' && service === 'sabnzbd';
  return {
    level: 'error',
    code: isSilent ? 'forbidden-sabnzbd' : error.code,
    params: {
      ...(connection && placeOf(connection)),
      server,
      product: PRODUCTS[service],
      status: status === null ? '' : ` (${status})`,
      said: detail === '' ? '' : `: ${detail.replace(/[.\s]+$/, '')}`,
      detail,
      keyPage: KEY_PAGES[service],
      // of a TLS mismatch: what does not work, and what to write
      scheme: detail,
      other: detail === 'https' ? 'http' : 'https',
    },
    text: withoutAsked(FAILURES[error.code].text({ service, server, operation, status, detail }), operation),
  };
};

/** Ends a test or a list: nothing more can be asked. */
export class Ended extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings[0]?.text ?? 'ended');
  }
}
