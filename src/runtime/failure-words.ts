import { PRODUCTS, type FailureCode } from '../clients/http/failures.js';
import type { NodeError } from './node-error.js';

/** A failure in three or four words, for the status line; `%` is the product. The whole sentence goes to Catch and the log. */
const SHORT: Readonly<Record<FailureCode, string>> = {
  'not-set-up': 'not set up',
  'bad-url': '% has an invalid URL',
  'bad-call': '% was not contacted',
  aborted: 'stopped',
  refused: '% refused the connection',
  'unknown-host': '% has an unknown host name',
  unreachable: '% unreachable',
  reset: '% closed the connection',
  timeout: '% did not answer in time',
  network: '% unreachable',
  'certificate-expired': '% has an expired certificate',
  'certificate-self-signed': '% has a self-signed certificate',
  'certificate-unknown-issuer': '% has a certificate from an unknown issuer',
  'certificate-host-mismatch': '% has a certificate for another host',
  'tls-mismatch': '% needs http instead of https, or vice versa',
  'tls-too-old': '% only supports outdated TLS',
  redirect: '% redirected the request',
  'login-page': '% is behind a login page',
  'not-json': '% is not what responded',
  'auth-required': '% asks for a user name and password',
  'proxy-auth-required': '% is behind a proxy that asks for a password',
  'key-refused': '% refused the key',
  'nzb-key-only': '% was given its NZB key',
  'api-disabled': '% has its API turned off',
  'key-not-generated': '% has no valid API key',
  'host-refused': '% does not accept this host name',
  'external-refused': '% sees us as an external client',
  forbidden: '% denied access',
  'not-found': '% did not find it',
  'bad-request': '% did not accept the request',
  conflict: '% reported a conflict',
  'too-many-requests': '% reports too many requests',
  unavailable: '% is not ready',
  'server-error': '% failed',
  'bad-json': '% sent a broken response',
  'too-large': '% sent too much',
  'unexpected-answer': '% sent an unexpected response',
  'too-old': '% is too old',
  'unknown-episode': '% no longer knows an episode',
  'release-gone': '% has forgotten the release',
  'release-refused': '% could not get the release',
  'download-client-failed': '% has no working download client',
  'command-refused': '% did not execute the command',
  'query-failed': '% hid a database error',
  'plex-unreachable': '% cannot reach Plex',
  'notify-failed': '% could not send the message',
};

const OWN: Readonly<Record<string, string>> = {
  'wrong-input': 'wrong message',
  'wrong-setting': 'wrong setting',
  'bad-template': 'invalid template',
  'notifier-gone': 'the notifier is gone',
  'memory-failed': 'context store failed',
  internal: 'failed',
};

export const failureWords = ({ code, service, tries }: NodeError): string => {
  const own = OWN[code];
  if (own !== undefined || service === null) return own ?? 'failed';
  const short = (SHORT as Readonly<Record<string, string>>)[code];
  const words = (short ?? '% failed').replace('%', PRODUCTS[service]);
  return tries > 1 ? `${words} (${tries} tries)` : words;
};
