import { expect, test } from 'vitest';
import { versionNotice } from '../../../src/clients/http/versions.js';

test.each([
  ['sonarr', '3.0.10.1567', /^Sonarr 3\.0\.10\.1567 is older than 4,/],
  ['sabnzbd', '3.7.2', /^SABnzbd 3\.7\.2 is older than 4,/],
  ['tautulli', 'v2.13.4', /^Tautulli v2\.13\.4 is older than 2\.14,/],
  ['tautulli', 'v2.9.0', /older than 2\.14/],
] as const)('%s %s is told to be too old', (service, version, says) => {
  expect(versionNotice(service, version)).toMatch(says);
});

test.each([
  ['sonarr', '4.0.19.2979'],
  ['sonarr', '10.0.0.27649'],
  ['sabnzbd', '4.5.5'],
  ['sabnzbd', '5.0.1'],
  ['tautulli', 'v2.17.2'],
  ['tautulli', 'v2.14.0'],
  ['tautulli', '3.0'],
  ['sabnzbd', 'develop'],
] as const)('%s %s is taken as it is', (service, version) => expect(versionNotice(service, version)).toBeNull());
