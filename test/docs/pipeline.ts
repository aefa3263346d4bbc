import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import nextEpisodes from '../../nodes/next-episodes/next-episodes.js';
import sabnzbdPriority from '../../nodes/sabnzbd-priority/sabnzbd-priority.js';
import sabnzbd from '../../nodes/sabnzbd/sabnzbd.js';
import sonarrLookup from '../../nodes/sonarr-lookup/sonarr-lookup.js';
import sonarrSearch from '../../nodes/sonarr-search/sonarr-search.js';
import sonarr from '../../nodes/sonarr/sonarr.js';
import tautulliHistory from '../../nodes/tautulli-history/tautulli-history.js';
import tautulli from '../../nodes/tautulli/tautulli.js';
import { startSandbox, type WorldFile } from '../sandbox/index.js';

interface Helper {
  init(runtime: string): void;
  load(nodes: readonly unknown[], flow: readonly object[], credentials: object): Promise<void>;
  unload(): Promise<void>;
  getNode(id: string): { receive(msg: object): void; on(event: 'input', listener: (msg: Message) => void): void };
}

export interface Message {
  readonly payload: unknown;
  readonly plexJit?: Readonly<Record<string, unknown>>;
}

const load = createRequire(__filename);
const helper = load('node-red-node-test-helper') as Helper;
helper.init(load.resolve('node-red'));

const NODES = [tautulli, sonarr, sabnzbd, tautulliHistory, sonarrLookup, nextEpisodes, sonarrSearch, sabnzbdPriority];

/** Ann is at E02 of six, one of them to come; Bob has watched a show that Sonarr does not have. */
export const WORLD: WorldFile = {
  series: [
    {
      title: 'Harbour Lights',
      year: 2024,
      tvdb: 4711,
      tmdb: 8080,
      imdb: 'tt4711000',
      seasons: [
        {
          number: 1,
          episodes: [
            { number: 1, title: 'Ebb', aired: '-28d', file: true },
            { number: 2, title: 'Flood', aired: '-21d', file: true },
            { number: 3, title: 'Slack Water', aired: '-14d', file: true },
            { number: 4, title: 'The Long Pier', aired: '-7d' },
            { number: 5, title: 'Fog Signal', aired: '-2h' },
            { number: 6, title: 'Landfall', aired: '+7d' },
          ],
        },
      ],
    },
    {
      title: "Grandmother's Slides",
      year: 1998,
      plexIds: 'none',
      notInSonarr: true,
      seasons: [{ number: 1, episodes: 3 }],
    },
  ],
  households: [
    {
      viewers: [
        { name: 'Ann', plays: [{ series: 'Harbour Lights', season: 1, episode: 2, at: '-3h' }] },
        { name: 'Bob', plays: [{ series: "Grandmother's Slides", season: 1, episode: 1, at: '-5h' }] },
      ],
    },
  ],
  indexer: { spacing: 0, searchTakes: 0 },
  sabnzbd: { rate: 0.001 },
  downloads: [{ name: 'Somebody.Elses.Film.2024.1080p', category: 'movies', priority: 'Normal', size: 8 }],
};

const WATCHED = ['history', 'lookup', 'next', 'search', 'partial', 'priority'] as const;

/** What stands at each arrow of the flow: after `history`, `lookup` … and on the second output of the search. */
export type Seen = Readonly<Record<(typeof WATCHED)[number], readonly Message[]>>;

/** What a form saved, by the node's id here. */
export type Saved = Readonly<Record<string, object>>;

const flowFor = (urls: Readonly<Record<'tautulli' | 'sonarr' | 'sabnzbd', string>>, saved: Saved) => [
  { id: 'docs-tab', type: 'tab' },
  { id: 'docs-tautulli', type: 'plex-jit-tautulli', url: urls.tautulli },
  { id: 'docs-sonarr', type: 'plex-jit-sonarr', url: urls.sonarr, sabnzbd: 'docs-sabnzbd' },
  { id: 'docs-sabnzbd', type: 'plex-jit-sabnzbd', url: urls.sabnzbd },
  ...[
    { id: 'history', type: 'tautulli-history', server: 'docs-tautulli', wires: [['lookup', 'see-history']] },
    { id: 'lookup', type: 'sonarr-lookup', server: 'docs-sonarr', wires: [['next', 'see-lookup']] },
    { id: 'next', type: 'next-episodes', wires: [['search', 'see-next']] },
    {
      id: 'search',
      type: 'sonarr-search',
      server: 'docs-sonarr',
      wires: [
        ['priority', 'see-search'],
        ['priority', 'see-partial'],
      ],
    },
    { id: 'priority', type: 'sabnzbd-priority', server: 'docs-sabnzbd', wires: [['see-priority']] },
  ].map((node) => ({ ...saved[node.id], ...node, z: 'docs-tab', type: `plex-jit-${node.type}` })),
  ...WATCHED.map((name) => ({ id: `see-${name}`, z: 'docs-tab', type: 'helper' })),
];

/** Runs the flow once against the sandbox, from that node on. The messages are copies, as each node sends its own on. */
export const runPipeline = async (
  msg: object,
  from: 'history' | 'lookup' = 'history',
  saved: Saved = {},
): Promise<Seen> => {
  const sandbox = await startSandbox(WORLD);
  const seen: Record<keyof Seen, Message[]> = {
    history: [],
    lookup: [],
    next: [],
    search: [],
    partial: [],
    priority: [],
  };
  try {
    await helper.load(
      NODES,
      flowFor(sandbox.urls, saved),
      Object.fromEntries(Object.entries(sandbox.keys).map(([name, apiKey]) => [`docs-${name}`, { apiKey }])),
    );
    for (const name of WATCHED)
      helper.getNode(`see-${name}`).on('input', (sent) => void seen[name].push(structuredClone(sent)));
    helper.getNode(from).receive(msg);
    const deadline = Date.now() + 15_000;
    while (seen.priority.length === 0 && Date.now() < deadline) await wait(10);
    return seen;
  } finally {
    await helper.unload();
    await sandbox.close();
  }
};
