import { coded } from '../core/log-codes.js';
import type { IncomingMessage } from 'node:http';
import type { NodeAPI } from '../runtime/node-types.js';
import { shared } from '../runtime/registry.js';

/** Characters of a request's body; a connection's settings are some hundred. */
const LARGEST = 64 * 1024;

/** A request that cannot be answered; the sentence goes to the caller, with that status. */
export class Unanswerable extends Error {
  constructor(
    readonly status: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** What a route's work gets. */
export interface Asked {
  readonly body: unknown;
  /** Aborted when the editor has gone. */
  readonly signal: AbortSignal;
}

/** Kept per express app: Node-RED's tests make one anew, a module that is loaded twice finds the same. */
const registered = (app: object): Set<string> => {
  const all = shared('admin routes', () => new WeakMap<object, Set<string>>());
  const ofApp = all.get(app) ?? new Set<string>();
  all.set(app, ofApp);
  return ofApp;
};

/** True once for each route of an app: registering it again does nothing. */
const isNew = (RED: NodeAPI, route: string): boolean => {
  const routes = registered(RED.httpAdmin);
  if (routes.has(route)) return false;
  routes.add(route);
  return true;
};

/** The answer to a request that came to nothing; what failed inside is told in the log, by its kind alone. */
const failed = (RED: NodeAPI, path: string, error: unknown): readonly [number, { readonly error: string }] => {
  if (error instanceof Unanswerable) return [error.status, { error: error.message }];
  RED.log.error(coded('route-failed', `plex-jit: ${path} failed: ${error instanceof Error ? error.name : 'unknown'}`));
  return [500, { error: "The request failed inside this package; see Node-RED's log." }];
};

/** A POST of JSON below the editor's root that needs `plex-jit.write`; registering it again does nothing. */
export const postRoute = (RED: NodeAPI, path: string, answer: (asked: Asked) => Promise<unknown>): void => {
  if (!isNew(RED, `POST ${path}`)) return;
  RED.httpAdmin.post(path, RED.auth.needsPermission('plex-jit.write'), (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const send = (status: number, body: unknown): void => {
      if (!gone.signal.aborted && !response.headersSent) response.status(status).json(body);
    };
    const work = async (): Promise<unknown> => answer({ body: bodyOf(request), signal: gone.signal });
    work().then(
      (body) => send(200, body),
      (error: unknown) => send(...failed(RED, path, error)),
    );
  });
};

/**
 * A GET below the editor's root that needs `plex-jit.read` and is never cached; registering it again does nothing.
 * @param answer gets what stands behind the question mark
 */
export const getRoute = (
  RED: NodeAPI,
  path: string,
  answer: (query: Readonly<Record<string, unknown>>) => Promise<unknown>,
): void => {
  if (!isNew(RED, `GET ${path}`)) return;
  RED.httpAdmin.get(path, RED.auth.needsPermission('plex-jit.read'), (request, response) => {
    response.set('Cache-Control', 'no-store');
    answer(request.query).then(
      (body) => response.json(body),
      (error: unknown) => {
        const [status, body] = failed(RED, path, error);
        response.status(status).json(body);
      },
    );
  });
};

/** What Node-RED has parsed; it takes 5 MB and more. */
const bodyOf = (request: IncomingMessage & { readonly body?: unknown }): unknown => {
  // A web page elsewhere can send a form or plain text with the user's cookies, JSON it cannot.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Unanswerable(400, 'The request must be JSON.');
  }
  if (JSON.stringify(request.body ?? null).length <= LARGEST) return request.body;
  throw new Unanswerable(413, 'The request is too large.');
};
