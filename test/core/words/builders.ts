import type { Plan, PlanItem, PlanThread } from '../../../src/core/contracts/index.js';

const series = {
  title: 'Harbour Lights',
  tvdbId: 1,
  sonarrId: 1,
  type: 'standard',
  titleSlug: 'harbour-lights',
} as const;
const ann = { id: '1', name: 'Ann' };

export const item = (episode: number, facts: Partial<PlanItem> = {}): PlanItem => ({
  series,
  season: 2,
  episode,
  title: `Episode ${episode}`,
  episodeId: episode,
  airDateUtc: null,
  runtime: 45,
  monitored: true,
  action: 'search',
  reason: { code: 'search', text: 'Missing, aired on 2026-01-01.', until: null },
  viewers: [ann],
  neededBy: '2026-11-22T18:30:00.000Z',
  playedAt: '2026-11-22T17:00:00.000Z',
  download: null,
  result: null,
  release: null,
  downloadId: null,
  queue: null,
  error: null,
  ...facts,
});

export const thread = (facts: Partial<PlanThread> = {}): PlanThread => ({
  viewer: ann,
  series,
  season: 2,
  episode: 5,
  episodeId: 5,
  playing: false,
  playedAt: '2026-11-22T17:00:00.000Z',
  state: 'watching',
  text: 'watching',
  window: [6],
  ...facts,
});

export const plan = (facts: Partial<Plan> = {}): Plan => ({
  text: '',
  run: {
    id: 'run',
    startedAt: '2026-11-22T18:00:00.000Z',
    dryRun: false,
    requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
  },
  at: '2026-11-22T18:00:00.000Z',
  partial: false,
  sonarr: { id: 'a', name: 'Sonarr', url: 'http://nas:8989' },
  sabnzbd: null,
  settings: { episodesToCheck: 5, checkOverflow: 3, execFrequency: 60, skipSpecials: true },
  threads: [thread()],
  items: [],
  unmatched: [],
  filtered: { viewers: 0, libraries: 0, progress: 0 },
  notes: [],
  errors: [],
  ...facts,
});

/** An episode that was grabbed and stands in the queue. */
export const grabbed = (episode: number, facts: Partial<PlanItem> = {}): PlanItem =>
  item(episode, {
    result: { code: 'grabbed', text: 'The first of 3 approved releases.' },
    release: {
      title: 'Harbour.Lights.S02E06',
      size: 1_430_000_000,
      indexer: 'Lab',
      protocol: 'usenet',
      episodeIds: [],
    },
    downloadId: `SABnzbd_nzo_${episode}`,
    queue: { position: 0, priority: 'High', previousPriority: 'Normal' },
    ...facts,
  });
