import type { Lookup, LookupEpisode } from '../../src/core/contracts/index.js';
import { series } from '../core/matching/builders.js';
import { lookup, play } from '../runtime/builders.js';
import type { Bench } from './bench.js';

const episode = (number: number, of: Partial<LookupEpisode> = {}): LookupEpisode => ({
  id: 10 + number,
  seriesId: 1,
  tvdbId: null,
  season: 1,
  episode: number,
  title: `Part ${number}`,
  airDate: '2024-01-01',
  airDateUtc: '2024-01-01T20:00:00.000Z',
  runtime: 45,
  absolute: null,
  sceneSeason: null,
  sceneEpisode: null,
  sceneAbsolute: null,
  monitored: true,
  hasFile: number === 1,
  fileId: number === 1 ? 1 : null,
  fresh: true,
  download: null,
  grabFailedAt: null,
  ...of,
});

/** Ann is at E01 of three; the third has not aired. */
export const lookedUp = (b: Bench, of: Partial<Lookup> = {}): Lookup => {
  const now = Date.now();
  const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  const unaired = { airDate: '2099-01-01', airDateUtc: '2099-01-01T20:00:00.000Z' };
  return lookup({
    at: new Date(now).toISOString(),
    sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr },
    series: [
      {
        series: series('Harbour Lights', { id: 1, year: 2024, tvdbId: 4711, titleSlug: 'harbour-lights' }),
        tagLabels: [],
        excluded: null,
        episodes: [episode(1), episode(2), episode(3, unaired)],
        plays: [{ play: play({ startedAt: hoursAgo(3), stoppedAt: hoursAgo(2) }), episodeId: 11, matchedBy: 'number' }],
      },
    ],
    ...of,
  });
};
