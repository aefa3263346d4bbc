import { tryJson } from './array-slices.js';
import type { FailureCode, Verdict } from './failures.js';
import type { Answer } from './transport.js';

/** More of an error body than this is no sentence for people. */
const READABLE = 64 * 1024;

export const isJson = (answer: Answer): boolean => /\bjson\b/i.test(answer.contentType);

const isHtml = (text: string): boolean => /^\s*<(!doctype|\?xml|html|head|body)/i.test(text);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `{field: [texts]}`, as ASP.NET reports fields it cannot read. */
const fieldTexts = (errors: unknown): string =>
  isRecord(errors) ? Object.values(errors).flat().map(textOf).filter(Boolean).join(' ') : '';

const jsonText = (body: unknown): string => {
  if (Array.isArray(body)) return body.map(jsonText).filter(Boolean).join(' ');
  if (!isRecord(body)) return '';
  // `description`, `content` and `exception` are left alone: stack traces and repetitions.
  const own = textOf(body.message) || textOf(body.errorMessage) || textOf(body.error);
  if (own !== '') return own;
  if (isRecord(body.response)) return textOf(body.response.message);
  return [textOf(body.title), fieldTexts(body.errors)].filter(Boolean).join(' ');
};

/** What an answer says is wrong, in its own words; "" for pages, empty bodies and what cannot be read. */
export const errorText = (answer: Answer): string => {
  if (answer.body.length > READABLE) return '';
  if (isJson(answer)) return jsonText(tryJson(answer.body));
  const text = answer.body.toString('utf8').trim();
  return isHtml(text) ? '' : text;
};

const isLoginPage = (text: string): boolean =>
  /type=["']?password/i.test(text) || /<title>[^<]*\b(log ?in|sign ?in)\b/i.test(text);

const page = (answer: Answer): Verdict => {
  if (answer.body.length === 0) return { code: 'unexpected-answer', detail: 'an empty response' };
  return { code: isLoginPage(answer.body.toString('utf8', 0, READABLE)) ? 'login-page' : 'not-json' };
};

const byStatus: Readonly<Record<number, FailureCode>> = {
  401: 'auth-required',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  407: 'proxy-auth-required',
  409: 'conflict',
  410: 'not-found',
  429: 'too-many-requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

const LOGIN = /\b(login|log_in|signin|sign_in|auth|authelia|(go)?authentik|sso|oauth2?)\b/i;

const leadsToLogin = ({ pathname, hostname }: URL): boolean => LOGIN.test(pathname) || LOGIN.test(hostname);

/** What was asked for: the base URL, and the path below it. */
interface Asked {
  readonly base: string;
  readonly path: string;
}

/** The base URL that a redirect points to, or as much as can be said of it without its query (a login keeps addresses there). */
const redirect = (answer: Answer, { base, path }: Asked): Verdict => {
  const requested = new URL(base + path);
  if (!URL.canParse(answer.location, requested.href)) return { code: 'redirect' };
  const target = new URL(answer.location, requested.href);
  if (leadsToLogin(target)) return { code: 'login-page' };
  // Sonarr puts its own base in front of whatever was asked for; another scheme or host keeps the path.
  const kept = target.pathname === requested.pathname ? path : requested.pathname;
  const place = target.pathname.endsWith(kept) ? target.pathname.slice(0, -kept.length) : target.pathname;
  return { code: 'redirect', detail: `to ${target.origin}${place}` };
};

/** A login may refuse programs where it redirects browsers, with its page (oauth2-proxy) or where that is (Authelia); one that asks for name and password gets them. */
const isRefusedByLogin = ({ status, asksForLogin, location, body }: Answer): boolean => {
  if (asksForLogin || (status !== 401 && status !== 403)) return false;
  const isLed = URL.canParse(location) && leadsToLogin(new URL(location));
  return isLed || isLoginPage(body.toString('utf8', 0, READABLE));
};

/**
 * The verdict on an answer that no service has words of its own for; null when it is JSON with a status of success.
 */
export const judgeAnswer = (answer: Answer, asked: Asked): Verdict | null => {
  const { status } = answer;
  if (status >= 300 && status < 400) return redirect(answer, asked);
  if (status >= 200 && status < 300) return isJson(answer) ? null : page(answer);
  if (isRefusedByLogin(answer)) return { code: 'login-page' };
  const detail = errorText(answer);
  if (status === 400 && /plain HTTP request/i.test(answer.body.toString('latin1', 0, 2000))) {
    return { code: 'tls-mismatch', detail: 'http' };
  }
  return { code: byStatus[status] ?? (status >= 500 ? 'server-error' : 'bad-request'), detail };
};
