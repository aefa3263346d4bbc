import { z } from 'zod';
import { EXAMPLES, KEY_PAGES, PRODUCTS } from '../clients/http/failures.js';
import { redact } from '../clients/http/redact.js';
import { ServiceError } from '../clients/http/service-error.js';
import type { Connection } from '../clients/http/types.js';
import type { ServiceName } from '../core/contracts/index.js';
import { namedVariable, urlFault } from '../core/forms/index.js';
import { SECOND } from '../core/time.js';
import { Incomplete, type ServerCredentials, connectionOf, sameUrl } from '../runtime/connection-of.js';
import { environmentVariable } from '../runtime/env.js';
import { NodeError } from '../runtime/node-error.js';
import type { Node, NodeAPI } from '../runtime/node-types.js';
import { Ended, failureFinding, finding } from './findings.js';
import { Unanswerable } from './routes.js';
import { deployedNodes } from './up-next/deployed.js';

/** What the editor has in the place of a stored secret. */
const STORED = '__PWRD__';
/** The longest a test or a list may take, whatever the form's time-out is. */
const LONGEST = 60 * SECOND;

const field = z.string().max(4096);
const secret = field.optional();

const specSchema = z.object({
  type: z.enum(['plex-jit-tautulli', 'plex-jit-sonarr', 'plex-jit-sabnzbd']),
  /** Of the config node; "" before it has one. */
  id: field.default(''),
  name: field.default(''),
  url: field.default(''),
  timeout: z.union([field, z.number()]).default(''),
  tls: field.default(''),
  proxy: field.default(''),
  apiKey: secret,
  user: secret,
  password: secret,
  headers: secret,
});

/** The server form as it stands in the editor, deployed or not. */
export type ConnectionSpec = z.output<typeof specSchema>;

const SECRETS = ['apiKey', 'user', 'password', 'headers'] as const;

/** @throws Unanswerable (400) */
export const readSpec = (body: unknown): ConnectionSpec => {
  const read = specSchema.safeParse(body);
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new Unanswerable(400, `The connection is invalid${where === '' ? '' : `: ${where}`}.`);
};

export const serviceOf = ({ type }: ConnectionSpec): ServiceName => type.replace('plex-jit-', '') as ServiceName;

/** The settings with which that node is deployed, as they were written; a node that is disabled has them too. */
interface Deployed {
  /** "" when it is not deployed. */
  readonly url: string;
  /** Which certificates are trusted. */
  readonly tls: string;
  /** Whoever sits between sees what is sent. */
  readonly proxy: string;
  readonly credentials: ServerCredentials;
}

const deployedOf = (RED: NodeAPI, spec: ConnectionSpec): Deployed => {
  let found: object | null = null;
  RED.nodes.eachNode((node) => {
    if (spec.id !== '' && node.id === spec.id && node.type === spec.type) found = node;
  });
  if (found === null) return { url: '', tls: '', proxy: '', credentials: {} };
  const { url, tls, proxy } = found as Partial<Record<'url' | 'tls' | 'proxy', unknown>>;
  const credentials = RED.nodes.getCredentials(spec.id) as ServerCredentials | undefined;
  return { url: written(url), tls: written(tls), proxy: written(proxy), credentials: credentials ?? {} };
};

const written = (setting: unknown): string => (typeof setting === 'string' ? setting : '');

/** A node as it runs; of one in a subflow that of the first instance, whose variables count for it. */
const runningNode = (RED: NodeAPI, id: string): Node | null => {
  const instance = [...deployedNodes(RED).values()].find(({ alias }) => alias === id);
  return RED.nodes.getNode(instance?.id ?? id) ?? null;
};

/** `_ADD_` is what the editor's list has for "add new". */
const chosen = (id: string): string => (id === '_ADD_' ? '' : id);

const isStored = (given: string | undefined): boolean => given === undefined || given === STORED;

/**
 * The connection that a form describes; nothing is deployed for it and nothing sent.
 * A stored secret is only taken for the URL, TLS configuration and proxy that it is deployed with, a variable's value only for those or for a URL that is itself a variable.
 * @throws Ended with the finding that says what to change
 */
export const connectionOfSpec = (RED: NodeAPI, spec: ConnectionSpec): Connection => {
  const service = serviceOf(spec);
  const node = runningNode(RED, spec.id);
  const variable = (name: string): string => environmentVariable(RED, node, name);
  const resolved = (text: string): string => {
    const name = namedVariable(text);
    return name === null ? text : variable(name) || text;
  };
  const deployed = deployedOf(RED, spec);
  const url = resolved(spec.url);
  const [tls, proxy] = [chosen(spec.tls), chosen(spec.proxy)];
  const isSameUrl = sameUrl(service, resolved(deployed.url), url);
  const isDeployed = isSameUrl && tls === deployed.tls && proxy === deployed.proxy;
  const credentialOf = (name: (typeof SECRETS)[number]): string => {
    const given = spec[name];
    const secret = isStored(given) ? (deployed.credentials[name] ?? '') : (given ?? '');
    if (secret === '' || isDeployed) return resolved(secret);
    if (isStored(given)) {
      const stored = redact(deployed.url, []) || '–';
      throw new Ended([finding(isSameUrl ? 'stored-key-other-way' : 'stored-key-other-url', { stored })]);
    }
    const isVariable = namedVariable(secret) !== null;
    if (isVariable && namedVariable(spec.url) === null) throw new Ended([finding('variable-other-url')]);
    return resolved(secret);
  };
  const timeout = resolved(String(spec.timeout));
  const settings = { service, name: spec.name, url, timeout, variable };
  return inFindings({ service, url }, () => {
    const unset = namedVariable(timeout);
    if (unset !== null) throw new Ended([finding('unset-variable', { variable: unset })]);
    // A wrong URL, and a TLS configuration that is not there, are told before anything about the key.
    connectionOf(RED, { ...settings, tls, credentials: { apiKey: '-' } });
    const credentials = Object.fromEntries(SECRETS.map((name) => [name, credentialOf(name)]));
    const connection = connectionOf(RED, { ...settings, tls, proxy, credentials });
    return { ...connection, timeout: Math.min(connection.timeout, LONGEST) };
  });
};

const inFindings = <T>({ service, url }: { service: ServiceName; url: string }, work: () => T): T => {
  const example = { example: EXAMPLES[service], path: service };
  try {
    return work();
  } catch (error) {
    if (error instanceof Incomplete) {
      const params = { product: PRODUCTS[service], keyPage: KEY_PAGES[service], variable: error.detail };
      throw new Ended([finding(error.lack, { ...params, ...example })]);
    }
    if (error instanceof ServiceError) {
      const told = failureFinding(error);
      throw new Ended([error.code === 'bad-url' ? { ...told, params: { fault: urlFault(url) ?? 'url' } } : told]);
    }
    if (error instanceof NodeError && error.code === 'wrong-setting') throw new Ended([finding('bad-timeout')]);
    throw error;
  }
};
