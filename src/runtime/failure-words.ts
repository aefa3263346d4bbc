import { PRODUCTS, type FailureCode } from '../clients/http/failures.js';
import type { NodeError } from './node-error.js';

/** A failure in three or four words, for the status line; `%` is the product. The whole sentence goes to Catch and the log. */
const SHORT: Readonly<Record<FailureCode, string>> = {
  'not-set-up': 'not set up',
  'bad-url': '% has a bad URL',
  'bad-call': '% was not asked',
  aborted: 'stopped',
  refused: '% refused the connection',
  'unknown-host': '% has an unknown host name',
  unreachable: '% unreachable',
  reset: '% closed the connection',
  timeout: '% did not answer in time',
  network: '% unreachable',
  'certificate-expired': '% has an expired certificate',
  'certificate-self-signed': '% has a self-signed certificate',
  'certificate-unknown-issuer': '% has a certificate of an unknown issuer',
  'certificate-host-mismatch': '% has a certificate for another host',
  'tls-mismatch': '% wants http instead of https, or the reverse',
  'tls-too-old': '% only speaks an old TLS',
  redirect: '% sent us elsewhere',
  'login-page': '% is behind a login page',
  'not-json': '% is not what answered',
  'auth-required': '% asks for user and password',
  'proxy-auth-required': '% is behind a proxy that asks for a password',
  'key-refused': '% refused the key',
  'nzb-key-only': '% was given its NZB key',
  'api-disabled': '% has its API switched off',
  'key-not-generated': '% has no valid API key',
  'host-refused': '% does not accept this host name',
  'external-refused': '% takes us for an outsider',
  forbidden: '% denied access',
  'not-found': '% did not know what was meant',
  'bad-request': '% did not accept the request',
  conflict: '% reported a conflict',
  'too-many-requests': '% is asked too often',
  unavailable: '% is not ready',
  'server-error': '% failed',
  'bad-json': '% sent a broken answer',
  'too-large': '% sent too much',
  'unexpected-answer': '% answered something unexpected',
  'too-old': '% is too old',
  'unknown-episode': '% does not know an episode any more',
  'release-gone': '% has forgotten the release',
  'release-refused': '% could not get the release',
  'download-client-failed': '% has no working download client',
  'command-refused': '% did not do it',
  'query-failed': '% hid a database error',
  'plex-unreachable': '% cannot reach Plex',
  'notify-failed': '% could not send the message',
};

const OWN: Readonly<Record<string, string>> = {
  'wrong-input': 'wrong message',
  'wrong-setting': 'wrong setting',
  'bad-template': 'bad template',
  'notifier-gone': 'the notifier is gone',
  internal: 'failed',
};

export const failureWords = ({ code, service, tries }: NodeError): string => {
  const own = OWN[code];
  if (own !== undefined || service === null) return own ?? 'failed';
  const short = (SHORT as Readonly<Record<string, string>>)[code];
  const words = (short ?? '% failed').replace('%', PRODUCTS[service]);
  return tries > 1 ? `${words} (${tries} tries)` : words;
};
