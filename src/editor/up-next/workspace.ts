import { red } from './red.js';

const SERVERS: ReadonlySet<string> = new Set(['plex-jit-tautulli', 'plex-jit-sonarr', 'plex-jit-sabnzbd']);

const isOurs = (type: string): boolean => type.startsWith('plex-jit-') && !SERVERS.has(type);

type Standing = 'enabled' | 'disabled';

/** What a node in that tab or subflow can be, itself enabled: in a subflow what its instances are, nothing without one. */
function standingsIn(place: string): readonly Standing[] {
  const { nodes } = red();
  const tab = nodes.workspace(place);
  if (tab !== undefined) return [tab.disabled === true ? 'disabled' : 'enabled'];
  return (nodes.subflow(place)?.instances ?? []).flatMap(standingsOf);
}

const standingsOf = ({ z, d }: { readonly z: string; readonly d?: boolean }): readonly Standing[] =>
  standingsIn(z).map((standing) => (d === true ? 'disabled' : standing));

/** What the workspace has of this package's nodes: none, some that only have to be deployed, or only disabled ones. */
export function inWorkspace(): 'none' | Standing {
  const found = new Set<Standing>();
  red().nodes.eachNode((node) => {
    if (isOurs(node.type)) for (const standing of standingsOf(node)) found.add(standing);
  });
  if (found.has('enabled')) return 'enabled';
  return found.has('disabled') ? 'disabled' : 'none';
}
