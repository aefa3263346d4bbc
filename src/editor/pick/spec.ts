import type { ServerNode } from '../flow/workspace.js';

const SECRETS = ['apiKey', 'user', 'password', 'headers'] as const;

/**
 * The connection of a server's config node, as the admin routes take it: what is left out is the stored one. What was
 * typed and not deployed goes along, so that its lists can be picked from before the first deploy.
 */
export const specOf = (server: ServerNode): object => {
  const { id, type, name = '', url = '', timeout = '', tls = '', proxy = '', credentials = {} } = server;
  const typed = SECRETS.flatMap((secret) => {
    const value = credentials[secret];
    const isStored = credentials[`has_${secret}`] === true;
    return typeof value === 'string' && (value !== '' || !isStored) ? [[secret, value]] : [];
  });
  return { type, id, name, url, timeout, tls, proxy, ...(Object.fromEntries(typed) as object) };
};
