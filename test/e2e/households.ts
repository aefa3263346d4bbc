import type { WorldFile } from '../sandbox/world/format.js';

/** Two people, two series; the indexer answers at once and downloads take for ever, so that queues can be looked at. */
export const twoPeople: WorldFile = {
  series: [
    {
      title: 'Harbour Lights',
      year: 2019,
      tvdb: 510_001,
      status: 'ended',
      runtime: 45,
      seasons: [{ number: 1, episodes: 10, files: '1-2' }],
    },
    {
      title: 'Night Ferry',
      year: 2021,
      tvdb: 510_002,
      status: 'ended',
      runtime: 50,
      seasons: [{ number: 2, episodes: 8, files: '1' }],
    },
  ],
  households: [
    {
      viewers: [
        { name: 'Ann', plays: [{ series: 'Harbour Lights', season: 1, episode: 2, at: '-3h' }] },
        { name: 'Bob', plays: [{ series: 'Night Ferry', season: 2, episode: 1, at: '-5h' }] },
      ],
    },
  ],
  tautulli: { notifiers: [{ id: 3, agent: 'email', name: 'Family' }] },
  indexer: { spacing: 0, searchTakes: 0 },
  sabnzbd: { rate: 0.001 },
  downloads: [
    { name: 'Somebody.Elses.Film.2024.1080p', category: 'movies', priority: 'High', size: 8 },
    { name: 'Another.Film.2023.1080p', category: 'movies', priority: 'Normal', size: 8 },
  ],
};

/** What `twoPeople` need, in the order of need: both resume in half an hour, Ann played last. */
export const TWO_PEOPLE_NEED = [
  'Harbour Lights S01E03',
  'Night Ferry S02E02',
  'Harbour Lights S01E04',
  'Night Ferry S02E03',
  'Harbour Lights S01E05',
  'Night Ferry S02E04',
  'Harbour Lights S01E06',
  'Night Ferry S02E05',
  'Harbour Lights S01E07',
  'Night Ferry S02E06',
];
