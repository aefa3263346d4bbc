import type { Bench, BenchNode } from './bench.js';
import { item, lookup, plan, play } from '../runtime/builders.js';

export const NODES = [
  'tautulli-history',
  'sonarr-lookup',
  'next-episodes',
  'sonarr-search',
  'sabnzbd-priority',
  'tautulli-notify',
] as const;
export type NodeName = (typeof NODES)[number];

interface Good {
  readonly settings: Omit<BenchNode, 'type'>;
  /** Its payload starts a run and is not read. */
  readonly takesAnything?: true;
  payload(b: Bench): unknown;
}

const wanted = () => item({ action: 'search', reason: { code: 'search', text: 'missing', until: null } });
const planOf = (b: Bench) =>
  plan({
    at: new Date().toISOString(),
    sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr },
    items: [wanted()],
  });

/** What each node works on, without any effect that takes time. */
export const GOOD: Readonly<Record<NodeName, Good>> = {
  'tautulli-history': { settings: {}, takesAnything: true, payload: () => undefined },
  'sonarr-lookup': { settings: {}, payload: () => [play({ airDate: null })] },
  'next-episodes': {
    settings: {},
    payload: (b) => lookup({ sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr } }),
  },
  'sonarr-search': { settings: { dryRun: true }, payload: planOf },
  'sabnzbd-priority': { settings: { dryRun: true }, payload: planOf },
  'tautulli-notify': { settings: { dryRun: true }, payload: planOf },
};

export const goodMessage = (node: NodeName, b: Bench): Record<string, unknown> => ({
  topic: 'good',
  payload: GOOD[node].payload(b),
});
