import type { Lookup, Plan, PlanItem, Play, RunInfo, ServerRef } from '../../src/core/contracts/index.js';

export const SONARR: ServerRef = { id: 'sonarr-1', name: 'Sonarr', url: 'http://127.0.0.1:9/sonarr' };

let runs = 0;

export const run = (of: Partial<RunInfo> = {}): RunInfo => ({
  id: `run-${(runs += 1)}`,
  startedAt: '2026-11-22T17:00:00.000Z',
  dryRun: false,
  requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
  ...of,
});

const noIds = { tvdb: null, tmdb: null, imdb: null };

export const play = (of: Partial<Play> = {}): Play => ({
  id: 1,
  viewer: { id: '7', name: 'Ann' },
  library: { id: '2', name: 'TV' },
  show: { title: 'Harbour Lights', year: 2024, key: '100', ids: { ...noIds, tvdb: 4711 }, metadata: true },
  season: 1,
  episode: 1,
  title: 'Ebb',
  airDate: '2024-01-01',
  episodeIds: noIds,
  startedAt: '2026-11-22T15:00:00.000Z',
  stoppedAt: '2026-11-22T15:45:00.000Z',
  progress: 98,
  watched: true,
  playing: false,
  active: true,
  ...of,
});

const pipeline = () => ({
  run: run(),
  at: '2026-11-22T17:00:01.000Z',
  sonarr: SONARR,
  sabnzbd: null,
  unmatched: [],
  filtered: { viewers: 0, libraries: 0, progress: 0 },
  notes: [],
  errors: [],
});

export const lookup = (of: Partial<Lookup> = {}): Lookup => ({
  ...pipeline(),
  searchCache: 48,
  unitsRead: 24,
  series: [],
  remembered: { attempts: [], wants: [], searchesToday: 0 },
  ...of,
});

export const plan = (of: Partial<Plan> = {}): Plan => ({
  text: '',
  ...pipeline(),
  partial: false,
  settings: { episodesToCheck: 5, checkOverflow: 3, execFrequency: 60, skipSpecials: true },
  threads: [],
  items: [],
  ...of,
});

export const item = (of: Partial<PlanItem> = {}): PlanItem => ({
  series: {
    title: 'Harbour Lights',
    tvdbId: 4711,
    sonarrId: 1,
    type: 'standard',
    titleSlug: 'harbour-lights',
  },
  season: 1,
  episode: 2,
  title: 'Flow',
  episodeId: 12,
  airDateUtc: '2024-01-08T20:00:00.000Z',
  runtime: 45,
  monitored: true,
  action: 'none',
  reason: { code: 'on-disk', text: 'on disk', until: null },
  viewers: [{ id: '7', name: 'Ann' }],
  neededBy: '2026-11-22T17:30:00.000Z',
  playedAt: '2026-11-22T15:00:00.000Z',
  download: null,
  result: null,
  release: null,
  downloadId: null,
  queue: null,
  error: null,
  ...of,
});
