import type { Episode, GrabRecord, OpenWant, Play, QueueRow, Series } from '../../../src/core/contracts/index.js';
import { DAY, HOUR, toInstant } from '../../../src/core/time.js';

export const NOW = Date.parse('2026-11-22T20:00:00Z');

export const series = (id: number, facts: Partial<Series> = {}): Series => ({
  id,
  title: `Show ${id}`,
  alternateTitles: [],
  year: 2020,
  tvdbId: 1000 + id,
  tmdbId: null,
  imdbId: null,
  type: 'standard',
  status: 'ended',
  monitored: true,
  runtime: 45,
  tags: [],
  path: `/tv/show-${id}`,
  titleSlug: `show-${id}`,
  ...facts,
});

/** Episode `number` of season 1 of a series; its id is `100 × series + number`. Aired weekly, long ago. */
export const episode = (seriesId: number, number: number, facts: Partial<Episode> = {}): Episode => {
  const aired = toInstant(NOW - (400 - number) * DAY);
  return {
    id: 100 * seriesId + number,
    seriesId,
    tvdbId: null,
    season: 1,
    episode: number,
    title: `Part ${number}`,
    airDate: aired.slice(0, 10),
    airDateUtc: aired,
    runtime: 45,
    absolute: null,
    sceneSeason: null,
    sceneEpisode: null,
    sceneAbsolute: null,
    monitored: false,
    hasFile: false,
    fileId: null,
    ...facts,
  };
};

let nextPlay = 0;

/** Ann's active play of an episode of season 1 of a series, by its tvdb id. */
export const play = (seriesId: number, number: number, facts: Partial<Play> = {}): Play => {
  nextPlay += 1;
  return {
    id: nextPlay,
    viewer: { id: '7', name: 'Ann' },
    library: { id: '2', name: 'TV' },
    show: {
      title: `Show ${seriesId}`,
      year: 2020,
      key: `k${seriesId}`,
      ids: { tvdb: 1000 + seriesId, tmdb: null, imdb: null },
      metadata: true,
    },
    season: 1,
    episode: number,
    title: `Part ${number}`,
    airDate: null,
    episodeIds: { tvdb: null, tmdb: null, imdb: null },
    startedAt: toInstant(NOW - 2 * HOUR),
    stoppedAt: toInstant(NOW - HOUR),
    progress: 100,
    watched: true,
    playing: false,
    active: true,
    ...facts,
  };
};

export const queued = (episodeId: number, downloadId: string, facts: Partial<QueueRow> = {}): QueueRow => ({
  id: episodeId,
  seriesId: Math.floor(episodeId / 100),
  episodeId,
  title: `release of ${episodeId}`,
  status: 'downloading',
  trackedStatus: 'ok',
  trackedState: 'downloading',
  messages: [],
  downloadId,
  protocol: 'usenet',
  client: 'SABnzbd',
  indexer: 'Indexer',
  size: 2e9,
  sizeLeft: 1e9,
  timeLeft: 600,
  ...facts,
});

let nextRecord = 0;

export const grabbed = (
  episodeId: number,
  downloadId: string,
  ago: number,
  facts: Partial<GrabRecord> = {},
): GrabRecord => {
  nextRecord += 1;
  return {
    id: nextRecord,
    seriesId: Math.floor(episodeId / 100),
    episodeId,
    event: 'grabbed',
    date: toInstant(NOW - ago),
    downloadId,
    sourceTitle: `release of ${episodeId}`,
    guid: `guid ${episodeId}`,
    indexer: 'Indexer',
    protocol: 'usenet',
    client: 'SABnzbd',
    size: 2e9,
    message: null,
    ...facts,
  };
};

/** Ann's open want of an episode, of nine days ago. */
export const want = (seriesId: number, number: number): OpenWant => ({
  seriesId,
  episodeId: 100 * seriesId + number,
  viewer: { id: '7', name: 'Ann' },
  playedAt: toInstant(NOW - 9 * DAY),
  openedAt: toInstant(NOW - 9 * DAY),
});
