import type { ForwardProxy } from '../clients/http/types.js';
import type { Node, NodeAPI } from './node-types.js';

/** Node-RED's `http proxy` config node. */
interface ProxyNode extends Node {
  readonly url?: string;
  readonly noproxy?: readonly string[];
  readonly credentials: { readonly username?: string; readonly password?: string };
}

/** What Node-RED's own http request node heeds of `proxyOptions` in its settings; npm's variables are left out here. */
interface ProxyOptions {
  readonly lowerCaseOnly?: boolean;
  readonly favourUpperCase?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A proxy cannot be used; the message has no address in it. */
export class BadProxy extends Error {}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Another computer's proxy would take this name for itself. */
const isLoopback = (host: string): boolean => /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(host);

/** Whether a list as in `no_proxy` has the host: `nas`, `nas:8989`, `.lan`, `*.lan`, `*`. */
const isExempt = (url: URL, list: readonly string[]): boolean =>
  list.some((entry) => {
    const [, name = '', port = ''] = /^(.+?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? [];
    if (name === '' || (port !== '' && port !== (url.port || DEFAULT_PORTS[url.protocol]))) return false;
    if (name === '*') return true;
    return /^[.*]/.test(name) ? url.hostname.endsWith(name.replace(/^\*/, '')) : url.hostname === name;
  });

interface Login {
  readonly user: string;
  readonly password: string;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const loginIn = ({ username, password }: URL): Login => ({ user: decoded(username), password: decoded(password) });

const proxyAt = (address: string, login: Login | null): ForwardProxy => {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || DEFAULT_PORTS[url.protocol] === undefined || url.hostname === '') {
    throw new BadProxy('its URL is invalid');
  }
  return {
    protocol: url.protocol,
    host: url.hostname,
    port: Number(url.port || DEFAULT_PORTS[url.protocol]),
    ...(login ?? loginIn(url)),
  };
};

const ofNode = (RED: NodeAPI, id: string, url: URL): ForwardProxy | null => {
  const node = RED.nodes.getNode(id) as ProxyNode | null | undefined;
  if (node?.type !== 'http proxy' || !node.url) throw new BadProxy('it does not exist');
  if (isExempt(url, node.noproxy ?? [])) return null;
  const { username = '', password = '' } = node.credentials ?? {};
  return proxyAt(node.url, username === '' ? null : { user: username, password });
};

const variable = (name: string, { lowerCaseOnly, favourUpperCase, env = process.env }: ProxyOptions): string => {
  const names = lowerCaseOnly ? [name] : [name, name.toUpperCase()];
  return (
    (favourUpperCase ? names.toReversed() : names).map((one) => env[one] ?? '').find((value) => value !== '') ?? ''
  );
};

const ofEnvironment = (RED: NodeAPI, url: URL): ForwardProxy | null => {
  const options = (RED.settings as { readonly proxyOptions?: ProxyOptions }).proxyOptions ?? {};
  const address = variable(`${url.protocol.slice(0, -1)}_proxy`, options) || variable('all_proxy', options);
  if (address === '' || isExempt(url, variable('no_proxy', options).split(/[,\s]/))) return null;
  return proxyAt(address, null);
};

/**
 * The proxy through which a server is asked: that of the chosen `http proxy` node, else that of the environment as
 * Node-RED's http request node reads it (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`, `proxyOptions`); null for
 * none. This computer itself is never asked through one.
 * @throws BadProxy
 */
export const proxyFor = (RED: NodeAPI, id: string, base: string): ForwardProxy | null => {
  const url = new URL(base);
  if (isLoopback(url.hostname)) return null;
  return id === '' ? ofEnvironment(RED, url) : ofNode(RED, id, url);
};
