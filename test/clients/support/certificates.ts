import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const pem = (name: string): string => readFileSync(join(__dirname, 'certificates', `${name}.pem`), 'utf8');

/** Made for these tests; the authority's key is gone. */
export const AUTHORITY = pem('ca');

export const certificate = (
  name: 'good' | 'self-signed' | 'expired' | 'other-host',
): { key: string; cert: string } => ({
  key: pem(`${name}-key`),
  cert: pem(name),
});
