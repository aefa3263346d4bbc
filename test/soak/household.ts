import type { WorldEpisode, WorldFile, WorldRelease, WorldSeason, WorldSeries } from '../sandbox/world/format.js';
import type { Random } from './random.js';

const VIEWERS = ['Ann', 'Bob', 'Cem', 'Dee'];
const TITLES = ['Harbour Lights', 'Night Ferry', 'Salt & Cinders', 'Pocket Moon', 'Echo Bay', 'The Quiet Orchard'];
const LIBRARIES = ['TV Shows', 'Anime'];

/** A world, and the settings of its flows. */
export interface Household {
  readonly world: WorldFile;
  readonly sonarrs: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

export const randomHousehold = (random: Random): Household => {
  const sonarrs = random.chance(0.25) ? 2 : 1;
  const count = random.int(2, 5);
  const series = Array.from({ length: count }, (_, i) => randomSeries(random, i));
  const viewers = VIEWERS.slice(0, random.int(1, 4)).map((name) => ({
    name,
    plays: series
      .filter(() => random.chance(0.6))
      .map((one) => {
        const season = one.seasons.find((s) => s.number > 0) ?? one.seasons[0];
        return {
          series: one.title,
          season: season?.number ?? 1,
          episode: random.int(1, 3),
          at: `-${random.int(1, 60)}h`,
        };
      }),
  }));
  return {
    sonarrs,
    settings: randomSettings(random),
    world: {
      series,
      households: [{ viewers }],
      downloads: random.chance(0.5) ? [{ name: 'Film.One.2024', category: 'movies', size: 30 }] : [],
      tautulli: { notifiers: [{ id: 1, agent: 'email' }], utcOffset: random.pick([0, 0, -8, 10]) },
      sonarr: {
        redownloadFailed: random.chance(0.6),
        freeSpace: random.chance(0.1) ? 40 : 2000,
        queueBlindness: 5,
        refreshEvery: 60,
      },
      sabnzbd: { rate: random.pick([0.2, 3, 20]) },
      indexer: { spacing: 0, searchTakes: 0 },
    },
  };
};

const randomSettings = (random: Random): Household['settings'] => ({
  daysToCheck: random.pick([1, 2, 7]),
  episodesToCheck: random.int(1, 5),
  checkOverflow: random.int(0, 3),
  execFrequency: random.pick([15, 60, 180]),
  skipSpecials: random.chance(0.6),
  searchCache: random.pick([12, 48]),
  cacheTime: random.pick([1, 6]),
  searchesPerRun: random.pick([4, 10, 50]),
  searchesPerDay: random.pick([50, 500]),
  choose: random.chance(0.85) ? 'pick' : 'sonarr',
  monitor: random.pick(['until-file', 'until-file', 'for-good', 'never']),
  seasonPacks: random.pick([0, 0, 50]),
  protocol: random.pick(['any', 'any', 'usenet']),
  raise: random.pick(['high', 'high', 'force']),
});

const randomSeries = (random: Random, index: number): WorldSeries => {
  const type = random.weighted({ standard: 6, daily: 1, anime: 2 });
  const title = TITLES[index] ?? `Show ${index}`;
  const goesOn = random.chance(0.6);
  return {
    title,
    type,
    year: 2018 + index,
    status: goesOn ? 'continuing' : 'ended',
    runtime: random.pick([8, 22, 45, 60]),
    monitored: random.chance(0.7),
    library: type === 'anime' ? 'Anime' : (LIBRARIES[0] ?? ''),
    ...(random.chance(0.15) ? { plexIds: 'none' as const } : {}),
    ...(random.chance(0.1) ? { plexTitle: `${title} (${2018 + index})` } : {}),
    ...(random.chance(0.05) ? { notInSonarr: true } : {}),
    seasons: [
      ...(random.chance(0.3) ? [specials(random)] : []),
      ...(type === 'daily' ? [] : [seasonOf(random, { number: 1, goesOn: false })]),
      seasonOf(random, { number: type === 'daily' ? 1 : 2, goesOn, daily: type === 'daily' }),
    ],
  };
};

const specials = (random: Random): WorldSeason => ({
  number: 0,
  episodes: [
    { number: 1, aired: `-${random.int(20, 900)}d` },
    { number: 2, ...(random.chance(0.5) ? { aired: 'none' } : { aired: `+${random.int(1, 5)}d` }) },
  ],
});

interface SeasonParts {
  readonly number: number;
  /** Its last episodes are still to air. */
  readonly goesOn: boolean;
  readonly daily?: boolean;
}

const seasonOf = (random: Random, { number, goesOn, daily = false }: SeasonParts): WorldSeason => {
  const count = random.int(4, 10);
  const every = daily ? 1 : goesOn ? random.pick([1, 3, 7]) : 7;
  const aired = random.int(2, count - 1);
  const began = goesOn ? `-${(aired - 1) * every}d${random.int(0, 20)}h` : `-${random.int(300, 900)}d`;
  const files = random.int(0, Math.min(3, count));
  const gap = random.chance(0.15) ? random.int(2, count) : 0;
  const sharing = !daily && random.chance(0.15);
  const episodes = Array.from({ length: count }, (_, i): WorldEpisode => {
    const releases = randomReleases(random);
    return {
      number: i + 1 + (gap > 0 && i + 1 >= gap ? 1 : 0),
      ...(i < files ? { file: true } : {}),
      ...(releases === null ? {} : { releases }),
      ...(goesOn && random.chance(0.05) ? { aired: 'none' } : {}),
    };
  });
  return {
    number,
    firstAired: began,
    every: `${every}d`,
    episodes,
    ...(sharing && files >= 2 ? { shared: ['1-2'] } : {}),
    ...(random.chance(0.3) ? { monitored: false } : {}),
  };
};

/** What the indexer has of an episode; null: the usual. */
export const randomReleases = (random: Random): number | readonly WorldRelease[] | null => {
  switch (random.weighted({ usual: 70, none: 6, refused: 6, broken: 5, gone: 4, fails: 6, double: 3, torrent: 3 })) {
    case 'usual':
      return null;
    case 'none':
      return 0;
    case 'refused':
      return [{ rejected: 'Not an upgrade' }];
    case 'broken':
      return [{ size: 2, nzb: 'broken' }, { size: 1 }];
    case 'gone':
      return [{ size: 2, nzb: random.pick([404, 500, 429]) }, { size: 1 }];
    case 'fails':
      return [
        { size: 2, failsDownload: true },
        { size: 1.5, failsDownload: random.chance(0.5) },
      ];
    case 'double':
      return [{ size: 2, episodes: '1-2' }];
    case 'torrent':
      return [{ size: 2, protocol: 'torrent' }];
  }
};
