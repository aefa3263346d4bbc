import { Agent } from 'node:https';
import { PRODUCTS } from '../clients/http/failures.js';
import { AGENT_OPTIONS } from '../clients/http/transport.js';
import type { Connection } from '../clients/http/types.js';
import { normaliseUrl } from '../clients/http/url.js';
import type { ServiceName } from '../core/contracts/index.js';
import { SECOND } from '../core/time.js';
import { namedVariable } from '../core/forms/index.js';
import { NodeError, SET_IT } from './node-error.js';
import type { Node, NodeAPI } from './node-types.js';
import { number } from './settings/fields.js';
import { BadProxy, proxyFor } from './proxy.js';
import { formSettings } from './settings/read.js';

export interface ServerCredentials {
  apiKey?: string;
  user?: string;
  password?: string;
  /** `Name: value`; several are separated by `|`, as the form's field holds one line. */
  headers?: string;
}

export const SERVER = { timeout: number('timeout') };

/** What the settings of a server are, wherever they come from: a config node, or a form that is not deployed yet. Node-RED has put the environment in. */
export interface ServerSettings {
  readonly service: ServiceName;
  /** "" is the product's name. */
  readonly name: string;
  readonly url: string;
  /** Seconds. */
  readonly timeout: string | number;
  /** Id of a TLS config node, or empty. */
  readonly tls: string;
  /** Id of an `http proxy` config node, or empty. */
  readonly proxy?: string;
  readonly credentials: ServerCredentials;
  /** What an environment variable holds; "" when it is not set. */
  readonly variable: (name: string) => string;
}

/** What is missing: `detail` is the name of the variable that is not set. */
export type Lack = 'no-url' | 'no-key' | 'unset-variable' | 'bad-headers' | 'no-tls' | 'no-proxy';

/** A `not-set-up` that says by a code what is missing, for who words it in another language. */
export class Incomplete extends NodeError {
  readonly lack: Lack;
  readonly detail: string;

  constructor(lack: Lack, what: string, detail = '') {
    super('not-set-up', `Not set up: ${what}`);
    this.lack = lack;
    this.detail = detail;
  }
}

/**
 * The connection that settings describe. Sends nothing.
 * @throws Incomplete; NodeError `wrong-setting` (the time-out); ServiceError `bad-url`, `not-set-up` (the URL)
 */
export const connectionOf = (RED: NodeAPI, settings: ServerSettings): Connection => {
  const { service, credentials } = settings;
  const name = settings.name || PRODUCTS[service];
  const url = urlOf(settings, name);
  const { timeout } = formSettings(SERVER, settings);
  return {
    service,
    name,
    url,
    apiKey: keyOf(settings, name, url),
    timeout: timeout * SECOND,
    ...basicAuthOf(credentials, name),
    ...headersOf(credentials, name),
    ...tlsOf(RED, settings, name),
    ...proxyOf(RED, settings, { name, url }),
  };
};

const setValue = (value: string | undefined, what: string): string => {
  const missing = namedVariable(value);
  if (missing === null) return (value ?? '').trim();
  throw new Incomplete(
    'unset-variable',
    `${what} comes from the environment variable ${missing}, which is not set. ${SET_IT}`,
    missing,
  );
};

const urlOf = ({ service, url: written }: ServerSettings, name: string): string => {
  const url = setValue(written, `the URL of ${name}`);
  if (url === '') throw new Incomplete('no-url', `${name} has no URL. Enter it in the form of that server.`);
  return normaliseUrl(url, { service, name });
};

/** Whether two texts are the same URL; a text that is none is nobody's. */
export const sameUrl = (service: ServiceName, a: string, b: string): boolean => {
  const owner = { service, name: PRODUCTS[service] };
  try {
    return normaliseUrl(a, owner) === normaliseUrl(b, owner);
  } catch {
    return false;
  }
};

/** Node-RED drops credentials that stand in a flow *file*; there the key of the environment goes to the URL of the environment, and nowhere else. */
const keyOf = ({ service, credentials, variable }: ServerSettings, name: string, url: string): string => {
  const key = setValue(credentials.apiKey, `the API key of ${name}`);
  if (key !== '') return key;
  const ofProduct = (what: string): string => variable(`${service.toUpperCase()}_${what}`).trim();
  const keyThere = sameUrl(service, ofProduct('URL'), url) ? ofProduct('API_KEY') : '';
  if (keyThere === '') throw new Incomplete('no-key', `${name} has no API key. Enter it in the form of that server.`);
  return keyThere;
};

const basicAuthOf = (credentials: ServerCredentials, name: string): Pick<Connection, 'basicAuth'> => {
  const user = setValue(credentials.user, `the user name of ${name}`);
  const password = setValue(credentials.password, `the password of ${name}`);
  return user === '' && password === '' ? {} : { basicAuth: { user, password } };
};

const headersOf = (credentials: ServerCredentials, name: string): Pick<Connection, 'headers'> => {
  const written = setValue(credentials.headers, `the extra headers of ${name}`).split(/[\n|]/);
  const pairs = written
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, header, value] = /^\s*([!#$%&'*+.^_`~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
      if (header !== undefined && value !== undefined) return [header, value] as const;
      throw new Incomplete('bad-headers', `the extra headers of ${name} do not have the form "Name: value".`);
    });
  return pairs.length === 0 ? {} : { headers: Object.fromEntries(pairs) };
};

const proxyOf = (
  RED: NodeAPI,
  { proxy = '' }: ServerSettings,
  { name, url }: { readonly name: string; readonly url: string },
): Pick<Connection, 'proxy'> => {
  try {
    const found = proxyFor(RED, proxy, url);
    return found === null ? {} : { proxy: found };
  } catch (error) {
    if (!(error instanceof BadProxy)) throw error;
    throw new Incomplete('no-proxy', `the proxy of ${name} cannot be used: ${error.message}.`);
  }
};

interface TlsNode extends Node {
  addTLSOptions(options: object): object;
}

const tlsOf = (RED: NodeAPI, { tls }: ServerSettings, name: string): Pick<Connection, 'httpsAgent'> => {
  if (!tls) return {};
  const node = RED.nodes.getNode(tls) as TlsNode | null | undefined;
  if (typeof node?.addTLSOptions !== 'function') {
    throw new Incomplete(
      'no-tls',
      `the TLS configuration of ${name} does not exist: it was deleted, is disabled or is not deployed. Choose another in the form of that server.`,
    );
  }
  const options = {};
  node.addTLSOptions(options);
  return { httpsAgent: new Agent({ ...AGENT_OPTIONS, ...options }) };
};
