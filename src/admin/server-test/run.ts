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
      findings.push(...versionFindings(service, version, ms ?? 0));
      findings.push(...(await CHECKS[service].findings(session)));
    });
  } catch (error) {
    findings.push(...(await failureFindings(error, connection, signal)));
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

const versionFindings = (service: ServiceName, version: string, ms: number): readonly Finding[] => {
  const product = PRODUCTS[service];
  const connected = finding('connected', { product, version, ms });
  if (versionNotice(service, version) === null) return [connected];
  return [connected, finding('too-old', { product, version, oldest: oldestSupported(service) })];
};
