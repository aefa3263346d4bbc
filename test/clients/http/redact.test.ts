import { describe, expect, test } from 'vitest';
import { headerSecrets, quote, redact } from '../../../src/clients/http/redact.js';

describe('a text that is quoted', () => {
  test('loses every secret, encoded ones too', () => {
    expect(redact('a k&y= b k%26y%3D c', ['k&y='])).toBe('a *** b *** c');
  });

  test('loses the longer of two secrets that begin alike', () => {
    expect(redact('abcdef', ['abc', 'abcdef'])).toBe('***');
  });

  test('loses the queries and users of URLs, which may hold the keys of others', () => {
    expect(redact('[GET] at [http://u:p@idx.example/api?t=get&apikey=XYZ]', [])).toBe(
      '[GET] at [http://idx.example/api?…',
    );
  });

  test('loses the user of a URL whose password has an @ in it', () => {
    expect(redact('http://u:p@ss@nas:80/x', [])).toBe('http://nas:80/x');
  });

  test('loses the query of a URL without a path too, with an @ in it', () => {
    expect(redact('at http://nas?mail=a@b&sig=XYZ, again', [])).toBe('at http://… again');
    expect(redact('http://u:p?ss@nas/x', [])).toBe('http://…');
    expect(redact('http://nas:80/x@y and http://nas/?mail=a@b&sig=XYZ', [])).toBe(
      'http://nas:80/x@y and http://nas/?…',
    );
  });

  test('loses what is named a key outside of a URL', () => {
    expect(redact('apikey=XYZ, "api_key": "ABC" and token: T0K', [])).toBe(
      'apikey=***, "api_key": "***" and token: ***',
    );
  });

  test('is read quickly however long its words are', () => {
    const from = performance.now();
    redact('a.'.repeat(30_000), []);
    expect(performance.now() - from).toBeLessThan(500);
  });

  test('is its first line only, cut to 200 characters', () => {
    expect(quote('  Broken\n   at Some.Method()\n', [])).toBe('Broken');
    expect(quote('x'.repeat(500), [])).toHaveLength(200);
  });
});

describe('what is secret of a header', () => {
  test('is no short word of it, which may stand in any sentence', () => {
    const value = 'Basic, https; q=1';
    expect(headerSecrets(value)).toEqual([value]);
  });

  test.each(['Bearer s3cret', 'token  s3cret'])(
    'is what stands behind the first word, however short it is: %s',
    (value) => {
      expect(headerSecrets(value)).toContain('s3cret');
    },
  );
});
