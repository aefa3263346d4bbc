import type { WorldDownload, WorldEpisode, WorldFile, WorldSeason, WorldSeries } from '../sandbox/world/format.js';

/** When the recordings were made. */
export const RECORDED_AT = Date.parse('2026-11-22T15:30:00Z');

const season = (
  number: number,
  episodes: WorldSeason['episodes'],
  firstAired: string,
  more: Partial<WorldSeason> = {},
) => ({
  number,
  episodes,
  firstAired: `${firstAired}T20:00:00Z`,
  ...more,
});

const show = (title: string, year: number, seasons: WorldSeason[], more: Partial<WorldSeries> = {}): WorldSeries => ({
  title,
  year,
  status: 'ended',
  seasons,
  ...more,
});

const workdays = (first: string, count: number): WorldEpisode[] => {
  const days: WorldEpisode[] = [];
  for (let at = Date.parse(first); days.length < count; at += 86_400_000) {
    const weekday = new Date(at).getUTCDay();
    if (weekday > 0 && weekday < 6) days.push({ number: days.length + 1, aired: new Date(at).toISOString() });
  }
  return days;
};

const numbered = (...numbers: number[]): WorldEpisode[] => numbers.map((number) => ({ number }));

/** The library of the recordings, in its order: series and episodes get the ids that are in the recorded requests. */
const SERIES: readonly WorldSeries[] = [
  show(
    'Starfall Academia',
    2024,
    [
      season(1, 12, '2024-04-06', { files: '1-6', pack: true }),
      season(2, 12, '2026-09-23'),
      season(0, 1, '2024-12-24', { monitored: false }),
    ],
    { type: 'anime', status: 'continuing', runtime: 24, tvdb: 900_104 },
  ),
  show(
    'Harbour Lights',
    2018,
    [
      season(0, 3, '2018-12-01', { files: '1' }),
      season(1, 8, '2018-09-03', { files: 'all' }),
      season(2, 8, '2019-09-02', { files: '1-3' }),
      season(3, 8, '2021-01-04'),
    ],
    { runtime: 50, tvdb: 900_101, tags: ['jitflow'] },
  ),
  show(
    'The Copper Valley',
    2023,
    [
      season(1, 10, '2023-01-05', { files: 'all' }),
      season(2, 10, '2024-01-05', { files: 'all' }),
      season(3, 10, '2025-01-05', { files: '1-9' }),
      season(4, 10, '2026-10-22', { pack: true }),
    ],
    { status: 'continuing', tags: ['jitflow'] },
  ),
  show(
    'Tonight with Mara Quill',
    2026,
    [season(2026, workdays('2026-10-13T20:00:00Z', 34), '2026-10-13', { files: '1-5' })],
    {
      type: 'daily',
      status: 'continuing',
      runtime: 30,
    },
  ),
  show(
    'Old Mill Road',
    2015,
    [
      season(0, 6, '2015-12-25', { files: 'all' }),
      season(1, 6, '2015-03-02', { files: 'all' }),
      season(2, 6, '2016-03-07'),
    ],
    { monitored: false, runtime: 30 },
  ),
  show('Gap Year Diaries', 2019, [
    season(1, numbered(1, 2, 4, 5, 8), '2019-05-08', { files: '1-2' }),
    season(3, 3, '2022-05-08', { releases: 'none' }),
  ]),
  show(
    "Tomorrow's Garden",
    2026,
    [season(1, [...numbered(1, 2, 3, 4), { number: 5, aired: 'none' }, { number: 6, aired: 'none' }], '2026-12-22')],
    { status: 'upcoming' },
  ),
  show('Lost Reels', 1961, [season(1, 8, '1961-01-01')], { tmdb: 0, imdb: '', runtime: 25 }),
  show('Night Shift', 2009, [season(1, 6, '2009-02-02', { files: 'all' }), season(2, 6, '2010-02-01')], {
    monitored: false,
  }),
  show('Night Shift (2024)', 2024, [season(1, 8, '2024-10-04', { files: '1-2' }), season(2, 8, '2025-08-15')]),
  show("Crème Brûlée & Murder: L'Étrange Affaire!", 2022, [season(1, 6, '2022-03-01', { files: '1-2' })], {
    runtime: 52,
  }),
  show('Zero Clock', 2020, [season(1, 5, '2020-06-01')], { runtime: 0 }),
  show(
    'Long Haul',
    2008,
    Array.from({ length: 10 }, (_, i) => season(i + 1, 24, `${2008 + i}-09-10`, i < 6 ? { files: 'all' } : {})),
    { runtime: 44 },
  ),
  show('Echo Bay', 2011, [season(1, 6, '2011-04-04', { files: '1-2' })], { key: 'Echo Bay (2011)', runtime: 44 }),
  show('Echo Bay', 2020, [season(1, 6, '2020-04-06')], { key: 'Echo Bay (2020)', runtime: 44 }),
];

const job = (series: string, ofSeason: number, episodes: string, more: Partial<WorldDownload> = {}): WorldDownload => ({
  series,
  season: ofSeason,
  episodes,
  ...more,
});

/** Seven known jobs and an unknown one: the queue of `queue_all` and its pages. */
export const JOBS: readonly WorldDownload[] = [
  job('Starfall Academia', 1, '8'),
  ...['1', '2', '3'].map((n) => job('Harbour Lights', 3, n)),
  job('The Copper Valley', 4, '5'),
  job('Tonight with Mara Quill', 2026, '11'),
  job('Echo Bay (2020)', 1, '3'),
  { name: 'Some.Other.Programme.S01E01.1080p.WEB-DL.H264-GRPK', state: 'unmapped' },
];

/** `queue_pending`: one under way and one that Sonarr holds back. */
export const HELD_BACK: readonly WorldDownload[] = [
  job('Gap Year Diaries', 1, '4'),
  job('Gap Year Diaries', 1, '8', { state: 'waiting' }),
];

export const PACK: readonly WorldDownload[] = [job('Long Haul', 8, 'all')];

export const stuck = (series: string, ofSeason: number, episode: string): readonly WorldDownload[] => [
  job(series, ofSeason, episode, { state: 'blocked' }),
];

/** The library with an indexer that answers at once; parts of it can be others. */
export const recordedWorld = (more: Partial<WorldFile> = {}): WorldFile => ({
  series: SERIES,
  households: [],
  indexer: { name: 'Lab Indexer', spacing: 0, searchTakes: 0 },
  ...more,
});
