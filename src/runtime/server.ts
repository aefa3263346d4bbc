import { Agent } from 'node:https';
import { type OpenConnection, openConnection } from '../clients/http/connection.js';
import { PRODUCTS } from '../clients/http/failures.js';
import { AGENT_OPTIONS } from '../clients/http/transport.js';
import type { CallScope, Connection } from '../clients/http/types.js';
import { normaliseUrl } from '../clients/http/url.js';
import type { ServerRef, ServiceName } from '../core/contracts/index.js';
import { SECOND } from '../core/time.js';
import type { Store } from '../state/types.js';
import { chosenStore, contextStore } from './context-store.js';
import { unsetVariable } from './env.js';
import { type NodeError, notSetUp, toNodeError } from './node-error.js';
import type { Node, NodeAPI, NodeDef } from './node-types.js';
import { decimal } from './settings/fields.js';
import { formSettings } from './settings/read.js';

/** What the form of every server saves. */
export interface ServerDef extends NodeDef {
  url: string;
  /** Seconds. */
  timeout: string | number;
  /** Id of a TLS config node, or empty. */
  tls: string;
  /** Name of the context store that holds its memory; empty is Node-RED's default. */
  contextStore: string;
}

export interface ServerCredentials {
  apiKey?: string;
  user?: string;
  password?: string;
  /** `Name: value`; several are separated by `|`, as the form's field holds one line. */
  headers?: string;
}

/** As Node-RED wants them registered; headers often hold a token, so they never return to the editor either. */
export const CREDENTIALS = {
  apiKey: { type: 'password' },
  user: { type: 'text' },
  password: { type: 'password' },
  headers: { type: 'password' },
} as const;

export const SERVER = { timeout: decimal({ from: 1, to: 600, fallback: 30 }) };

export interface ServerOptions<Client> {
  readonly RED: NodeAPI;
  readonly node: Node<ServerCredentials>;
  readonly config: ServerDef;
  readonly service: ServiceName;
  readonly client: (open: OpenConnection, scope: CallScope) => Client;
}

/** One configured server: what the other nodes get of a config node. Sends nothing until a client is asked for. */
export class Server<Client> {
  readonly name: string;
  readonly node: Node<ServerCredentials>;
  /** The context store of its memory; undefined is Node-RED's default. */
  readonly storeName: string | undefined;
  readonly #options: ServerOptions<Client>;
  readonly #connection: Connection | NodeError;
  #open: OpenConnection | undefined;
  #store: Store | undefined;

  constructor(options: ServerOptions<Client>) {
    this.#options = options;
    this.node = options.node;
    this.name = options.config.name || PRODUCTS[options.service];
    this.#connection = readConnection(options, this.name);
    this.storeName = chosenStore(options.RED, options.config.contextStore ?? '', (text) => this.node.warn(text));
  }

  /** Throws "not set up", with what is missing. */
  get connection(): Connection {
    if (this.#connection instanceof Error) throw this.#connection;
    return this.#connection;
  }

  get isSetUp(): boolean {
    return !(this.#connection instanceof Error);
  }

  get ref(): ServerRef {
    return { id: this.node.id, name: this.name, url: this.connection.url };
  }

  /** A client whose requests end when the asking node or this server closes. */
  client(scope: CallScope & { readonly signal: AbortSignal }): Client {
    this.#open ??= openConnection(this.connection);
    return this.#options.client(this.#open, scope);
  }

  /** This config node's own context: a new URL keeps what is in it, the node's deletion ends it. Always the same object. */
  get store(): Store {
    this.#store ??= contextStore(this.node.context(), this.storeName);
    return this.#store;
  }

  /** `removed`: the node was deleted, not only deployed anew. */
  close(_removed: boolean): void {
    this.#open?.close();
    if (!(this.#connection instanceof Error)) this.#connection.httpsAgent?.destroy();
  }
}

type Options = Pick<ServerOptions<unknown>, 'RED' | 'node' | 'config' | 'service'>;

const readConnection = (options: Options, name: string): Connection | NodeError => {
  try {
    return connectionOf(options, name);
  } catch (error) {
    return toNodeError(error);
  }
};

const connectionOf = (options: Options, name: string): Connection => {
  const { config, service } = options;
  const url = urlOf(options, name);
  const { timeout } = formSettings(SERVER, config);
  return {
    service,
    name,
    url,
    apiKey: keyOf(options, name, url),
    timeout: timeout * SECOND,
    ...basicAuthOf(options, name),
    ...headersOf(options, name),
    ...tlsOf(options),
  };
};

const setValue = (value: string | undefined, what: string): string => {
  const missing = unsetVariable(value);
  if (missing !== null) throw notSetUp(`${what} comes from the environment variable ${missing}, which is not set.`);
  return (value ?? '').trim();
};

const urlOf = ({ config, service }: Options, name: string): string => {
  const url = setValue(config.url, `the URL of ${name}`);
  if (url === '') throw notSetUp(`${name} has no URL.`);
  return normaliseUrl(url, { service, name });
};

/** The same URL, for comparing; a text that is none is nobody's. */
const sameUrl = (written: string, url: string, { service }: Options): boolean => {
  try {
    return normaliseUrl(written, { service, name: PRODUCTS[service] }) === url;
  } catch {
    return false;
  }
};

/** Node-RED drops credentials that stand in a flow *file*; there the key of the environment goes to the URL of the environment, and nowhere else. */
const keyOf = (options: Options, name: string, url: string): string => {
  const { RED, node, service } = options;
  const key = setValue(node.credentials.apiKey, `the API key of ${name}`);
  if (key !== '') return key;
  const variable = (what: string): string =>
    String(RED.util.evaluateNodeProperty(`${service.toUpperCase()}_${what}`, 'env', node, {}) ?? '').trim();
  const keyThere = sameUrl(variable('URL'), url, options) ? variable('API_KEY') : '';
  if (keyThere === '') throw notSetUp(`${name} has no API key.`);
  return keyThere;
};

const basicAuthOf = ({ node }: Options, name: string): Pick<Connection, 'basicAuth'> => {
  const user = setValue(node.credentials.user, `the user of ${name}`);
  const password = setValue(node.credentials.password, `the password of ${name}`);
  return user === '' && password === '' ? {} : { basicAuth: { user, password } };
};

const headersOf = ({ node }: Options, name: string): Pick<Connection, 'headers'> => {
  const written = setValue(node.credentials.headers, `the extra headers of ${name}`).split(/[\n|]/);
  const pairs = written
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, header, value] = /^\s*([!#$%&'*+.^_`~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
      if (header === undefined || value === undefined) {
        throw notSetUp(`the extra headers of ${name} are not of the form "Name: value".`);
      }
      return [header, value] as const;
    });
  return pairs.length === 0 ? {} : { headers: Object.fromEntries(pairs) };
};

interface TlsNode extends Node {
  addTLSOptions(options: object): object;
}

const tlsOf = ({ RED, config }: Options): Pick<Connection, 'httpsAgent'> => {
  if (!config.tls) return {};
  const node = RED.nodes.getNode(config.tls) as TlsNode | null | undefined;
  if (typeof node?.addTLSOptions !== 'function') throw notSetUp('the chosen TLS configuration is not there.');
  const options = {};
  node.addTLSOptions(options);
  return { httpsAgent: new Agent({ ...AGENT_OPTIONS, ...options }) };
};
