import type { StandInAnswer } from '../http/types.js';
import { digest, two } from '../world/names.js';

/** What the stand-in calls itself in `X-Application-Version`: it plays the v5 line, as recorded; a world can name another. */
export const VERSION = '5.0.0.1204';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache, no-store' };
const PROBLEM_TYPE = { ...JSON_TYPE, 'content-type': 'application/problem+json; charset=utf-8' };
/** Sonarr's own error pipeline words its headers a little differently (`episodes_none`). */
const PIPELINE_TYPE = { 'content-type': 'application/json', 'cache-control': 'no-cache,no-store' };

/** An answer thrown instead of returned. */
export class Refusal extends Error {
  constructor(readonly answer: StandInAnswer) {
    super(`refused with ${answer.status}`);
  }
}

/** Pretty-printed, undefined members left out, as Sonarr leaves out nulls. */
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

export const ok = (value: unknown, status = 200): StandInAnswer => ({
  status,
  headers: JSON_TYPE,
  body: pretty(value),
});

export const okText = (body: string | Buffer): StandInAnswer => ({ status: 200, headers: JSON_TYPE, body });

export const empty = (status: number, headers: Record<string, string> = {}): StandInAnswer => ({
  status,
  headers: { 'cache-control': 'no-cache, no-store', ...headers },
  body: '',
});

export const html = (title: string, inside: string): StandInAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html', 'cache-control': 'no-cache, no-store' },
  body: `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>\n<body>${inside}</body></html>\n`,
});

const TITLES: Readonly<Record<number, readonly [title: string, section: string]>> = {
  400: ['One or more validation errors occurred.', '15.5.1'],
  404: ['Not Found', '15.5.5'],
  415: ['Unsupported Media Type', '15.5.16'],
};
let traces = 0;

/** ASP.NET's ProblemDetails; its content type differs by controller. */
export const problem = (
  status: 400 | 404 | 415,
  { errors, type = 'problem' }: { errors?: Record<string, string[]>; type?: 'problem' | 'json' } = {},
): StandInAnswer => {
  const [title, section] = TITLES[status] ?? ['', ''];
  const trace = digest(`trace ${traces++}`);
  const body = {
    type: `https://tools.ietf.org/html/rfc9110#section-${section}`,
    title,
    status,
    errors,
    traceId: `00-${trace}-${trace.slice(0, 16)}-00`,
  };
  return { status, headers: type === 'json' ? JSON_TYPE : PROBLEM_TYPE, body: pretty(body) };
};

/** Sonarr's `{message, description}`; the description of the real one is a stack trace. */
export const failure = (status: number, message: string): StandInAnswer => ({
  status,
  headers: PIPELINE_TYPE,
  body: pretty({ message, description: `NzbDrone.Sandbox: ${message}\n   at Sandbox.StandIn in ./sandbox.cs:line 1` }),
});

/** Sonarr's ApiException, with the bare text in `content`. */
export const badRequest = (content: string): StandInAnswer => ({
  status: 400,
  headers: PIPELINE_TYPE,
  body: pretty({ message: `BadRequest: ${content}`, content }),
});

/** FluentValidation's bare array. */
export const invalid = (failures: readonly object[]): StandInAnswer => ({
  status: 400,
  headers: PIPELINE_TYPE,
  body: pretty(failures),
});

/** FluentValidation's row for a field that must not be empty. */
export const emptyField = (name: string, errorCode: string) => ({
  propertyName: name,
  errorMessage: `'${name}' must not be empty.`,
  severity: 'error',
  errorCode,
  formattedMessageArguments: [],
  formattedMessagePlaceholderValues: { propertyName: name, propertyValue: null },
});

/** `yyyy-MM-ddTHH:mm:ssZ` */
export const instant = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** `hh:mm:ss`, with days before it when there are some. */
export const timeSpan = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const part = (n: number): string => two(Math.floor(n));
  const days = Math.floor(whole / 86_400);
  const clock = `${part((whole % 86_400) / 3600)}:${part((whole % 3600) / 60)}:${part(whole % 60)}`;
  return days > 0 ? `${days}.${clock}` : clock;
};
