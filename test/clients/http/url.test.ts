import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../../src/clients/http/service-error.js';
import { normaliseUrl } from '../../../src/clients/http/url.js';

const owner = { service: 'sonarr', name: 'My Sonarr' } as const;

describe('the normal form of a URL', () => {
  test.each([
    ['http://nas:8989', 'http://nas:8989'],
    ['HTTP://NAS:8989/', 'http://nas:8989'],
    ['http://NAS/Sonarr/', 'http://nas/Sonarr'],
    ['http://nas:80/sonarr//', 'http://nas/sonarr'],
    ['https://nas:443', 'https://nas'],
    ['  http://[::1]:8989/a//b ', 'http://[::1]:8989/a/b'],
  ])('of %s is %s', (url, normal) => {
    expect(normaliseUrl(url, owner)).toBe(normal);
    expect(normaliseUrl(normal, owner)).toBe(normal);
  });

  test.each([
    ['nas:8989', 'bad-url'],
    ['ftp://nas', 'bad-url'],
    ['http://', 'bad-url'],
    ['http://nas/?apikey=s3cret-key', 'bad-url'],
    ['http://nas/#s3cret-key', 'bad-url'],
    ['http://user:s3cret-key@nas', 'bad-url'],
    ['http://s3cret-key@nas', 'bad-url'],
    ['', 'not-set-up'],
    ['  ', 'not-set-up'],
    ['${SONARR_URL}', 'not-set-up'],
    ['$(SONARR_URL)', 'not-set-up'],
    ['http://user:s3cret-key@${HOST}:8989', 'bad-url'],
    ['http://${HOST}:8989', 'bad-url'],
    ['http://nas :8989', 'bad-url'],
    ['http://nas%20:8989', 'bad-url'],
  ])('of %s is refused as %s, without showing what may be secret', (url, code) => {
    let error: unknown;
    try {
      normaliseUrl(url, owner);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ code, service: 'sonarr', server: 'My Sonarr', status: null, retryable: false });
    expect(String(error)).not.toContain('s3cret-key');
  });

  test.each(['${SONARR_URL}', '$(SONARR_URL)'])('%s, a variable that is not set, is named in the sentence', (url) => {
    expect(() => normaliseUrl(url, owner)).toThrow(
      `My Sonarr is not set up: its URL uses ${url}, a variable that is not set.`,
    );
  });
});
