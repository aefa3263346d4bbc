import { inRanges } from '../world/ranges.js';
import type { WorldRelease } from '../world/format.js';
import type { LibraryEpisode, LibrarySeries } from '../world/library.js';
import { dotted, two } from '../world/names.js';
import { listing, type Listing } from './listing.js';

const DAY = 86_400_000;
const MB = 1_000_000;
/** Days; older posts look this old (recorded: 900). */
const OLDEST = 900;
/** Minutes, where a runtime is missing. */
const SOME_RUNTIME = 45;

/** A usual release of one episode: what follows its number, bytes per minute, days it is older than the first. */
interface Variant {
  readonly suffix: string;
  readonly perMinute: number;
  readonly older?: number;
}

/** The two that Sonarr approves, then two of too low quality: what a season search lists per episode (`release_season`). */
const SEASON: readonly Variant[] = [
  { suffix: '1080p.WEB-DL.DD5.1.H.264-GRPA', perMinute: 45 * MB },
  { suffix: '1080p.WEBRip.x264-GRPB', perMinute: 34 * MB, older: 1 },
  { suffix: '720p.WEB.H264-GRPD', perMinute: 24 * MB, older: 1 },
  { suffix: '720p.HDTV.x264-GRPC', perMinute: 19 * MB },
];
/** What a search for one episode finds besides (`release_episode`). */
const ONLY_SINGLE: readonly Variant[] = [
  { suffix: '2160p.WEB-DL.DDP5.1.HEVC-GRPF', perMinute: 129 * MB },
  { suffix: 'GERMAN.1080p.WEB.H264-GRPH', perMinute: 41 * MB },
  { suffix: '1080p.WEB-DL.tiny-GRPI', perMinute: 0.1 * MB },
  { suffix: 'PROPER.720p.HDTV.x264-GRPG', perMinute: 20 * MB },
  { suffix: '480p.WEB-DL.x264-GRPE', perMinute: 6 * MB },
  { suffix: 'HDCAM.x264-GRPJ', perMinute: 10 * MB },
];
const PACKS: readonly Variant[] = [
  { suffix: '1080p.WEB-DL.DD5.1.H.264-GRPA', perMinute: 41 * MB },
  { suffix: '720p.HDTV.x264-GRPC', perMinute: 17 * MB },
];

/** Releases that appeared while the sandbox ran, by episode id. */
type Appeared = ReadonlyMap<number, readonly WorldRelease[]>;

export interface Shelf {
  readonly series: LibrarySeries;
  /** All episodes of the series. */
  readonly episodes: readonly LibraryEpisode[];
  readonly now: number;
  readonly appeared: Appeared;
}

/** What a search for this one episode finds: its releases, the packs, and the usual strays. */
export const singleListings = (shelf: Shelf, episode: LibraryEpisode): Listing[] => {
  const own = ownListings(shelf, episode, [...SEASON, ...ONLY_SINGLE]);
  const packs = packListings(shelf, episode.season);
  return own.length + packs.length === 0 ? [] : [...packs, ...own, ...strays(shelf, episode)];
};

/** What a search for the season finds: packs and the releases of each episode. */
export const seasonListings = (shelf: Shelf, season: number): Listing[] => [
  ...packListings(shelf, season),
  ...shelf.episodes.filter((e) => e.season === season).flatMap((e) => ownListings(shelf, e, SEASON)),
];

const ownListings = (shelf: Shelf, episode: LibraryEpisode, usual: readonly Variant[]): Listing[] => {
  const declared = shelf.appeared.get(episode.id) ?? episode.spec.releases;
  if (typeof declared === 'object') return declared.map((spec, i) => declaredListing(shelf, episode, spec, i));
  if (typeof declared === 'number') return usual.slice(0, declared).map((v) => usualListing(shelf, episode, v));
  if (!isPosted(shelf, episode)) return [];
  if (shelf.series.type === 'anime') return animeListings(shelf, episode);
  return usual.map((v) => usualListing(shelf, episode, v));
};

const isPosted = ({ now }: Shelf, { airs, number, seasonSpec }: LibraryEpisode): boolean =>
  (airs === null || airs <= now) && inRanges(seasonSpec.releases ?? 'all', [number]).length > 0;

const usualListing = (shelf: Shelf, episode: LibraryEpisode, variant: Variant): Listing => {
  const { series } = shelf;
  const date = series.type === 'daily' ? episode.airDate : null;
  const number = date === null ? code([episode]) : date.replaceAll('-', '.');
  return listing(
    {
      series,
      episodes: [episode],
      title: `${nameOf(series)}.${number}.${variant.suffix}`,
      size: Math.round((episode.runtime || SOME_RUNTIME) * variant.perMinute),
      published: posted(shelf, episode.airs, variant.older),
    },
    date === null ? {} : { titleSeason: 0, titleNumbers: [], titleDate: date },
  );
};

const declaredListing = (shelf: Shelf, episode: LibraryEpisode, spec: WorldRelease, index: number): Listing => {
  const season = shelf.episodes.filter((e) => e.season === episode.season);
  const held = inRanges(
    spec.episodes ?? String(episode.number),
    season.map((e) => e.number),
  );
  const episodes = season.filter((e) => held.includes(e.number));
  const minutes = episodes.reduce((sum, e) => sum + (e.runtime || SOME_RUNTIME), 0);
  const title = spec.title ?? `${nameOf(shelf.series)}.${code(episodes)}.1080p.WEB-DL.H264-SBX${index + 1}`;
  const size = spec.size === undefined ? minutes * 45 * MB : Math.round(spec.size * 1e9);
  const published = posted(shelf, episode.airs);
  return listing(
    { series: shelf.series, episodes, title, size, published },
    { spec, protocol: spec.protocol ?? 'usenet' },
  );
};

/** One with season and number, two by absolute number (`release_episode_anime`). */
const animeListings = (shelf: Shelf, episode: LibraryEpisode): Listing[] => {
  const { series } = shelf;
  const published = posted(shelf, episode.airs);
  const parts = { series, episodes: [episode], published };
  const minutes = episode.runtime || SOME_RUNTIME;
  const title = `${nameOf(series)}.${code([episode])}.1080p.WEB-DL.AAC2.0.H.264-ANI`;
  const numbered = listing({ ...parts, title, size: minutes * 28 * MB });
  if (episode.absolute === null) return [numbered];
  const absolute = [1080, 720].map((lines) =>
    listing(
      {
        ...parts,
        title: `[SubGrp] ${series.title} - ${two(episode.absolute ?? 0)} [${lines}p]`,
        size: minutes * (lines === 1080 ? 30 : 15) * MB,
      },
      { group: 'SubGrp', titleSeason: 0, titleNumbers: [], titleAbsolute: [episode.absolute ?? 0] },
    ),
  );
  return [numbered, ...absolute];
};

const packListings = (shelf: Shelf, season: number): Listing[] => {
  const { series, now } = shelf;
  const episodes = shelf.episodes.filter((e) => e.season === season);
  const spec = episodes[0]?.seasonSpec;
  if (spec === undefined || !(spec.pack ?? hasPack(shelf, episodes))) return [];
  const minutes = episodes.reduce((sum, e) => sum + (e.runtime || SOME_RUNTIME), 0);
  const newest = Math.max(...episodes.map((e) => Math.min(e.airs ?? 0, now)));
  return PACKS.map(({ suffix, perMinute }) =>
    listing(
      {
        series,
        episodes,
        title: `${nameOf(series)}.S${two(season)}.${suffix}`,
        size: Math.round(minutes * perMinute),
        published: posted(shelf, newest),
      },
      { pack: true, titleNumbers: [] },
    ),
  );
};

/** By default: once all have aired, when the world says nothing else about the season's releases. */
const hasPack = ({ series, now }: Shelf, episodes: readonly LibraryEpisode[]): boolean =>
  series.type !== 'daily' &&
  episodes.every(
    (e) => e.airs !== null && e.airs <= now && e.spec.releases === undefined && e.seasonSpec.releases === undefined,
  );

/** An episode that does not exist and another programme: every text search brings such ones up. */
const strays = (shelf: Shelf, episode: LibraryEpisode): Listing[] => {
  const { series } = shelf;
  const parts = { series, episodes: [], size: 1_610_612_736, published: posted(shelf, episode.airs) };
  const no = { titleSeason: 9, titleNumbers: [99], language: 'Unknown' } as const;
  return [
    listing({ ...parts, title: `${nameOf(series)}.S09E99.1080p.WEB-DL.H264-GRPL` }, { ...no, recognised: 'series' }),
    listing(
      { ...parts, title: 'Some.Other.Programme.S01E01.1080p.WEB-DL.H264-GRPK' },
      { ...no, recognised: 'nothing', titleSeason: 1, titleNumbers: [1] },
    ),
  ];
};

const nameOf = ({ title, year, spec }: LibrarySeries): string =>
  spec.key !== undefined && spec.key !== title ? `${dotted(title)}.${year}` : dotted(title);

const code = (episodes: readonly LibraryEpisode[]): string =>
  `S${two(episodes[0]?.season ?? 0)}${episodes.map((e) => `E${two(e.number)}`).join('')}`;

const posted = ({ now }: Shelf, airs: number | null, older = 0): number =>
  Math.max(airs ?? now - 400 * DAY, now - OLDEST * DAY) - older * DAY;
