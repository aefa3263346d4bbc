import type { ServiceName } from '../../core/contracts/index.js';
import { ServiceError } from './service-error.js';

/** Whose URL it is, for the sentence about a bad one. */
export interface UrlOwner {
  readonly service: ServiceName;
  readonly name: string;
}

/** Why a URL cannot be used; holds nothing of it that may be secret. */
export interface UrlProblem {
  readonly code: 'not-set-up' | 'bad-url';
  readonly detail: string;
}

/** The `${NAME}` in a setting that Node-RED left as it was because that variable is not set; null when there is none. */
export const unsetVariable = (setting: string): string | null => /\$\{[^}]*\}/.exec(setting)?.[0] ?? null;

const problemOf = (url: string, parsed: URL | null): string | null => {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return 'it must start with http:// or https://';
  if (parsed === null || parsed.hostname === '') return 'it is not a URL';
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'only http and https are supported';
  if (parsed.username !== '' || parsed.password !== '') {
    return 'it contains a user name or password; use the fields for basic auth';
  }
  if (url.includes('?')) return 'it contains a query (?…)';
  if (url.includes('#')) return 'it contains a fragment (#…)';
  return null;
};

/** The normalised URL, or why there is none. See `normaliseUrl`. */
export const readUrl = (url: string): { readonly url: string } | UrlProblem => {
  const written = url.trim();
  if (written === '') return { code: 'not-set-up', detail: 'it has no URL' };
  const unset = unsetVariable(written);
  if (unset !== null) return { code: 'not-set-up', detail: `its URL uses ${unset}, a variable that is not set` };
  const parsed = URL.canParse(written) ? new URL(written) : null;
  const problem = problemOf(written, parsed);
  if (parsed === null || problem !== null) return { code: 'bad-url', detail: problem ?? 'it is not a URL' };
  return { url: `${parsed.origin}${parsed.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')}` };
};

/**
 * The one form of a base URL that locks, memories and messages use: lower-case host, no default port,
 * no trailing slash, base path as it was written (the servers tell cases apart).
 * @throws ServiceError `not-set-up` for an empty one or an unset `${NAME}`, `bad-url` for what cannot be a base URL
 */
export const normaliseUrl = (url: string, { service, name }: UrlOwner): string => {
  const read = readUrl(url);
  if ('url' in read) return read.url;
  throw new ServiceError(read.code, {
    service,
    server: name,
    operation: 'use its URL',
    status: null,
    detail: read.detail,
  });
};
