import { isProper, qualityOf, qualityResource } from '../indexer/quality.js';
import type { Listing } from '../indexer/listing.js';
import { instant } from './answers.js';
import { weight, type Judged } from './decision.js';
import { downloadUrl } from './history.js';

const LANGUAGES = { English: 1, German: 4, Japanese: 8, Unknown: 0 } as const;

export interface ReleaseContext {
  readonly now: number;
  readonly indexer: { readonly id: number; readonly name: string; readonly key: string };
}

/** One row of `GET /release`; `seasonNumber` and `episodeNumbers` as the title has them, the mapped ones as Sonarr understood it. */
export const releaseResource = (judged: Judged, index: number, { now, indexer }: ReleaseContext) => {
  const { release } = judged;
  const minutes = (now - release.published) / 60_000;
  const usenet = release.protocol === 'usenet';
  return {
    guid: release.guid,
    quality: qualityResource(qualityOf(release.title), isProper(release.title)),
    qualityWeight: weight(release),
    age: Math.floor(minutes / 1440),
    ageHours: minutes / 60,
    ageMinutes: minutes,
    size: release.size,
    indexerId: indexer.id,
    indexer: indexer.name,
    releaseGroup: release.group,
    releaseHash: '',
    title: release.title,
    fullSeason: release.pack,
    sceneSource: false,
    seasonNumber: release.titleSeason,
    languages: [{ id: LANGUAGES[release.language], name: release.language }],
    languageWeight: 0,
    airDate: release.titleDate ?? undefined,
    seriesTitle: release.recognised === 'nothing' ? 'Some Other Programme' : release.series.title,
    episodeNumbers: release.titleNumbers,
    absoluteEpisodeNumbers: release.titleAbsolute,
    ...mapped(judged),
    approved: judged.approved,
    temporarilyRejected: judged.temporarilyRejected,
    rejected: judged.rejected,
    tvdbId: 0,
    tvRageId: 0,
    rejections: judged.rejections,
    publishDate: instant(release.published),
    commentUrl: usenet ? `${release.guid}#comments` : undefined,
    downloadUrl: downloadUrl(release, indexer.key),
    infoUrl: release.guid,
    episodeRequested: judged.requested,
    downloadAllowed: judged.downloadAllowed,
    releaseWeight: index,
    customFormats: [],
    customFormatScore: 0,
    ...torrentFields(release),
    protocol: release.protocol,
    indexerFlags: 0,
    isDaily: release.titleDate !== null,
    isAbsoluteNumbering: release.titleAbsolute.length > 0,
    isPossibleSpecialEpisode: false,
    special: false,
  };
};

const mapped = ({ release, rows }: Judged) => ({
  mappedSeasonNumber: release.recognised === 'all' ? rows[0]?.base.season : undefined,
  mappedEpisodeNumbers: rows.map((r) => r.base.number),
  mappedAbsoluteEpisodeNumbers: rows.flatMap((r) => r.base.absolute ?? []),
  mappedSeriesId: release.recognised === 'nothing' ? undefined : release.series.id,
  mappedEpisodeInfo: rows.map(({ base }) => ({
    id: base.id,
    seasonNumber: base.season,
    episodeNumber: base.number,
    absoluteEpisodeNumber: base.absolute ?? undefined,
    title: base.title,
  })),
});

const torrentFields = ({ protocol }: Listing) => (protocol === 'torrent' ? { seeders: 12, leechers: 3 } : {});

/** What `POST /release` answers: the request again, everything else at its zero (`grab_ok`). */
export const echo = (fields: Readonly<Record<string, unknown>>) => ({
  ...ZEROS,
  ...Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const known = ECHOED.get(name.toLowerCase());
      return known === undefined || value === null ? [] : [[known, value]];
    }),
  ),
});

const ZEROS = {
  qualityWeight: 0,
  age: 0,
  ageHours: 0,
  ageMinutes: 0,
  size: 0,
  indexerId: 0,
  fullSeason: false,
  sceneSource: false,
  seasonNumber: 0,
  languageWeight: 0,
  approved: false,
  temporarilyRejected: false,
  rejected: false,
  tvdbId: 0,
  tvRageId: 0,
  publishDate: '0001-01-01T00:00:00Z',
  episodeRequested: false,
  downloadAllowed: false,
  releaseWeight: 0,
  customFormatScore: 0,
  protocol: 'unknown',
  indexerFlags: 0,
  isDaily: false,
  isAbsoluteNumbering: false,
  isPossibleSpecialEpisode: false,
  special: false,
};

const OTHERS =
  'guid quality indexer releaseGroup releaseHash title languages seriesTitle episodeNumbers absoluteEpisodeNumbers mappedSeasonNumber ' +
  'mappedEpisodeNumbers mappedAbsoluteEpisodeNumbers mappedSeriesId mappedEpisodeInfo rejections commentUrl downloadUrl infoUrl ' +
  'customFormats airDate seriesId episodeId episodeIds downloadClientId shouldOverride';
const ECHOED = new Map([...Object.keys(ZEROS), ...OTHERS.split(' ')].map((name) => [name.toLowerCase(), name]));
