import type { WorldFile, WorldPlay, WorldSeries } from '../../test/sandbox/world/format.js';

export interface LibrarySize {
  /** Series in Sonarr, 60 episodes each. */
  readonly library: number;
  /** Series somebody is watching. */
  readonly active: number;
  readonly plays: number;
}

const EPISODES = 12;
const SEASONS = 5;

/**
 * A library in which the first `active` series are being watched by one viewer each, everything on disk:
 * an idle run finds nothing to do. `missing` takes the file of the episode that comes next from that many of them.
 */
export function libraryWorld({ library, active, plays }: LibrarySize, missing: number): WorldFile {
  const series: WorldSeries[] = [];
  for (let i = 0; i < library; i += 1) {
    const next = playsOf(i, active, plays) + 1;
    series.push({
      title: `Benchmark Series ${i + 1}`,
      year: 2000 + (i % 20),
      tvdb: 100_000 + i,
      status: 'ended',
      seasons: Array.from({ length: SEASONS }, (_, season) => ({
        number: season + 1,
        episodes: EPISODES,
        firstAired: `-${3000 - season * 300}d`,
        files: season === 0 && i < missing ? `1-${next - 1},${next + 1}-${EPISODES}` : 'all',
      })),
    });
  }
  return {
    description: `${library} series, ${active} active, ${plays} plays`,
    series,
    households: [{ viewers: viewersOf(active, plays) }],
  };
}

/** Plays of the i-th active series, so that they add up to `plays`. */
const playsOf = (i: number, active: number, plays: number): number =>
  i < active ? Math.floor(plays / active) + (i < plays % active ? 1 : 0) : 0;

function viewersOf(active: number, plays: number): { name: string; plays: WorldPlay[] }[] {
  return Array.from({ length: active }, (_, i) => ({
    name: `Viewer ${i + 1}`,
    plays: [
      {
        series: `Benchmark Series ${i + 1}`,
        season: 1,
        episode: `1-${playsOf(i, active, plays)}`,
        at: `-${60 + (i % 60) * 10}m`,
      },
    ],
  }));
}
