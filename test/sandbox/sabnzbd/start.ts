import { errorPage, UNEXPECTED } from '../http/cherrypy.js';
import { Parameters } from '../http/form.js';
import { startStandIn } from '../http/stand-in.js';
import type { Handler, StandIn, StandInAnswer, StandInOptions, StandInRequest } from '../http/types.js';
import { execute } from './commands.js';
import { refusal, type GateOptions } from './gate.js';
import type { SabnzbdModel } from './model.js';

export const SABNZBD_KEY = 'sandboxsabnzbdapikey000000000001';
export const SABNZBD_NZB_KEY = 'sandboxsabnzbdnzbkey000000000002';

export interface SabnzbdOptions
  extends Pick<StandInOptions, 'port' | 'faults'>, Partial<Omit<GateOptions, 'apiKey' | 'nzbKey' | 'checkHostname'>> {}

/** SABnzbd over HTTP; `url` ends with the world's URL base. */
export const startSabnzbd = async (model: SabnzbdModel, options: SabnzbdOptions = {}): Promise<StandIn> => {
  const { port, faults, ...gate } = options;
  const base = model.settings.urlBase ?? '';
  const standIn = await startStandIn({
    server: 'sabnzbd',
    handler: sabnzbdHandler(model, gate),
    errorBody: (status) => errorPage(status, UNEXPECTED, 'RuntimeError: out of order'),
    wrongKey: () => ({
      status: 403,
      headers: { 'content-type': 'text/html;charset=utf-8' },
      body: 'API Key Incorrect',
    }),
    empty: () => json({}),
    route: routeOf,
    basePath: base,
    ...(port === undefined ? {} : { port }),
    ...(faults === undefined ? {} : { faults }),
  });
  model.isDown = () => standIn.refusing;
  return standIn;
};

/** `GET /api mode=queue&name=priority` */
const routeOf = (request: StandInRequest): string => {
  const parameters = new Parameters(request);
  const named = ['mode', 'name'].filter((n) => parameters.has(n)).map((n) => `${n}=${parameters.get(n) ?? ''}`);
  return `${request.method} ${request.path} ${named.join('&')}`;
};

/** The handler by itself: all refusals, pages and commands. */
const sabnzbdHandler = (model: SabnzbdModel, gate: Partial<GateOptions> = {}): Handler => {
  const options: GateOptions = {
    apiKey: model.settings.apiKey ?? SABNZBD_KEY,
    nzbKey: model.settings.nzbKey ?? SABNZBD_NZB_KEY,
    checkHostname: model.settings.checkHostname ?? true,
    hostWhitelist: [],
    inetExposure: 0,
    silent: false,
    ...gate,
  };
  const base = model.settings.urlBase ?? '';
  return (request) => {
    if (lacksLength(request)) return errorPage(411, 'Client must specify Content-Length', LENGTH_CAUSE);
    if (isHome(request.path, base)) return HOME;
    if (!isApi(request.path, base)) return notFound(base);
    const parameters = new Parameters(request);
    if (parameters.repeated('mode')) return errorPage(500, UNEXPECTED, "TypeError: unhashable type: 'list'");
    return refusal(request, parameters, options) ?? json(execute({ model, parameters, keys: options }));
  };
};

const LENGTH_CAUSE = 'cherrypy._cperror.HTTPError: (411, None)';

const lacksLength = ({ method, headers }: StandInRequest): boolean =>
  (method === 'POST' || method === 'PUT') &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

/** With a URL base both paths answer; case counts, a slash at the end does not. */
const isApi = (path: string, base: string): boolean => ['/api', `${base}/api`].includes(path.replace(/\/$/, ''));

const isHome = (path: string, base: string): boolean => ['', base].includes(path.replace(/\/$/, ''));

const json = (body: unknown): StandInAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json;charset=UTF-8', 'access-control-allow-origin': '*' },
  body: JSON.stringify(body),
});

const HOME: StandInAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  body: '<!DOCTYPE html>\n<html lang="en"><head><title>SABnzbd</title></head><body></body></html>\n',
};

const notFound = (base: string): StandInAnswer => ({
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: `
<html>
    <head>
      <script type="text/javascript">
      <!--
      location.href = location.protocol + '//' + location.hostname + (location.port ? ':' + location.port : '') + '${base}' ;
      //-->
      </script>
    </head>
    <body><br/></body>
</html>
`.padEnd(PADDED),
});

/** Internet Explorer hid shorter pages, so CherryPy pads them. */
const PADDED = 512;
