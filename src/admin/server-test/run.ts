import { PRODUCTS } from '../../clients/http/failures.js';
import type { Connection } from '../../clients/http/types.js';
import { oldestSupported, versionNotice } from '../../clients/http/versions.js';
import type { ServiceName } from '../../core/contracts/index.js';
import { failureFindings } from '../explain.js';
import { type Finding, finding } from '../findings.js';
import { inSession } from '../session.js';
import { CHECKS } from './checks.js';

/** The answer of `POST plex-jit/test`. */
export interface TestResult {
  /** No finding is an error. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** What the form is for. */
  readonly product: string;
  /** As the server writes it; null when it did not tell. */
  readonly version: string | null;
  /** Milliseconds that the first request took; null when none was answered. */
  readonly ms: number | null;
}

/** Asks a server for all that matters. Failures are findings; it never throws for what a server does. */
export const testConnection = async (connection: Connection, signal: AbortSignal): Promise<TestResult> => {
  const { service } = connection;
  const findings: Finding[] = [];
  let version: string | null = null;
  let ms: number | null = null;
  try {
    await inSession(connection, { signal, onRequest: (trace) => (ms ??= roundTrip(trace)) }, async (session) => {
      version = await CHECKS[service].version(session);
      const found = await CHECKS[service].findings(session);
      findings.push(...versionFindings('connected', { service, version, ms: ms ?? 0 }), ...found);
    });
  } catch (error) {
    findings.push(...(await failureFindings(error, connection, signal)));
    // SABnzbd tells its version to anybody: first what is wrong, then what is not.
    if (version !== null) findings.push(...versionFindings('reached', { service, version, ms: ms ?? 0 }));
  }
  return resultOf(service, { findings, version, ms });
};

export const resultOf = (
  service: ServiceName,
  { findings, version, ms }: Pick<TestResult, 'findings' | 'version' | 'ms'>,
): TestResult => ({
  ok: findings.every(({ level }) => level !== 'error'),
  findings,
  product: PRODUCTS[service],
  version,
  ms,
});

const roundTrip = ({ status, ms }: { readonly status: number | null; readonly ms: number }): number | null =>
  status === null ? null : Math.max(1, Math.round(ms));

interface Reached {
  readonly service: ServiceName;
  readonly version: string;
  readonly ms: number;
}

const versionFindings = (code: 'connected' | 'reached', { service, version, ms }: Reached): readonly Finding[] => {
  const product = PRODUCTS[service];
  const there = finding(code, { product, version, ms });
  if (versionNotice(service, version) === null) return [there];
  return [there, finding('too-old', { product, version, oldest: oldestSupported(service) })];
};
