import type { Verdict } from './failures.js';
import { headerSecrets } from './redact.js';
import type { Connection } from './types.js';
import { readUrl, unsetVariable } from './url.js';

/** What follows from a connection's settings before anything is sent. */
export interface Setup {
  /** Name and URL as a person knows them, e.g. `Sonarr at http://nas:8989`. */
  readonly server: string;
  /** The normalised URL, "" when there is none. */
  readonly url: string;
  /** Why no request can be sent; null when all is there. */
  readonly problem: Verdict | null;
}

const missing = ({ apiKey, basicAuth, headers }: Connection): string | null => {
  if (apiKey.trim() === '') return 'it has no API key';
  const settings = [apiKey, basicAuth?.user ?? '', basicAuth?.password ?? '', ...Object.values(headers ?? {})];
  const unset = settings.map(unsetVariable).find((variable) => variable !== null);
  return unset === undefined ? null : `${unset} is a variable that is not set`;
};

export const setUp = (connection: Connection): Setup => {
  const read = readUrl(connection.url);
  if (!('url' in read)) return { server: connection.name, url: '', problem: read };
  const { proxy } = connection;
  const way = proxy === undefined ? '' : ` (through the proxy ${proxy.host}:${proxy.port})`;
  const detail = missing(connection);
  const server = `${connection.name} at ${read.url}${way}`;
  return { server, url: read.url, problem: detail === null ? null : { code: 'not-set-up', detail } };
};

/** Everything of a connection that must never be shown. */
export const secretsOf = ({ apiKey, basicAuth, headers, proxy }: Connection): readonly string[] => {
  const login = [basicAuth, proxy].flatMap((one) =>
    one === undefined || one.password === '' ? [] : [one.password, `${one.user}:${one.password}`],
  );
  const encoded = login.map((text) => Buffer.from(text).toString('base64'));
  const all = [apiKey, ...login, ...encoded, ...Object.values(headers ?? {}).flatMap(headerSecrets)];
  // Shorter values would black out half of every sentence; the name of an unset variable is to be shown.
  return all.filter((secret) => secret.length >= 4 && unsetVariable(secret) === null);
};
