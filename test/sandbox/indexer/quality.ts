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
const WEB = {
  2160: quality(18, 'WEBDL-2160p', 'web', 2160, 1500),
  1080: quality(3, 'WEBDL-1080p', 'web', 1080, 1100),
  720: quality(5, 'WEBDL-720p', 'web', 720, 900),
  480: quality(8, 'WEBDL-480p', 'web', 480, 200),
} as const;
const HDTV = {
  1080: quality(9, 'HDTV-1080p', 'television', 1080, 700),
  720: quality(4, 'HDTV-720p', 'television', 720, 600),
} as const;
const WEBRIP = quality(15, 'WEBRip-1080p', 'webRip', 1080, 1100);
const SDTV = quality(1, 'SDTV', 'television', 480, 100);

/** What Sonarr reads from a release's title. */
export const qualityOf = (title: string): Quality => {
  if (title.includes('2160p')) return WEB[2160];
  if (title.includes('1080p'))
    return title.includes('WEBRip') ? WEBRIP : title.includes('WEB') ? WEB[1080] : HDTV[1080];
  if (title.includes('720p')) return title.includes('WEB') ? WEB[720] : HDTV[720];
  return title.includes('480p') && title.includes('WEB') ? WEB[480] : SDTV;
};

export const isProper = (title: string): boolean => /\b(PROPER|REPACK)\b/.test(title);

/** Profile 4 "HD-1080p" of the recordings: what it wants. */
export const isWanted = (q: Quality): boolean => q.resolution === 1080;

/** What every file of the sandbox has. */
export const FILE_QUALITY = HDTV[1080];

/** Sonarr's quality object. */
export const qualityResource = (q: Quality, proper = false) => ({
  quality: { id: q.id, name: q.name, source: q.source, resolution: q.resolution },
  revision: { version: proper ? 2 : 1, real: 0, isRepack: false },
});
