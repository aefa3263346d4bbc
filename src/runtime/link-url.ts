import { readUrl, unsetVariable } from '../clients/http/url.js';
import type { Log } from '../state/types.js';

/** Why an address for links is left out, to end a sentence with. */
const reasonOf = (written: string, detail: string): string => {
  const unset = unsetVariable(written);
  return unset === null ? detail : `${unset} is not set`;
};

/**
 * Where links into a server lead, for people whose browser does not reach it where Node-RED does.
 * Null when no such address is given, or one that cannot be used: nothing but links depends on it, so only the log is told.
 */
export const linkUrlOf = (setting: unknown, log: Log): string | null => {
  const written = typeof setting === 'string' ? setting.trim() : '';
  if (written === '') return null;
  const read = readUrl(written);
  if ('url' in read) return read.url;
  log.warn(
    'bad-link-address',
    `The address for links is ignored: ${reasonOf(written, read.detail)}. Links lead to the URL.`,
  );
  return null;
};
