import { CREDENTIALS, type Server, type ServerDef } from '../../runtime/server.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { findSabnzbd } from '../../runtime/servers/sabnzbd.js';
import { findSonarr } from '../../runtime/servers/sonarr.js';
import { findTautulli } from '../../runtime/servers/tautulli.js';
import { SONARR } from '../../runtime/settings/tables.js';
import { atMost } from '../../runtime/sleep.js';
import { PATIENCE } from '../up-next/kept.js';
import { plain, plainNumber, urlShape } from './plain.js';

/** How a kind of server is found, and what it remembers. */
interface Kind {
  server(RED: NodeAPI, id: string): Server<unknown>;
  memories(RED: NodeAPI, id: string): Promise<readonly object[]>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'plex-jit-tautulli': {
    server: findTautulli,
    memories: async (RED, id) => [await findTautulli(RED, id).state()],
  },
  'plex-jit-sonarr': {
    server: findSonarr,
    memories: async (RED, id) => {
      const server = findSonarr(RED, id);
      const { lastViews } = server;
      await lastViews.load();
      return [await server.state(), await server.shared(), { lastViews }];
    },
  },
  'plex-jit-sabnzbd': {
    server: findSabnzbd,
    memories: async (RED, id) => [await findSabnzbd(RED, id).state()],
  },
};

export const isServer = ({ type }: { readonly type: string }): boolean => type in KINDS;

/** How many entries each memory holds. */
const sizesOf = (memories: readonly object[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    memories.flatMap((memory) =>
      Object.entries(memory).flatMap(([name, value]) => {
        const { size } = (value ?? {}) as { readonly size?: unknown };
        return typeof size === 'number' ? [[name, size] as const] : [];
      }),
    ),
  );

const attempt = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** The credentials that a server has, by name, without what they are. */
const credentialsOf = (RED: NodeAPI, id: string): readonly string[] => {
  const known = (RED.nodes.getCredentials(id) ?? {}) as Readonly<Record<string, unknown>>;
  return Object.keys(CREDENTIALS).filter((name) => Boolean(known[name]));
};

/** The deployed settings; `alias` is its id in the editor, where it runs in an instance of a subflow. */
export type ServerConfig = ServerDef & { readonly alias?: string };

/** A server as a bug report may hold it. @param names with its name and address */
export async function serverReport(RED: NodeAPI, config: ServerConfig, names: boolean): Promise<object> {
  const { id, type, name, alias = id } = config;
  const kind = KINDS[type];
  const server = attempt(() => kind?.server(RED, id) ?? null);
  const isSetUp = server?.isSetUp === true;
  const url = isSetUp ? server.ref.url : null;
  const raw = config as unknown as Readonly<Record<string, unknown>>;
  const read = isSetUp && kind !== undefined ? kind.memories(RED, id).catch(() => []) : undefined;
  const memories = read && (await atMost(PATIENCE, read));
  return {
    type,
    ...(names ? { name, url } : {}),
    isSetUp,
    address: urlShape(url),
    hasTls: Boolean(config.tls),
    hasCredentials: credentialsOf(RED, alias),
    configVersion: plainNumber(raw.configVersion),
    timeout: plainNumber(config.timeout),
    contextStore: config.contextStore ? 'chosen' : 'default',
    ...(type === 'plex-jit-sonarr'
      ? {
          ...Object.fromEntries(
            Object.entries(SONARR).map(([setting, field]) => [setting, plain(field, raw[setting])]),
          ),
          feedsSabnzbd: Boolean(raw.sabnzbd),
          hasDownloadClient: Boolean(raw.downloadClient),
          hasAddressForLinks: Boolean(raw.linkUrl),
        }
      : {}),
    memory: sizesOf(memories ?? []),
  };
}
