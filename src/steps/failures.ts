import { PRODUCTS } from '../clients/http/failures.js';
import { ServiceError } from '../clients/http/service-error.js';
import type { RunError, ServerRef } from '../core/contracts/index.js';

type Code = ServiceError['code'];

/** The request never reached Sonarr, or was turned away before anything was done. An answer that is no HTTP (`tls-mismatch`) may come after the work. */
const NOT_CARRIED_OUT: ReadonlySet<Code> = new Set<Code>([
  'not-set-up',
  'bad-url',
  'bad-call',
  'refused',
  'unknown-host',
  'certificate-expired',
  'certificate-self-signed',
  'certificate-unknown-issuer',
  'certificate-host-mismatch',
  'tls-too-old',
  'redirect',
  'login-page',
  'auth-required',
  'proxy-auth-required',
  'key-refused',
  'api-disabled',
  'key-not-generated',
  'forbidden',
  'not-found',
  'bad-request',
  'too-many-requests',
  'release-gone',
  'release-refused',
  'download-client-failed',
]);

/** Nothing else can be done with this server either. */
const WHOLE_SERVER: ReadonlySet<Code> = new Set<Code>([
  'not-set-up',
  'bad-url',
  'refused',
  'unknown-host',
  'unreachable',
  'network',
  'certificate-expired',
  'certificate-self-signed',
  'certificate-unknown-issuer',
  'certificate-host-mismatch',
  'tls-mismatch',
  'tls-too-old',
  'redirect',
  'login-page',
  'not-json',
  'auth-required',
  'proxy-auth-required',
  'key-refused',
  'nzb-key-only',
  'api-disabled',
  'key-not-generated',
  'host-refused',
  'external-refused',
  'forbidden',
  'too-many-requests',
  'unavailable',
]);

/** A grab that failed like this has surely not been made; after any other failure only history knows. */
export const surelyNotGrabbed = (error: ServiceError): boolean => NOT_CARRIED_OUT.has(error.code);

export const isWholeServer = (error: ServiceError): boolean => WHOLE_SERVER.has(error.code);

/** No answer at all: it may be busy, or gone. */
export const isSilence = (error: ServiceError): boolean => error.code === 'timeout' || error.code === 'reset';

/** The server cannot be used: ends the run; what has been done so far is kept. */
export class ServerLost extends Error {
  readonly error: ServiceError;

  constructor(error: ServiceError) {
    super(error.message);
    this.error = error;
  }
}

/** The failure as data; anything that is no failure of a request, or means that we are being stopped, is thrown on. */
export const serviceError = (error: unknown, signal: AbortSignal): ServiceError => {
  if (!(error instanceof ServiceError) || error.code === 'aborted' || signal.aborted) throw error;
  return error;
};

/** The same, and a failure of the whole server ends the run. */
export const itemError = (error: unknown, signal: AbortSignal): ServiceError => {
  const failure = serviceError(error, signal);
  if (isWholeServer(failure)) throw new ServerLost(failure);
  return failure;
};

/** `Sonarr at http://nas:8989`. */
export const serverLabel = (server: ServerRef, service: RunError['service']): string =>
  `${server.name === '' ? PRODUCTS[service] : server.name} at ${server.url}`;

/** A failure of one episode, season or release, named. */
export const namedError = (error: ServiceError, doing: string, what: string): RunError => ({
  ...error.toRunError(),
  operation: `${doing} ${what}`,
  message: `${what}: ${error.message}`,
});

/** The sentence for a context store that failed. */
export const memoryFailed = (what: string, error: unknown): string =>
  `The context store could not save ${what}: ${error instanceof Error ? error.message : String(error)}. Check the store chosen for this server.`;
