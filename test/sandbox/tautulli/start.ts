import { errorPage } from '../http/cherrypy.js';
import { Parameters } from '../http/form.js';
import { startStandIn } from '../http/stand-in.js';
import type { Handler, StandIn, StandInAnswer, StandInOptions, StandInRequest } from '../http/types.js';
import { call, envelope, jsonPage, type ApiOptions } from './api.js';
import type { TautulliModel } from './model.js';

export const TAUTULLI_KEY = 'sandboxtautulliapikey00000000001';

export interface TautulliOptions extends Pick<StandInOptions, 'port' | 'faults'> {
  /** @default ok */
  readonly state?: ApiOptions['state'];
}

/** Tautulli over HTTP; `url` ends with the world's URL base (Tautulli's http_root). */
export const startTautulli = async (model: TautulliModel, options: TautulliOptions = {}): Promise<StandIn> => {
  const { port, faults, state } = options;
  return startStandIn({
    server: 'tautulli',
    handler: tautulliHandler(model, state),
    errorBody,
    wrongKey: () => envelope(400, 'error', 'Invalid apikey', {}),
    empty: () => envelope(200, 'success', null, {}),
    route: routeOf,
    basePath: model.settings.urlBase ?? '',
    ...(port === undefined ? {} : { port }),
    ...(faults === undefined ? {} : { faults }),
  });
};

/** A command that could not be done says no more than that; only `notify` has words for it (recordings `get_settings_key_unknown`, `notify_*`). */
const errorBody = (status: number, request: StandInRequest): StandInAnswer => {
  if (status === 500) return envelope(500, 'error', 'Check the logs for errors', {});
  if (status !== 400) return jsonPage(status, 'Out of order.');
  return envelope(400, 'error', routeOf(request).endsWith('cmd=notify') ? 'Notification failed.' : null, {});
};

/** `POST /api/v2 cmd=get_history` */
const routeOf = (request: StandInRequest): string =>
  `${request.method} ${request.path} cmd=${new Parameters(request).get('cmd') ?? ''}`;

const LONGEST = 500_000;

/** The handler by itself: paths, redirects and the API. */
const tautulliHandler = (model: TautulliModel, state: ApiOptions['state'] = 'ok'): Handler => {
  const options: ApiOptions = { apiKey: model.settings.apiKey ?? TAUTULLI_KEY, state };
  const root = model.settings.urlBase ?? '';
  return (request) => {
    if (request.search.length > LONGEST) return TOO_LONG;
    if (!isUtf8(request.search)) return jsonPage(404, NOT_UTF8);
    const path = inside(request.path, root);
    if (path === null) return outside(request, root);
    const answer = page(path, request) ?? api(path, new Parameters(request), model, options);
    return withOrigin(answer ?? jsonPage(404, `The path '${path.replace(/^\/\/\w+/, '')}' was not found.`), request);
  };
};

/** The path below the root (case counts); null: outside of it. */
const inside = (path: string, root: string): string | null =>
  root === '' || path.startsWith(`${root}/`) ? path.slice(root.length) : null;

/** `/api/<anything with v2>[/…]` is the API; other versions are told off with status 200. */
const api = (path: string, parameters: Parameters, model: TautulliModel, options: ApiOptions): StandInAnswer | null => {
  const version = /^\/api(?:\/([^/]*))?(?:\/|$)/.exec(path);
  if (version === null) return null;
  if (version[1]?.includes('v2') === true) return call(model, parameters, options);
  return envelope(200, 'error', 'Please use the /api/v2 endpoint.', {});
};

const page = (path: string, request: StandInRequest): StandInAnswer | null => {
  if (path === '/') return moved(303, request, '/home');
  if (path === '/status')
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"result": "success", "message": "Ok"}',
    };
  return null;
};

/** With an http_root: some pages lead there, everything else is an HTML 404. */
const outside = (request: StandInRequest, root: string): StandInAnswer => {
  if (request.path === root) return moved(301, request, `${root}/`);
  if (request.path === '/') return moved(303, request, `${root}/`);
  if (request.path === '/status') return moved(303, request, `${root}/status`);
  return errorPage(404, `The path '${request.path}' was not found.`, '');
};

const moved = (status: 301 | 303, { headers }: StandInRequest, path: string): StandInAnswer => {
  const location = `http://${headers.host ?? ''}${path}`;
  const words = status === 301 ? 'This resource has permanently moved to' : 'This resource can be found at';
  return {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8', location },
    body: `${words} <a href="${location}">${location}</a>.`,
  };
};

const withOrigin = (answer: StandInAnswer, { headers }: StandInRequest): StandInAnswer =>
  headers.origin === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': headers.origin } };

const NOT_UTF8 =
  "The given query string could not be processed. Query strings for this resource must be encoded with 'utf8'.";

const isUtf8 = (search: string): boolean => {
  try {
    decodeURIComponent(search.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
};

const TOO_LONG: StandInAnswer = {
  status: 414,
  headers: { 'content-type': 'text/plain' },
  body: 'The Request-URI sent with the request exceeds the maximum allowed bytes.',
};
