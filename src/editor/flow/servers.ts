import { type FlowNode, type ServerNode, serversOf, workspace } from './workspace.js';
import { type Start, upstreamOf } from './upstream.js';

export type Service = 'tautulli' | 'sonarr';

export const PRODUCTS: Readonly<Record<Service, string>> = { tautulli: 'Tautulli', sonarr: 'Sonarr' };

const typeOf = (service: Service): string => `plex-jit-${service}`;

/** What stands in the form's own field for the server; null for a form without one. */
const chosenInForm = (): string | null => {
  const field = document.getElementById('node-input-server');
  return field instanceof HTMLSelectElement || field instanceof HTMLInputElement ? field.value : null;
};

/** The server of the nodes that lead here, the nearest first. */
const chosenUpstream = (node: Start, service: Service): string | undefined =>
  upstreamOf(node, workspace)
    .filter(({ type }) => type.startsWith(`${typeOf(service)}-`))
    .map((one) => (one as FlowNode).server)
    .find((id) => id !== undefined && id !== '');

/** The server that a form's lists come from: its own, else that of the nodes before it, else the only one there is. */
export const serverFor = (node: Start, service: Service): ServerNode | null => {
  const all = serversOf(typeOf(service));
  const own = node.type.startsWith(`${typeOf(service)}-`) ? chosenInForm() : null;
  if (own !== null) return all.find(({ id }) => id === own) ?? null;
  const before = chosenUpstream(node, service);
  return all.find(({ id }) => id === before) ?? (all.length === 1 ? (all[0] ?? null) : null);
};
