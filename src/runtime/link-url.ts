import { readUrl } from '../clients/http/url.js';
import type { Log } from '../state/types.js';

/**
 * Where links into a server lead, for people whose browser does not reach it where Node-RED does.
 * Null when no such address is given, or one that cannot be used: nothing but links depends on it, so only the log is told.
 */
export const linkUrlOf = (setting: unknown, log: Log): string | null => {
  const written = typeof setting === 'string' ? setting.trim() : '';
  if (written === '') return null;
  const read = readUrl(written);
  if ('url' in read) return read.url;
  const why = read.code === 'not-set-up' ? `${written} is not set` : read.detail;
  log.warn('bad-link-address', `The address for links is ignored: ${why}. Links lead to the URL.`);
  return null;
};
