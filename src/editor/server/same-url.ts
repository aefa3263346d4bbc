/** A server's config node, as far as it is compared. */
export interface UrlHolder {
  readonly id: string;
  readonly type: string;
  readonly name?: unknown;
  readonly url?: unknown;
}

/** One form of a base URL, as the runtime compares them: host in lower case, no default port, no slash at the end. */
const normal = (url: unknown): string => {
  const written = typeof url === 'string' ? url.trim() : '';
  try {
    const { origin, pathname } = new URL(written);
    return `${origin}${pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')}`;
  } catch {
    return written;
  }
};

/** Another node of the same type with the same URL (or the same `${NAME}`); null when there is none. */
export const sameServer = <T extends UrlHolder>(node: UrlHolder, all: readonly T[]): T | null => {
  const url = normal(node.url);
  if (url === '') return null;
  return all.find((other) => other.id !== node.id && other.type === node.type && normal(other.url) === url) ?? null;
};
