import type { NodeAPI } from '../../runtime/node-types.js';
import { connectionOfSpec, readSpec, serviceOf } from '../connection-spec.js';
import { Ended } from '../findings.js';
import { type Asked, postRoute } from '../routes.js';
import { resultOf, type TestResult, testConnection } from './run.js';

export type { TestResult } from './run.js';
export type { Finding } from '../findings.js';

const test = async (RED: NodeAPI, { body, signal }: Asked): Promise<TestResult> => {
  const spec = readSpec(body);
  try {
    return await testConnection(connectionOfSpec(RED, spec), signal);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return resultOf(serviceOf(spec), { findings: error.findings, version: null, ms: null });
  }
};

/** `POST plex-jit/test`: a server form's test button. The body is a `ConnectionSpec`, the answer a `TestResult`. */
export const registerTestRoutes = (RED: NodeAPI): void => postRoute(RED, '/plex-jit/test', (asked) => test(RED, asked));
