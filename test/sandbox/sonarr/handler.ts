import type { Handler, StandInAnswer, StandInRequest } from '../http/types.js';
import { empty, html, ok, problem, Refusal } from './answers.js';
import type { SonarrModel } from './model.js';
import { callOf, routesAt, type Route } from './routes.js';

/** Kestrel's default. */
const REQUEST_LINE = 8192;
const UI = '<div id="root"></div>';

/** Sonarr's HTTP front: request line, URL base, key, route, method, Accept; then the route itself. */
export const sonarrHandler =
  (sonarr: SonarrModel): Handler =>
  async (request) => {
    try {
      return await front(sonarr, request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  };

const front = (sonarr: SonarrModel, request: StandInRequest): StandInAnswer | Promise<StandInAnswer> => {
  const query = request.search === '' ? '' : `?${request.search}`;
  if (`${request.method} ${request.path}${query} HTTP/1.1`.length > REQUEST_LINE) return { status: 414, body: '' };
  const base = sonarr.world.sonarr?.urlBase ?? '';
  const inside = withoutBase(request.path, base);
  if (inside === null) {
    // the key is asked for before the redirect (`urlbase_missing_nokey`)
    if (isApi(request.path.toLowerCase()) && !authorised(sonarr, request)) return { status: 401, body: '' };
    return { status: 307, headers: { location: `${base}${request.path}${query}` }, body: '' };
  }
  const path = inside.toLowerCase().replace(/(?<=.)\/$/, '');
  if (path === '/ping' && /^(GET|HEAD)$/.test(request.method)) return ok({ status: 'OK' });
  return isApi(path) ? api(sonarr, request, path) : page(sonarr, request, path);
};

const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** Null: the path lacks the server's base. The base is taken in any case (`urlbase_case`). */
const withoutBase = (path: string, base: string): string | null => {
  if (base === '') return path;
  const rest = path.slice(base.length);
  const inside = path.toLowerCase().startsWith(base.toLowerCase()) && (rest === '' || rest.startsWith('/'));
  return inside ? rest || '/' : null;
};

/** `?apikey=` decides alone where it is given, even empty; then the header; then `Authorization`. */
const authorised = (sonarr: SonarrModel, { query, headers }: StandInRequest): boolean => {
  const inQuery = [...query].find(([name]) => name.toLowerCase() === 'apikey');
  const given = inQuery?.[1] ?? headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '');
  return given === sonarr.options.apiKey;
};

const api = async (sonarr: SonarrModel, request: StandInRequest, path: string): Promise<StandInAnswer> => {
  if (!authorised(sonarr, request)) return { status: 401, body: '' };
  const version = { 'x-application-version': sonarr.version };
  const { routes, id } = routesBelow(path);
  const route = routes.find((r) => r.method === request.method);
  if (route === undefined) return notRouted(request, routes, version);
  if (!acceptsJson(request.headers.accept)) return empty(406, version);
  const answer = await route.answer(callOf(sonarr, request, id));
  return { ...answer, headers: { ...answer.headers, ...version } };
};

/** @param path lower case, from `/api` on */
const routesBelow = (path: string): ReturnType<typeof routesAt> => {
  if (path === '/api') return { routes: [ROOT], id: 0 };
  return path.startsWith('/api/v3/') ? routesAt(path.slice('/api/v3'.length)) : { routes: [], id: 0 };
};

/** GET falls through to the UI's catch-all, which only knows GET (`unknown_route`, `unknown_route_post`). */
const notRouted = (
  { method }: StandInRequest,
  known: readonly Route[],
  version: Record<string, string>,
): StandInAnswer => {
  if (known.length === 0 && method === 'GET') return empty(404, version);
  const allow = known.length === 0 ? 'GET' : known.map((r) => r.method).join(', ');
  return empty(405, { allow, ...version });
};

const acceptsJson = (accept: string | undefined): boolean =>
  accept === undefined || accept === '' || /\*\/\*|application\/(\*|json)|text\/json/i.test(accept);

const ROOT: Route = {
  method: 'GET',
  path: '/api',
  answer: ({ sonarr }) => ok(sonarr.isV4 ? { current: 'v3', deprecated: [] } : { current: 'v5', deprecated: ['v3'] }),
};

/** The web UI's catch-all: what a client meets that adds a base the server lacks. */
const page = (sonarr: SonarrModel, request: StandInRequest, path: string): StandInAnswer => {
  const forms = sonarr.options.authentication === 'forms';
  if (request.method !== 'GET')
    return forms || authorised(sonarr, request) ? empty(405, { allow: 'GET' }) : { status: 401, body: '' };
  if (path === '/login') return html('Login - Sonarr', '<form method="POST"></form>');
  if (forms) return toLogin(request);
  return sonarr.options.ui === false ? problem(404) : html('Sonarr', UI);
};

const toLogin = ({ path, headers }: StandInRequest): StandInAnswer => ({
  status: 302,
  headers: { location: `http://${headers.host ?? '127.0.0.1:8989'}/login?returnUrl=${encodeURIComponent(path)}` },
  body: '',
});
