import { describe, expect, it } from 'vitest';
import { failureFinding } from '../../src/admin/findings.js';
import { ServiceError } from '../../src/clients/http/service-error.js';
import { setUp } from '../../src/clients/http/settings.js';
import type { Connection } from '../../src/clients/http/types.js';
import { findingText } from '../../src/editor/server/findings.js';
import { fakeEditor, type Language } from './fake-editor.js';

const NAS: Connection = { service: 'sonarr', name: 'My NAS', url: 'http://nas:1', apiKey: 'key', timeout: 1 };
const proxy = { protocol: 'http:', host: 'proxy', port: 3128, user: '', password: '' };

const refused = (connection: Connection, language: Language): string => {
  const { server } = setUp(connection);
  const facts = { service: 'sonarr', server, operation: 'read its version', status: null, detail: '' } as const;
  fakeEditor(language);
  return findingText(failureFinding(new ServiceError('refused', facts), connection));
};

describe('which server a finding is of', () => {
  it.each([
    ['en-US', NAS, /^My NAS at http:\/\/nas:1 refused /],
    ['de', NAS, /^My NAS unter http:\/\/nas:1 hat /],
    ['en-US', { ...NAS, proxy }, /^My NAS at http:\/\/nas:1 \(through the proxy proxy:3128\) refused /],
    ['de', { ...NAS, proxy }, /^My NAS unter http:\/\/nas:1 \(über den Proxy proxy:3128\) hat /],
  ] as const)('is told in %s', (language, connection, words) => {
    expect(refused(connection, language)).toMatch(words);
  });

  it('is its URL in one form; a user in it, which is refused, does not get to the browser', () => {
    expect(refused({ ...NAS, url: 'HTTP://NAS:80//base/' }, 'de')).toMatch(/^My NAS unter http:\/\/nas\/base hat /);
    const connection = { ...NAS, url: 'http://ann:secret@nas' };
    const facts = { service: 'sonarr', server: 'My NAS', operation: '', status: null, detail: 'of no use' } as const;
    const told = failureFinding(new ServiceError('bad-url', facts), connection);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(told.params).toMatchObject({ server: 'My NAS' });
  });

  it('is left as it is where no connection came to be', () => {
    const facts = { service: 'sonarr', server: 'My NAS', operation: '', status: null, detail: '' } as const;
    fakeEditor('de');
    expect(findingText(failureFinding(new ServiceError('refused', facts)))).toMatch(/^My NAS hat /);
  });
});
