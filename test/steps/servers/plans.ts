import type {
  EpisodeDownload,
  Plan,
  PlanItem,
  ReasonCode,
  Release,
  SeriesType,
} from '../../../src/core/contracts/index.js';
import { reasonFor } from '../../../src/core/planning/index.js';
import { toInstant } from '../../../src/core/time.js';
import { START } from './scope.js';

export const SONARR = { id: 'sonarr1', name: 'Sonarr', url: 'http://nas:8989' };
export const SABNZBD = { id: 'sab1', name: 'SABnzbd', url: 'http://nas:8080' };

interface ItemFacts extends Partial<Omit<PlanItem, 'series' | 'reason'>> {
  readonly series?: number;
  readonly type?: SeriesType;
  readonly reason?: ReasonCode;
  /** Minutes from now. */
  readonly needed?: number;
}

/** Episode ids say series, season and number: 10203 is series 1, S02E03. */
export const item = (episodeId: number, facts: ItemFacts = {}): PlanItem => {
  const { series = Math.floor(episodeId / 10000), type = 'standard', reason = 'search', needed, ...rest } = facts;
  const number = episodeId % 100;
  return {
    series: { title: `Show ${series}`, tvdbId: 100 + series, sonarrId: series, type, titleSlug: `show-${series}` },
    season: Math.floor(episodeId / 100) % 100,
    episode: number,
    title: `Part ${number}`,
    episodeId,
    airDateUtc: '2020-01-01T00:00:00Z',
    runtime: 30,
    monitored: true,
    action: reason === 'search' ? 'search' : reason === 'queued' || reason === 'downloading' ? 'prioritise' : 'none',
    reason: reasonFor(reason),
    viewers: [{ id: '1', name: 'Ann' }],
    neededBy: toInstant(START + (needed ?? 30 * number) * 60_000),
    playedAt: toInstant(START - 3_600_000),
    download: null,
    result: null,
    release: null,
    downloadId: null,
    queue: null,
    error: null,
    ...rest,
  };
};

export const download = (facts: Partial<EpisodeDownload> = {}): EpisodeDownload => ({
  state: 'queued',
  downloadId: 'SABnzbd_nzo_a',
  protocol: 'usenet',
  client: 'SABnzbd',
  indexer: 'Lab',
  title: 'Some.Release',
  size: 1e9,
  sizeLeft: 1e9,
  timeLeft: null,
  grabbedAt: null,
  messages: [],
  ...facts,
});

/** An item whose job is in the queue. */
export const queued = (episodeId: number, id: string, facts: ItemFacts = {}): PlanItem =>
  item(episodeId, {
    reason: 'queued',
    downloadId: `SABnzbd_nzo_${id}`,
    download: download({ downloadId: `SABnzbd_nzo_${id}` }),
    ...facts,
  });

/** An item that was grabbed in this run. */
export const grabbed = (episodeId: number, id: string, facts: ItemFacts = {}): PlanItem =>
  item(episodeId, {
    downloadId: `SABnzbd_nzo_${id}`,
    result: { code: 'grabbed', text: '' },
    release: { title: 'R', size: 1e9, indexer: 'Lab', protocol: 'usenet', episodeIds: [episodeId] },
    ...facts,
  });

let runs = 0;

export const planOf = (items: readonly PlanItem[], facts: Partial<Plan> = {}): Plan => {
  runs += 1;
  return {
    text: '',
    run: {
      id: `run ${runs}`,
      startedAt: facts.at ?? toInstant(START),
      dryRun: false,
      requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
    },
    at: toInstant(START),
    partial: false,
    sonarr: SONARR,
    sabnzbd: SABNZBD,
    settings: { episodesToCheck: 5, checkOverflow: 3, execFrequency: 60, skipSpecials: true },
    threads: [],
    items,
    unmatched: [],
    filtered: { viewers: 0, libraries: 0, progress: 0 },
    notes: [],
    errors: [],
    ...facts,
  };
};

export const release = (guid: string, episodeIds: readonly number[], facts: Partial<Release> = {}): Release => ({
  guid,
  indexerId: 1,
  indexer: 'Lab',
  title: `Release.${guid}`,
  size: 1e9,
  protocol: 'usenet',
  approved: true,
  temporarilyRejected: false,
  rejections: [],
  downloadAllowed: true,
  fullSeason: false,
  mappedSeriesId: 1,
  mappedSeason: 1,
  episodeIds,
  ...facts,
});

export const rejected = (guid: string, episodeIds: readonly number[], ...rejections: string[]): Release =>
  release(guid, episodeIds, { approved: false, rejections });

export const at = (plan: Plan, episodeId: number): PlanItem => {
  const found = plan.items.find((one) => one.episodeId === episodeId);
  if (found === undefined) throw new Error(`no item ${episodeId}`);
  return found;
};
