import { describe, expect, it } from 'vitest';
import type { Episode, Play, Series } from '../../../src/core/contracts/index.js';
import { episodeMatcher } from '../../../src/core/matching/index.js';
import { episode, play, series } from './builders.js';

const standard = series('Harbour Lights');
const anime = series('Kaze no Machi', { type: 'anime' });
const daily = series('Evening News', { type: 'daily' });

const matchEpisode = (played: Play, of: Series, episodes: readonly Episode[]) => episodeMatcher(of, episodes)(played);

const animeEpisodes = [
  ...Array.from({ length: 26 }, (_, i) => episode(1, i + 1, { absolute: i + 1 })),
  ...Array.from({ length: 4 }, (_, i) => episode(2, i + 1, { absolute: 27 + i })),
];
const days = ['2026-11-18', '2026-11-19', '2026-11-20'].map((airDate, i) => episode(2026, 200 + i, { airDate }));

describe('cases of planning', () => {
  it('32: an absolute number of an anime', () => {
    expect(matchEpisode(play(1, 27), anime, animeEpisodes)).toEqual({ episodeId: 2001, matchedBy: 'absolute' });
  });

  it('33: a daily show by its date, without a number', () => {
    const played = play(null, null, { airDate: '2026-11-19' });
    expect(matchEpisode(played, daily, days)).toEqual({ episodeId: 2026201, matchedBy: 'air-date' });
  });

  it('33: of two episodes of one day by its number, and never one of the day before', () => {
    const double = [...days, episode(2026, 203, { airDate: '2026-11-20' })];
    const aired = { airDate: '2026-11-20' };
    expect(matchEpisode(play(2026, 203, aired), daily, double)).toEqual({ episodeId: 2026203, matchedBy: 'number' });
    expect(matchEpisode(play(null, null, aired), daily, double)).toMatchObject({ code: 'no-episode-number' });
  });

  it('34: a number that nothing matches is told with what was tried', () => {
    const played = play(1, 99, {
      airDate: '2020-01-01',
      episodeIds: { tvdb: 77, tmdb: null, imdb: null },
    });
    expect(matchEpisode(played, standard, [episode(1, 1, { airDate: '2019-05-01' })])).toEqual({
      code: 'episode-not-in-series',
      text: 'Harbour Lights has no S01E99 in Sonarr (tried number S01E99, tvdb id 77, air date 2020-01-01, scene number S01E99).',
    });
  });

  const reordered = [
    episode(1, 5, { airDate: '2021-03-01', tvdbId: 55 }),
    episode(1, 7, { airDate: '2019-05-01', tvdbId: 57 }),
  ];

  it('59: a number whose air date is years off yields to the date', () => {
    const played = play(1, 5, { airDate: '2019-05-01' });
    expect(matchEpisode(played, standard, reordered)).toEqual({ episodeId: 1007, matchedBy: 'air-date' });
  });

  it('59: or to the tvdb id of the episode', () => {
    const played = play(1, 5, { airDate: '2019-05-03', episodeIds: { tvdb: 57, tmdb: null, imdb: null } });
    expect(matchEpisode(played, standard, reordered)).toEqual({ episodeId: 1007, matchedBy: 'tvdb' });
  });

  it('59: which outweighs a date that fits nothing', () => {
    const played = play(1, 5, { airDate: '2018-01-01', episodeIds: { tvdb: 57, tmdb: null, imdb: null } });
    expect(matchEpisode(played, standard, reordered)).toEqual({ episodeId: 1007, matchedBy: 'tvdb' });
  });

  it('59: and is a reason when nothing else fits', () => {
    const played = play(1, 5, { airDate: '2018-01-01' });
    expect(matchEpisode(played, standard, reordered)).toMatchObject({
      code: 'episode-not-in-series',
      text: expect.stringContaining(
        'S01E05 of Harbour Lights aired on 2021-03-01 in Sonarr and on 2018-01-01 in Plex',
      ) as string,
    });
  });
});

describe('B19: a number that Sonarr does not have is never silently nothing', () => {
  it.each([
    ['no such season', play(9, 3)],
    ['no such number', play(1, 40)],
    ['no number at all', play(null, null)],
    ['a date that two episodes share', play(null, null, { airDate: '2020-02-02' })],
  ])('%s has a reason', (_, played) => {
    const twins = [1, 2].map((n) => episode(1, n, { airDate: '2020-02-02' }));
    expect(matchEpisode(played, standard, twins)).toHaveProperty('code');
  });
});

describe('the number', () => {
  it('counts when dates agree within a week or one is unknown', () => {
    const list = [episode(1, 2, { airDate: '2020-01-08' })];
    const of = (airDate: string | null) => matchEpisode(play(1, 2, { airDate }), standard, list);
    expect(of('2020-01-01')).toEqual({ episodeId: 1002, matchedBy: 'number' });
    expect(of(null)).toEqual({ episodeId: 1002, matchedBy: 'number' });
    expect(of('2019-12-31')).toHaveProperty('code', 'episode-not-in-series');
  });

  it('counts before a date that another episode has too', () => {
    const list = [episode(1, 2, { airDate: '2020-01-08' }), episode(1, 3, { airDate: '2020-01-05' })];
    expect(matchEpisode(play(1, 2, { airDate: '2020-01-05' }), standard, list)).toEqual({
      episodeId: 1002,
      matchedBy: 'number',
    });
  });

  it('of a special is looked up among the specials', () => {
    const list = [episode(0, 1, { airDate: '2020-01-01' }), episode(1, 1, { airDate: '2020-01-01' })];
    expect(matchEpisode(play(0, 1), standard, list)).toEqual({ episodeId: 1, matchedBy: 'number' });
    expect(matchEpisode(play(0, 9, { airDate: '2020-01-01' }), standard, list)).toEqual({
      episodeId: 1,
      matchedBy: 'air-date',
    });
  });
});

describe('daily series', () => {
  it('go by the date before the number', () => {
    expect(matchEpisode(play(2026, 200, { airDate: '2026-11-20' }), daily, days)).toEqual({
      episodeId: 2026202,
      matchedBy: 'air-date',
    });
  });

  it('accept the day before or after when it is the only one', () => {
    const of = (airDate: string) => matchEpisode(play(null, null, { airDate }), daily, days.slice(0, 2));
    expect(of('2026-11-20')).toEqual({ episodeId: 2026201, matchedBy: 'air-date' });
    expect(of('2026-11-21')).toHaveProperty('code', 'no-episode-number');
  });

  it('choose no neighbour when both fit', () => {
    const list = days.filter((e) => e.airDate !== '2026-11-19');
    expect(matchEpisode(play(null, null, { airDate: '2026-11-19' }), daily, list)).toHaveProperty('code');
  });

  it('use the number only where its date agrees within a day', () => {
    expect(matchEpisode(play(2026, 200, { airDate: '2026-11-23' }), daily, days)).toHaveProperty('code');
    expect(matchEpisode(play(2026, 200), daily, days)).toEqual({ episodeId: 2026200, matchedBy: 'number' });
  });
});

describe('other numbers', () => {
  it('an absolute number where the season does not exist', () => {
    const list = [episode(1, 27, { absolute: 27 })];
    expect(matchEpisode(play(2, 27), standard, list)).toEqual({ episodeId: 1027, matchedBy: 'absolute' });
    expect(matchEpisode(play(1, 28), standard, list)).toHaveProperty('code');
  });

  it('is never an absolute number below its season, nor of another date', () => {
    const list = [episode(1, 2, { absolute: 2, airDate: '2010-01-01' })];
    expect(matchEpisode(play(3, 2), anime, list)).toHaveProperty('code');
    expect(matchEpisode(play(0, 2), anime, list)).toHaveProperty('code');
    expect(matchEpisode(play(2, 2, { airDate: '2012-01-01' }), anime, list)).toHaveProperty('code');
  });

  it('scene numbers come last', () => {
    const list = [episode(2, 1, { sceneSeason: 1, sceneEpisode: 13 }), episode(1, 12)];
    expect(matchEpisode(play(1, 13), standard, list)).toEqual({ episodeId: 2001, matchedBy: 'scene' });
  });

  it('a number that two episodes have is no answer', () => {
    const list = [
      episode(2, 1, { sceneSeason: 1, sceneEpisode: 13 }),
      episode(2, 2, { sceneSeason: 1, sceneEpisode: 13 }),
    ];
    expect(matchEpisode(play(1, 13), standard, list)).toHaveProperty('code', 'episode-not-in-series');
  });
});

it('35: one matcher serves all plays of a series', () => {
  const match = episodeMatcher(anime, animeEpisodes);
  expect([play(1, 1), play(1, 26), play(1, 30)].map((p) => match(p))).toEqual([
    { episodeId: 1001, matchedBy: 'number' },
    { episodeId: 1026, matchedBy: 'number' },
    { episodeId: 2004, matchedBy: 'absolute' },
  ]);
});
