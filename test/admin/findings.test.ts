import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Finding, SENTENCES, failureFinding, finding, render } from '../../src/admin/findings.js';
import { FAILURES, type FailureCode } from '../../src/clients/http/failures.js';
import { ServiceError } from '../../src/clients/http/service-error.js';
import { versionNotice } from '../../src/clients/http/versions.js';
import type { ServiceName } from '../../src/core/contracts/index.js';

type Catalogue = Readonly<Record<string, string>>;

const catalogueOf = (language: string): Catalogue =>
  (JSON.parse(readFileSync(`plugins/up-next/locales/${language}/up-next.json`, 'utf8')) as { finding: Catalogue })
    .finding;

const english = catalogueOf('en-US');
const german = catalogueOf('de');

/** Failures of what a test or a list never does (grabs, messages), or that have a finding of their own. */
const NOT_HERE: readonly FailureCode[] = [
  'bad-url',
  'bad-call',
  'aborted',
  'host-refused',
  'too-old',
  'unknown-episode',
  'release-gone',
  'release-refused',
  'download-client-failed',
  'plex-unreachable',
  'notify-failed',
];

const FAILURE_CODES = (Object.keys(FAILURES) as FailureCode[]).filter(
  (code) => !NOT_HERE.includes(code) && !code.startsWith('notifier'),
);

const failureOf = (code: FailureCode, service: ServiceName, detail: string): Finding =>
  failureFinding(
    new ServiceError(code, {
      service,
      server: 'My NAS at http://nas:1',
      operation: 'read its version',
      status: 418,
      detail,
    }),
  );

const SERVICES = ['tautulli', 'sonarr', 'sabnzbd'] as const;
const failures = FAILURE_CODES.flatMap((code) => SERVICES.map((service) => [code, service] as const));
const CODES = [...FAILURE_CODES, 'forbidden-sabnzbd', ...Object.keys(SENTENCES)];

describe('the catalogue of findings', () => {
  it.each(CODES)('has %s in English and German', (code) => {
    expect(english[code]).toBeTruthy();
    expect(german[code]).toBeTruthy();
    expect(german[code]).not.toBe(english[code]);
  });

  it('has no other', () => {
    expect(Object.keys(english).toSorted()).toEqual(CODES.toSorted());
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });

  const onlyOfSabnzbd = ['nzb-key-only', 'external-refused'];
  const told = failures.filter(([code, service]) => service === 'sabnzbd' || !onlyOfSabnzbd.includes(code));

  it.each(told)('says the same as the text: %s of %s', (code, service) => {
    for (const detail of code === 'tls-mismatch' ? ['http', 'https'] : ['it said so.', '']) {
      const { code: found, params, text } = failureOf(code, service, detail);
      expect(render(english[found] ?? '', params)).toBe(text);
    }
  });

  it.each(Object.entries(SENTENCES))('says the same as the text: %s', (code, [, sentence]) =>
    expect(english[code]).toBe(sentence),
  );

  it('says the same as the log of an old version', () => {
    const params = { product: 'Tautulli', version: 'v2.1', oldest: '2.14' };
    expect(finding('too-old', params).text).toBe(versionNotice('tautulli', 'v2.1'));
  });

  it.each(CODES)('has the same params in both languages: %s', (code) => {
    const namesIn = (text: string | undefined) => [...new Set(text?.match(/__\w+?__/g))].toSorted();
    expect(namesIn(german[code])).toEqual(namesIn(english[code]));
  });

  it('leaves nothing unfilled in German', () => {
    for (const [code, service] of failures) {
      const { code: found, params } = failureOf(code, service, 'x');
      expect(render(german[found] ?? '', params)).not.toMatch(/__\w+__/);
    }
  });
});
