import type { WorldFile, WorldHousehold, WorldPlay, WorldSeason, WorldSeries } from '../sandbox/world/format.js';

export const SHOW = 'Harbour Lights';

/** A season of `SHOW`: that many episodes that have all aired, or each by itself. */
export const season = (episodes: WorldSeason['episodes'], over: Partial<WorldSeason> = {}): WorldSeason => ({
  number: 1,
  episodes,
  files: '1',
  ...over,
});

export const show = (seasons: readonly WorldSeason[], over: Partial<WorldSeries> = {}): WorldSeries => ({
  title: SHOW,
  year: 2019,
  status: 'ended',
  seasons,
  ...over,
});

/** A play of `SHOW`. */
export const play = (episode: number | string, over: Partial<WorldPlay> = {}): WorldPlay => ({
  series: SHOW,
  season: 1,
  episode,
  at: '-3h',
  ...over,
});

/** One household; each viewer with what he or she played. */
export const viewers = (plays: Readonly<Record<string, readonly WorldPlay[]>>): readonly WorldHousehold[] => [
  { viewers: Object.entries(plays).map(([name, own]) => ({ name, plays: own })) },
];

/** Ann has played the first of `SHOW`'s episodes, of which only that one is there. */
export const annAtFirst = (episodes: WorldSeason['episodes'], rest: Partial<WorldFile> = {}): WorldFile => ({
  series: [show([season(episodes)])],
  households: viewers({ Ann: [play(1)] }),
  ...rest,
});

/** `Harbour Lights S01E02` … of season 1. */
export const lights = (...episodes: readonly number[]): string[] =>
  episodes.map((n) => `${SHOW} S01E${String(n).padStart(2, '0')}`);
