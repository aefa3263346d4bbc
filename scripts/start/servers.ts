import { UsageError } from './errors.js';

export const SERVER_VARIABLES = [
  'TAUTULLI_URL',
  'TAUTULLI_API_KEY',
  'SONARR_URL',
  'SONARR_API_KEY',
  'SABNZBD_URL',
  'SABNZBD_API_KEY',
] as const;

type ServerVariables = Readonly<Record<(typeof SERVER_VARIABLES)[number], string>>;

/** The user's own servers, or null when none is named; a part of them is a mistake and never a silent sandbox. */
export function realServers(env: NodeJS.ProcessEnv): ServerVariables | null {
  const missing = SERVER_VARIABLES.filter((name) => !env[name]?.trim());
  if (missing.length === SERVER_VARIABLES.length) return null;
  if (missing.length > 0)
    throw new UsageError(
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set while other servers are. ` +
        `Set all of ${SERVER_VARIABLES.join(', ')} to run against your servers, or none of them to run in the sandbox.`,
    );
  return Object.fromEntries(SERVER_VARIABLES.map((name) => [name, env[name] ?? ''])) as ServerVariables;
}

/** Names the sandbox's servers in the environment, where the example flow looks for them. */
export function useServers(
  env: NodeJS.ProcessEnv,
  urls: Readonly<Record<'tautulli' | 'sonarr' | 'sabnzbd', string>>,
  keys: Readonly<Record<'tautulli' | 'sonarr' | 'sabnzbd', string>>,
): void {
  for (const server of ['tautulli', 'sonarr', 'sabnzbd'] as const) {
    env[`${server.toUpperCase()}_URL`] = urls[server];
    env[`${server.toUpperCase()}_API_KEY`] = keys[server];
  }
}

/** The port of Node-RED's editor. */
export function readPort(env: NodeJS.ProcessEnv): number {
  const given = env.PORT?.trim() ?? '';
  const raw = given === '' ? '1880' : given;
  const port = Number(raw);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`PORT is not a port: "${raw}".`);
  return port;
}
