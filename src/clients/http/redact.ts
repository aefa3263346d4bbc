/** As much of a server's own words as goes into a message. */
const QUOTED = 200;

/** The forms in which a secret may come back: as it is, or encoded in a URL. */
const forms = (secret: string): readonly string[] => [secret, encodeURIComponent(secret)];

/** Shorter ones would black out words that mean nothing: `Bearer`, `https`. */
const SHORTEST_PART = 8;

/** What of a header's value is secret: the whole, and the parts that may come back alone, as the token behind `Bearer` and the value of a cookie. */
export const headerSecrets = (value: string): readonly string[] => {
  // Behind a scheme stands a token, however short.
  const token = /^[a-z]+\s+(\S+)$/i.exec(value)?.slice(1) ?? [];
  const parts = value.split(/[\s;,"]+/).flatMap((part) => [part, part.slice(part.indexOf('=') + 1)]);
  return [value, ...token, ...parts.filter((part) => part.length >= SHORTEST_PART)];
};

/** Replaces every secret in the text, and the query and user of every URL (they may hold the keys of others). */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret !== '')
    .flatMap(forms)
    .sort((a, b) => b.length - a.length)
    .reduce((left, secret) => left.replaceAll(secret, '***'), text)
    // A ? before an @ ends the host, or is of a password: neither is shown.
    .replace(/(:\/\/)[^\s/?"']*\?[^\s/"'<>]*@[^\s"'<>]*/g, '$1…')
    .replace(/(:\/\/)[^\s/"']*@/g, '$1')
    .replace(/(:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/g, '$1?…')
    .replace(/\b((?:api_?key|apikey|token|passkey|password)["']?\s*[=:]\s*["']?)[^\s&"',;]+/gi, '$1***');

/** What may be shown of a text that a server sent: its first line, without secrets, cut to a readable length. */
export const quote = (text: string, secrets: readonly string[]): string => {
  const line = redact(text, secrets).trim().split(/\r?\n/, 1)[0]?.trim() ?? '';
  return line.length > QUOTED ? `${line.slice(0, QUOTED - 1)}…` : line;
};
