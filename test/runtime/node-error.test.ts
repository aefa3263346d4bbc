import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src/clients/http/failures.js';
import { ServiceError } from '../../src/clients/http/service-error.js';
import { failureWords } from '../../src/runtime/failure-words.js';
import { NodeError, notSetUp, toNodeError } from '../../src/runtime/node-error.js';
import { failed } from '../../src/runtime/status.js';

const facts = {
  service: 'sonarr',
  server: 'Sonarr at http://nas:8989',
  operation: 'read the queue',
  status: 401,
  detail: '',
} as const;

describe('an error of a node', () => {
  it('reads as its sentence, without a class in front; in the log its code follows', () => {
    const error = toNodeError(new ServiceError('key-refused', facts));
    const sentence = 'Sonarr at http://nas:8989 refused the API key (401). Copy the key from Settings → General.';
    // Catch takes the first, Node-RED's log the second.
    expect(error.toString()).toBe(sentence);
    expect(`[error] ${error as unknown as string}`).toBe(`[error] ${sentence} [key-refused]`);
  });

  it('has its code and plain facts as own properties, which is what Catch copies', () => {
    const error = toNodeError(new ServiceError('key-refused', facts));
    expect(Object.hasOwn(error, 'code')).toBe(true);
    expect(Object.hasOwn(error, 'cause')).toBe(true);
    expect(error.cause).toEqual({
      code: 'key-refused',
      service: 'sonarr',
      server: 'Sonarr at http://nas:8989',
      operation: 'read the queue',
      status: 401,
      retryable: false,
    });
  });

  it('takes nothing but sentence and stack from a failure that nobody foresaw', () => {
    const unforeseen = Object.assign(new TypeError('x is undefined'), {
      config: { apiKey: 'secret' },
      cause: 'secret',
    });
    const error = toNodeError(unforeseen);
    expect(error).toMatchObject({ code: 'internal', message: 'x is undefined', stack: unforeseen.stack });
    expect(JSON.stringify([error, error.cause])).not.toContain('secret');
  });

  it('takes an error out of a plan as it is', () => {
    const error = toNodeError({ ...facts, code: 'timeout', retryable: true, message: 'too late' });
    expect(error).toBeInstanceOf(NodeError);
    expect(error).toMatchObject({ code: 'timeout', message: 'too late', retryable: true });
  });
});

describe('the status of a failure', () => {
  it.each(Object.keys(FAILURES).filter((code) => code !== 'server-error'))('has words of its own for %s', (code) => {
    const words = failureWords(new NodeError(code, 'a sentence', { service: 'sonarr' }));
    expect(words.length).toBeLessThan(52);
    expect(words).not.toBe('Sonarr failed');
  });

  it('names the product', () => {
    expect(failed(toNodeError(new ServiceError('key-refused', facts)))).toEqual({
      is: 'failed',
      text: 'Sonarr refused the key',
    });
  });

  it('is "not set up" where something is missing', () => {
    expect(failed(notSetUp('choose a Sonarr server.'))).toEqual({ is: 'not-set-up', text: 'not set up' });
  });
});
