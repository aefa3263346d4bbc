import { headerSecrets } from '../../clients/http/redact.js';
import type { NodeAPI } from '../../runtime/node-types.js';

/** Shorter ones would tear words apart; a key is longer. */
const SHORTEST = 6;

/** What is secret of the headers in a form's field. */
const headerValues = (headers: unknown): readonly string[] =>
  (typeof headers === 'string' ? headers : '')
    .split(/[\n|]/)
    .flatMap((line) => headerSecrets(line.slice(line.indexOf(':') + 1).trim()));

/** Everything that must never be in a report, however it came there. */
export const secretsOf = (RED: NodeAPI, servers: readonly string[]): readonly string[] => {
  const credentials = servers.flatMap((id) => {
    const node = RED.nodes.getNode(id) as { readonly credentials?: object } | null;
    return [RED.nodes.getCredentials(id) ?? {}, node?.credentials ?? {}] as Readonly<Record<string, unknown>>[];
  });
  const values = credentials.flatMap(({ apiKey, password, headers }) => [apiKey, password, ...headerValues(headers)]);
  const env = Object.entries(process.env).flatMap(([name, value]) =>
    /KEY|PASS|TOKEN|SECRET/i.test(name) ? value : [],
  );
  const all = [...values, ...env].filter((value) => typeof value === 'string' && value.length >= SHORTEST);
  return [...new Set(all as string[])].sort((a, b) => b.length - a.length);
};

/** The report without them: what it is made of holds none, and this is for what nobody thought of. */
export const without = (report: object, secrets: readonly string[]): object => {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(report) as object;
};
