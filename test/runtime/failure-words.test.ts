import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/clients/http/service-error.js';
import { failureWords } from '../../src/runtime/failure-words.js';
import { toNodeError } from '../../src/runtime/node-error.js';

const unreachable = (tries: number): string =>
  failureWords(
    toNodeError(
      new ServiceError('unreachable', {
        ...{ service: 'sonarr', server: 'Sonarr at http://nas:8989', operation: 'read the queue', tries },
        ...{ status: null, detail: '' },
      }),
    ),
  );

describe('the status of a failure', () => {
  it('says how often was tried, once is not worth a word', () => {
    expect([1, 2].map(unreachable)).toEqual(['Sonarr unreachable', 'Sonarr unreachable (2 tries)']);
  });
});
