import { linkSignals } from '../clients/http/abort.js';
import { type FailureCode, PRODUCTS } from '../clients/http/failures.js';
import { ServiceError } from '../clients/http/service-error.js';
import type { Connection } from '../clients/http/types.js';
import type { ServiceName } from '../core/contracts/index.js';
import { SECOND } from '../core/time.js';
import { Ended, type Finding, type SentenceCode, failureFinding, finding } from './findings.js';
import { speaksTls, Surroundings } from './probes.js';

/** As long as looking around may take. */
const LOOK = 5 * SECOND;

/** Something else than the server answered: its path, or the whole address, may be wrong. */
const ELSEWHERE: readonly FailureCode[] = [
  'not-json',
  'not-found',
  'redirect',
  'login-page',
  'unexpected-answer',
  'bad-json',
  'auth-required',
  'bad-request',
];

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * What is to be said about what went wrong with a server.
 * @throws what is no failure of a server
 */
export const failureFindings = async (
  error: unknown,
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly Finding[]> => {
  if (error instanceof Ended) return error.findings;
  if (error instanceof ServiceError) return explain(error, connection, signal);
  throw error;
};

/** The sentence of the clients, or a better one that a look around allows, and hints. */
const explain = async (
  error: ServiceError,
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly Finding[]> => {
  const host = new URL(connection.url).hostname;
  const product = PRODUCTS[connection.service];
  if (error.code === 'host-refused') return [finding('host-whitelist', { host })];
  const hints: Finding[] = [];
  if (error.code === 'refused' && LOOPBACK.test(host)) hints.push(finding('localhost-container', { host, product }));
  if (error.code === 'unknown-host') hints.push(finding('container-name', { host }));
  const better = await limited(signal, (short) => betterFinding(error, connection, short));
  return [better ?? failureFinding(error, connection), ...hints];
};

const limited = async <T>(signal: AbortSignal, work: (short: AbortSignal) => Promise<T>): Promise<T> => {
  const limit = linkSignals(signal);
  const timer = setTimeout(() => limit.abort(), LOOK);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    limit.unlink();
  }
};

const betterFinding = async (
  error: ServiceError,
  connection: Connection,
  signal: AbortSignal,
): Promise<Finding | null> => {
  if (error.code === 'reset') return resetFinding(error, connection, signal);
  if (!ELSEWHERE.includes(error.code)) return null;
  const around = new Surroundings(connection, signal);
  try {
    return (await baseFinding(error, connection, around)) ?? (await otherProduct(connection, around));
  } finally {
    around.close();
  }
};

/** Sonarr and Tautulli close a connection of plain http to their https port without a word. */
const resetFinding = async (
  { service, server, operation }: ServiceError,
  connection: Connection,
  signal: AbortSignal,
): Promise<Finding | null> => {
  const { url, proxy } = connection;
  // Behind a proxy the port itself cannot be looked at.
  if (!url.startsWith('http:') || proxy !== undefined || !(await speaksTls(url, signal))) return null;
  const mismatch = { service, server, operation, status: null, detail: 'http' };
  return failureFinding(new ServiceError('tls-mismatch', mismatch), connection);
};

const pathOf = (url: string): string => new URL(url).pathname.replace(/\/$/, '');

/** Where a redirect of the failed request led to on the same host. */
const redirectedTo = ({ detail }: ServiceError, origin: string): string | null => {
  const target = /^to (\S+)$/.exec(detail)?.[1] ?? '';
  return URL.canParse(target) && new URL(target).origin === origin ? pathOf(target) : null;
};

/** At most two other base paths are tried: where the server itself points to, then the usual one or none. */
const baseFinding = async (
  error: ServiceError,
  { service, url }: Connection,
  around: Surroundings,
): Promise<Finding | null> => {
  const base = pathOf(url);
  const pointed = redirectedTo(error, around.origin) ?? (await around.sentTo());
  const usual = base === '' ? `/${service}` : '';
  const candidates = new Set([pointed ?? usual, usual]);
  candidates.delete(base);
  for (const path of candidates) {
    if (!(await around.has(service, path))) continue;
    return finding(wrongBase(base, path), { product: PRODUCTS[service], base, suggested: around.origin + path });
  }
  return null;
};

const wrongBase = (base: string, right: string): SentenceCode => {
  if (right === '') return 'url-base-surplus';
  return base === '' ? 'url-base-missing' : 'other-url-base';
};

const otherProduct = async ({ service, url }: Connection, around: Surroundings): Promise<Finding | null> => {
  const others = (Object.keys(PRODUCTS) as ServiceName[]).filter((other) => other !== service);
  for (const other of others) {
    if (!(await around.has(other, pathOf(url)))) continue;
    return finding('other-product', { url, found: PRODUCTS[other], product: PRODUCTS[service] });
  }
  return null;
};
