import { red } from './red.js';

const SERVERS: ReadonlySet<string> = new Set(['plex-jit-tautulli', 'plex-jit-sonarr', 'plex-jit-sabnzbd']);

const isOurs = (type: string): boolean => type.startsWith('plex-jit-') && !SERVERS.has(type);

/** What the workspace has of this package's nodes: none, some that only have to be deployed, or only disabled ones. */
export function inWorkspace(): 'none' | 'enabled' | 'disabled' {
  const { nodes } = red();
  const found = new Set<'enabled' | 'disabled'>();
  nodes.eachNode(({ type, z, d }) => {
    const tab = nodes.workspace(z);
    // In a subflow without an instance nothing ever runs.
    const isUsed = tab !== undefined || (nodes.subflow(z)?.instances ?? []).length > 0;
    if (isOurs(type) && isUsed) found.add(d === true || tab?.disabled === true ? 'disabled' : 'enabled');
  });
  if (found.has('enabled')) return 'enabled';
  return found.has('disabled') ? 'disabled' : 'none';
}
