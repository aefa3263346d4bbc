import { type OpenConnection, openConnection } from '../clients/http/connection.js';
import { PRODUCTS } from '../clients/http/failures.js';
import type { CallScope, Connection } from '../clients/http/types.js';
import type { ServerRef, ServiceName } from '../core/contracts/index.js';
import type { Store } from '../state/types.js';
import { chosenStore, contextStore } from './context-store.js';
import { SERVER, type ServerCredentials, connectionOf } from './connection-of.js';
import { environmentVariable } from './env.js';
import { nodeLog } from './logs.js';
import { type NodeError, toNodeError } from './node-error.js';
import type { Node, NodeAPI, NodeDef } from './node-types.js';

/** What the form of every server saves. */
export interface ServerDef extends NodeDef {
  url: string;
  /** Seconds. */
  timeout: string | number;
  /** Id of a TLS config node, or empty. */
  tls: string;
  /** Id of an `http proxy` config node, or empty; flows saved before had none. */
  proxy?: string;
  /** Name of the context store that holds its memory; empty is Node-RED's default. */
  contextStore: string;
}

export { SERVER, type ServerCredentials };

/** As Node-RED wants them registered; headers often hold a token, so they never return to the editor either. */
export const CREDENTIALS = {
  apiKey: { type: 'password' },
  user: { type: 'text' },
  password: { type: 'password' },
  headers: { type: 'password' },
} as const;

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
    this.storeName = chosenStore(options.RED, options.config.contextStore ?? '', nodeLog(this.node));
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

/** An imported flow may hold anything. */
const writtenUrl = ({ url }: { readonly url?: unknown }): string =>
  typeof url === 'string' || typeof url === 'number' ? String(url) : '';

const readConnection = ({ RED, node, config, service }: Options, name: string): Connection | NodeError => {
  const variable = (variableName: string): string => environmentVariable(RED, node, variableName);
  const { timeout, tls, proxy = '' } = config;
  const url = writtenUrl(config);
  try {
    return connectionOf(RED, { service, name, url, timeout, tls, proxy, credentials: node.credentials, variable });
  } catch (error) {
    return toNodeError(error);
  }
};
