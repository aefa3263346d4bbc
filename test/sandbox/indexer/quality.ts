export interface Quality {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly resolution: number;
  /** Sonarr's rank in the quality definitions; releases are listed by it. */
  readonly weight: number;
}

const quality = (id: number, name: string, source: string, resolution: number, weight: number): Quality => ({
  id,
  name,
  source,
  resolution,
  weight,
});

/** Ids and weights as recorded (`release_episode`, `release_season_anime`). */
const HDTV_1080 = quality(9, 'HDTV-1080p', 'television', 1080, 700);
const SDTV = quality(1, 'SDTV', 'television', 480, 100);

/** Each with the words that a title must hold; the first that fits counts. */
const QUALITIES: readonly (readonly [words: readonly string[], quality: Quality])[] = [
  [['2160p'], quality(18, 'WEBDL-2160p', 'web', 2160, 1500)],
  [['1080p', 'WEBRip'], quality(15, 'WEBRip-1080p', 'webRip', 1080, 1100)],
  [['1080p', 'WEB'], quality(3, 'WEBDL-1080p', 'web', 1080, 1100)],
  [['1080p'], HDTV_1080],
  [['720p', 'WEB'], quality(5, 'WEBDL-720p', 'web', 720, 900)],
  [['720p'], quality(4, 'HDTV-720p', 'television', 720, 600)],
  [['480p', 'WEB'], quality(8, 'WEBDL-480p', 'web', 480, 200)],
];

/** What Sonarr reads from a release's title. */
export const qualityOf = (title: string): Quality =>
  QUALITIES.find(([words]) => words.every((word) => title.includes(word)))?.[1] ?? SDTV;

export const isProper = (title: string): boolean => /\b(PROPER|REPACK)\b/.test(title);

/** Profile 4 "HD-1080p" of the recordings: what it wants. */
export const isWanted = (q: Quality): boolean => q.resolution === 1080;

/** What every file of the sandbox has. */
export const FILE_QUALITY = HDTV_1080;

/** Sonarr's quality object. */
export const qualityResource = (q: Quality, proper = false) => ({
  quality: { id: q.id, name: q.name, source: q.source, resolution: q.resolution },
  revision: { version: proper ? 2 : 1, real: 0, isRepack: false },
});
