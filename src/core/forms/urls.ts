/** Why a text is no base URL of a server; the form and the runtime each have words for it. */
export type UrlFault = 'noUrl' | 'scheme' | 'partVariable' | 'userInUrl' | 'space' | 'url' | 'query';

const parsed = (text: string): URL | null => {
  // The editor's browsers are older than URL.canParse.
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/** What stands between `//` and the path. */
const authorityOf = (url: string): string => /^[^:]+:\/\/([^/?#\\]*)/.exec(url)?.[1] ?? '';

/** The first fault of a base URL, the same in the form and where it is used; null when it has none. */
export const urlFault = (url: string): UrlFault | null => {
  const text = url.trim();
  if (text === '') return 'noUrl';
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'scheme';
  if (text.includes('${')) return 'partVariable';
  const read = parsed(text);
  if (read !== null && (read.username !== '' || read.password !== '')) return 'userInUrl';
  // Browsers take it for a part of the host, Node.js does not.
  if (/\s|%20/.test(authorityOf(text))) return 'space';
  if (read === null || read.hostname === '') return 'url';
  if (read.protocol !== 'http:' && read.protocol !== 'https:') return 'scheme';
  return text.includes('?') || text.includes('#') ? 'query' : null;
};
