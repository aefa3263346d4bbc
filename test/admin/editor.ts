import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import sabnzbd from '../../nodes/sabnzbd/sabnzbd.js';
import sonarr from '../../nodes/sonarr/sonarr.js';
import tautulli from '../../nodes/tautulli/tautulli.js';
import type { ListResult } from '../../src/admin/list/index.js';
import { registerListRoutes } from '../../src/admin/list/index.js';
import type { TestResult } from '../../src/admin/server-test/index.js';
import { registerTestRoutes } from '../../src/admin/server-test/index.js';
import type { NodeAPI } from '../../src/runtime/node-types.js';
import type { Sandbox } from '../sandbox/index.js';

type App = Parameters<typeof createServer>[1];

interface Helper {
  init(runtime: string): void;
  load(nodes: readonly unknown[], flow: readonly object[], credentials: object): Promise<void>;
  unload(): Promise<void>;
  settings(settings: object): object;
  log(): { readonly args: readonly (readonly { msg: unknown }[])[] };
}

const load = createRequire(__filename);
const helper = load('node-red-node-test-helper') as Helper;
helper.init(load.resolve('node-red'));
const express = load('express') as () => NonNullable<App> & { use(path: string, app: unknown): void };
const tlsConfig = load('@node-red/nodes/core/network/05-tls.js') as unknown;
const httpProxy = load('@node-red/nodes/core/network/06-httpproxy.js') as unknown;

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
}

const registerForms = (RED: NodeAPI): void => {
  registerTestRoutes(RED);
  registerListRoutes(RED);
};

export interface EditorOptions {
  /** How often the routes are registered. @default 1 */
  readonly times?: number;
  /** @default the routes of the forms */
  readonly register?: (RED: NodeAPI) => void;
}

/** Node-RED with our servers and routes; its editor is reached below `/red` as with an `httpAdminRoot`. */
export class Editor implements AsyncDisposable {
  /** Of each route that was registered. */
  readonly permissions: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(
    flow: readonly object[] = [],
    credentials: Readonly<Record<string, object>> = {},
    { times = 1, register = registerForms }: EditorOptions = {},
  ): Promise<Editor> {
    const root = express();
    const editor = new Editor(createServer(root));
    helper.settings({});
    const routes = (RED: NodeAPI): void => {
      const auth = {
        ...RED.auth,
        needsPermission: (permission: string) => {
          editor.permissions.push(permission);
          return RED.auth.needsPermission(permission);
        },
      };
      const withAuth = { ...RED, auth };
      for (let i = 0; i < times; i += 1) register(withAuth);
      root.use('/red', RED.httpAdmin);
    };
    await helper.load([tautulli, sonarr, sabnzbd, tlsConfig, httpProxy, routes], flow, credentials);
    await new Promise<void>((resolve) => editor.#server.listen(0, '127.0.0.1', resolve));
    return editor;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/red`;
  }

  test(spec: object, signal?: AbortSignal): Promise<Reply<TestResult>> {
    return this.post('plex-jit/test', spec, signal);
  }

  list(spec: object): Promise<Reply<ListResult & { readonly error?: string }>> {
    return this.post('plex-jit/list', spec);
  }

  async post<T>(path: string, body: object | string, signal?: AbortSignal): Promise<Reply<T>> {
    const response = await fetch(`${this.url}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as T, text };
  }

  /** Everything in Node-RED's log. */
  get log(): string {
    return JSON.stringify(helper.log().args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await helper.unload();
  }
}

type Product = 'tautulli' | 'sonarr' | 'sabnzbd';

/** What a server form sends before it is deployed, with the key just typed. */
export const specOf = (product: Product, { urls, keys }: Pick<Sandbox, 'urls' | 'keys'>, more: object = {}) => ({
  type: `plex-jit-${product}`,
  id: '',
  name: '',
  url: urls[product],
  timeout: '30',
  tls: '',
  apiKey: keys[product],
  user: '',
  password: '',
  headers: '',
  ...more,
});

/** `level code`, in order. */
export const codesOf = ({ body }: Reply<TestResult>): string[] =>
  body.findings.map(({ level, code }) => `${level} ${code}`);
