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

/** Whether the environment names the user's own servers; a part of them is a mistake and never a silent sandbox. */
export function namesServers(env: NodeJS.ProcessEnv): boolean {
  const missing = SERVER_VARIABLES.filter((name) => !env[name]?.trim());
  if (missing.length === SERVER_VARIABLES.length) return false;
  if (missing.length > 0)
    throw new UsageError(
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set while other servers are. ` +
        `Set all of ${SERVER_VARIABLES.join(', ')} to run against your servers, or none of them to run in the sandbox.`,
    );
  return true;
}

export interface Servers {
  readonly urls: Readonly<Record<'tautulli' | 'sonarr' | 'sabnzbd', string>>;
  readonly keys: Readonly<Record<'tautulli' | 'sonarr' | 'sabnzbd', string>>;
}

/** The variables in which the example flow looks for its servers. */
export const variablesOf = ({ urls, keys }: Servers): ServerVariables => ({
  TAUTULLI_URL: urls.tautulli,
  TAUTULLI_API_KEY: keys.tautulli,
  SONARR_URL: urls.sonarr,
  SONARR_API_KEY: keys.sonarr,
  SABNZBD_URL: urls.sabnzbd,
  SABNZBD_API_KEY: keys.sabnzbd,
});

/** The port of Node-RED's editor. */
export function readPort(env: NodeJS.ProcessEnv): number {
  const given = env.PORT?.trim() ?? '';
  const raw = given === '' ? '1880' : given;
  const port = Number(raw);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`PORT is not a port: "${raw}".`);
  return port;
}
