import type { FailureCode } from '../../src/clients/http/failures.js';
import { ServiceError } from '../../src/clients/http/service-error.js';
import type { ServiceName } from '../../src/core/contracts/index.js';

/** A failure as a client would throw it. */
export const failure = (service: ServiceName, code: FailureCode, operation = 'do something'): ServiceError =>
  new ServiceError(code, { service, server: `${service} at http://nas`, operation, status: null, detail: '' });
