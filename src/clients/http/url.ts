import type { ServiceName } from '../../core/contracts/index.js';
import { isVariable, type UrlFault, urlFault } from '../../core/forms/index.js';
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

/** To end a sentence with. */
const WORDS: Readonly<Record<UrlFault, string>> = {
  noUrl: 'it has no URL',
  scheme: 'it must begin with http:// or https://',
  partVariable: 'a variable must be the whole URL, not part of it',
  userInUrl: 'it contains a user name or password; use the fields for basic auth',
  space: 'host and port must not contain spaces',
  url: 'it is not a URL',
  query: 'it must end before the ? or #',
};

/** The normalised URL, or why there is none. See `normaliseUrl`. */
export const readUrl = (url: string): { readonly url: string } | UrlProblem => {
  const written = url.trim();
  if (isVariable(written)) {
    return { code: 'not-set-up', detail: `its URL uses ${written}, a variable that is not set` };
  }
  const fault = urlFault(written);
  if (fault !== null) return { code: fault === 'noUrl' ? 'not-set-up' : 'bad-url', detail: WORDS[fault] };
  const parsed = new URL(written);
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
