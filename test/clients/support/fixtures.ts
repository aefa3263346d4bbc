import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { ServiceName } from '../../../src/core/contracts/index.js';
import type { FailureCode } from '../../../src/clients/http/failures.js';
import { ServiceError } from '../../../src/clients/http/service-error.js';
import type { Connection } from '../../../src/clients/http/types.js';

export const KEY = '0123456789abcdef0123456789abcdef';
export const PASSWORD = 'proxy-pass-7731';
export const HEADER_VALUE = 'cf-token-99182';
export const SECRETS = [KEY, PASSWORD, HEADER_VALUE, Buffer.from(`proxy-user:${PASSWORD}`).toString('base64')] as const;

const NAMES = { tautulli: 'Tautulli', sonarr: 'Sonarr', sabnzbd: 'SABnzbd' } as const;

export const connectionTo = (service: ServiceName, url: string, more: Partial<Connection> = {}): Connection => ({
  service,
  name: NAMES[service],
  url,
  apiKey: KEY,
  timeout: 5_000,
  ...more,
});

/** Everything that a log, a debug node or a Catch node could show of it. */
export const everythingOf = (value: unknown): string =>
  [
    String(value),
    JSON.stringify(value) ?? '',
    inspect(value, { depth: 10, showHidden: true, getters: true }),
    value instanceof Error ? (value.stack ?? '') : '',
    value instanceof ServiceError ? JSON.stringify(value.toRunError()) : '',
  ].join('\n');

export const expectNoSecrets = (value: unknown): void => {
  const shown = everythingOf(value);
  for (const secret of SECRETS) expect(shown).not.toContain(secret);
};

/** The error of a request that must fail with that code. */
export const failing = async (work: Promise<unknown>, code: FailureCode): Promise<ServiceError> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServiceError);
  const failure = error as ServiceError;
  expect(failure.code, failure.message).toBe(code);
  expectNoSecrets(failure);
  return failure;
};
