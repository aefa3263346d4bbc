import type {
  Action,
  DownloadState,
  EpisodeDownload,
  LookupEpisode,
  Reason,
  ReasonCode,
  SearchAttempt,
} from '../contracts/index.js';
import { airTime, type Airing } from './aired.js';
import { coolDown } from './cool-down.js';
import { reasonFor } from './reasons.js';

/** What to do with an episode that somebody needs, whoever it is. */
export interface Decision {
  readonly action: Action;
  readonly reason: Reason;
}

export interface DecisionFacts {
  readonly airing: Airing;
  readonly attempt: SearchAttempt | undefined;
  /** Hours. */
  readonly searchCache: number;
  readonly now: number;
}

const UNDER_WAY: Record<DownloadState, { readonly code: ReasonCode; readonly ours: boolean }> = {
  downloading: { code: 'downloading', ours: true },
  queued: { code: 'queued', ours: true },
  grabbed: { code: 'grabbed', ours: true },
  waiting: { code: 'waiting', ours: false },
  failed: { code: 'failed', ours: false },
  blocked: { code: 'blocked', ours: false },
};

const nothing = (reason: Reason): Decision => ({ action: 'none', reason });

/** A job can be ordered when its id is known and it is in our download client; a torrent is in no SABnzbd. */
function withDownload(download: EpisodeDownload): Decision {
  const { code, ours } = UNDER_WAY[download.state];
  if (ours && (download.protocol === 'torrent' || download.otherClient === true))
    return nothing(reasonFor('other-client', { download }));
  return {
    action: ours && download.downloadId !== null ? 'prioritise' : 'none',
    reason: reasonFor(code, { download }),
  };
}

/** Rule 8: the first row that fits. `paused`, `disk-full` and other Usenet clients are found later, when they are asked. */
export function decide(episode: LookupEpisode, { airing, attempt, searchCache, now }: DecisionFacts): Decision {
  if (episode.hasFile) return nothing(reasonFor('on-disk'));
  if (episode.download) return withDownload(episode.download);
  if (airing === 'not-aired') return nothing(reasonFor('not-aired', { until: airTime(episode) }));
  if (airing === 'no-air-date') return nothing(reasonFor('no-air-date'));
  const cooling = coolDown({ attempt, ...episode }, searchCache, now);
  if (cooling) return nothing(reasonFor('cooling-down', { until: cooling.until, by: cooling.cause }));
  return { action: 'search', reason: reasonFor('search') };
}

const UPCOMING: readonly ReasonCode[] = ['not-aired', 'no-air-date'];
const WATCHABLE: readonly ReasonCode[] = [
  'on-disk',
  'downloading',
  'queued',
  'grabbed',
  'other-client',
  'waiting',
  'search',
];

/** Takes no place in a window. */
export const isUpcoming = ({ reason }: Decision): boolean => UPCOMING.includes(reason.code);

/** Ready, on its way or to be searched: its runtime is time that can be watched (rule 7). */
export const isWatchable = ({ reason }: Decision): boolean => WATCHABLE.includes(reason.code);
