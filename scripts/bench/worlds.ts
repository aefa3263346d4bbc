import type { WorldFile, WorldPlay, WorldSeries } from '../../test/sandbox/world/format.js';

export interface LibrarySize {
  /** Series in Sonarr, 60 episodes each. */
  readonly library: number;
  /** Series somebody is watching. */
  readonly active: number;
  readonly plays: number;
}

/** One play, as the sandbox's control route takes it. */
export interface NextPlay {
  readonly viewer: string;
  readonly series: string;
  readonly season: number;
  readonly episode: number;
}

const SEASONS = 5;
const EPISODES = 12;
/** Series whose window reaches a missing episode whenever one more is watched. */
export const GRABS = 5;
/** So often can one more be watched. */
export const GRAB_RUNS = 3;
/** `episodes_to_check`. */
const WINDOW = 5;

/**
 * A library in which the first `active` series are being watched by one viewer each: that many threads.
 * All that the windows hold is on disk, so a run finds nothing to do until `nextPlays` have happened.
 * The indexer wants 0.5 s between requests instead of 2 s, so that runs can be repeated: what is measured here is not its pace.
 */
export const libraryWorld = ({ library, active, plays }: LibrarySize): WorldFile => ({
  description: `${library} series, ${active} active, ${plays} plays`,
  series: Array.from({ length: library }, (_, i) => seriesOf(i, i < GRABS ? playsOf(i, active, plays) : null)),
  indexer: { spacing: 0.5 },
  households: [{ viewers: Array.from({ length: active }, (_, i) => viewerOf(i, playsOf(i, active, plays))) }],
});

/** The plays, for the first time (0) and later ones, after which five windows hold one more missing episode each. */
export const nextPlays = ({ active, plays }: LibrarySize, time: number): readonly NextPlay[] =>
  Array.from({ length: GRABS }, (_, i) => ({
    viewer: viewerName(i),
    series: seriesTitle(i),
    season: 1,
    episode: playsOf(i, active, plays) + 1 + time,
  }));

const viewerName = (i: number): string => `Viewer ${i + 1}`;
const seriesTitle = (i: number): string => `Benchmark Series ${i + 1}`;

/** Plays of the i-th active series, so that they add up to `plays`. */
const playsOf = (i: number, active: number, plays: number): number =>
  Math.floor(plays / active) + (i < plays % active ? 1 : 0);

/** `position`: the last episode watched, where those just beyond the window are to be missing. */
const seriesOf = (i: number, position: number | null): WorldSeries => ({
  title: seriesTitle(i),
  year: 2000 + (i % 20),
  tvdb: 100_000 + i,
  status: 'ended',
  alternateTitles: [`Benchmark Serie ${i + 1}`, `Serie de referencia ${i + 1}`],
  seasons: Array.from({ length: SEASONS }, (_, season) => ({
    number: season + 1,
    episodes: EPISODES,
    firstAired: `-${3000 - season * 300}d`,
    files: season === 0 && position !== null ? upToAndFrom(position + WINDOW, GRAB_RUNS) : 'all',
  })),
});

/** All episodes but `missing` ones after `last`. */
const upToAndFrom = (last: number, missing: number): string =>
  last + missing < EPISODES ? `1-${last},${last + missing + 1}-${EPISODES}` : `1-${last}`;

const viewerOf = (i: number, count: number): { name: string; plays: WorldPlay[] } => ({
  name: viewerName(i),
  plays: [{ series: seriesTitle(i), season: 1, episode: `1-${count}`, at: `-${60 + (i % 60) * 10}m` }],
});
