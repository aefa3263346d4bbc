import type { Episode, Play, PlayedShow, Series } from '../../../src/core/contracts/index.js';

let lastId = 0;

/** A series of Sonarr; only what matters is given. */
export const series = (title: string, facts: Partial<Series> = {}): Series => {
  const id = facts.id ?? ++lastId;
  return {
    id,
    title,
    alternateTitles: [],
    year: null,
    tvdbId: 1000 + id,
    tmdbId: null,
    imdbId: null,
    type: 'standard',
    status: 'continuing',
    monitored: true,
    runtime: 45,
    tags: [],
    path: `/tv/${title}`,
    titleSlug: `series-${id}`,
    ...facts,
  };
};

export const show = (title: string, facts: Partial<PlayedShow> = {}): PlayedShow => ({
  title,
  year: null,
  key: '100',
  metadata: true,
  ...facts,
  ids: { tvdb: null, tmdb: null, imdb: null, ...facts.ids },
});

export const episode = (season: number, number: number, facts: Partial<Episode> = {}): Episode => ({
  id: season * 1000 + number,
  seriesId: 1,
  tvdbId: null,
  season,
  episode: number,
  title: `Episode ${number}`,
  airDate: null,
  airDateUtc: null,
  runtime: 45,
  absolute: null,
  sceneSeason: null,
  sceneEpisode: null,
  sceneAbsolute: null,
  monitored: true,
  hasFile: false,
  fileId: null,
  ...facts,
});

export const play = (season: number | null, number: number | null, facts: Partial<Play> = {}): Play => ({
  id: 1,
  viewer: { id: '1', name: 'Ann' },
  library: { id: '1', name: 'TV' },
  show: show('Harbour Lights'),
  season,
  episode: number,
  title: 'Some Title',
  airDate: null,
  episodeIds: { tvdb: null, tmdb: null, imdb: null },
  startedAt: '2026-11-22T17:00:00.000Z',
  stoppedAt: '2026-11-22T17:45:00.000Z',
  progress: 100,
  watched: true,
  playing: false,
  active: true,
  ...facts,
});
