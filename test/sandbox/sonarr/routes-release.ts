import type { StandInAnswer } from '../http/types.js';
import { emptyField, failure, invalid, ok } from './answers.js';
import { Body } from './body.js';
import type { Judged } from './decision.js';
import { GrabFailure } from './grabber.js';
import type { SonarrModel } from './model.js';
import { echo, releaseResource } from './release-resource.js';
import type { Call, Route } from './routes.js';
import type { EpisodeRow } from './store.js';

export const releaseRoutes: readonly Route[] = [
  { method: 'GET', path: '/release', answer: (call) => search(call) },
  { method: 'POST', path: '/release', answer: (call) => grab(call) },
];

/** episodeId, else seriesId with seasonNumber; anything else is an RSS fetch from all indexers (`release_series_only`). */
const search = async ({ sonarr, query }: Call): Promise<StandInAnswer> => {
  const episodeId = query.int('episodeId');
  const seriesId = query.int('seriesId');
  const season = query.int('seasonNumber');
  if (episodeId !== undefined) return searchEpisode(sonarr, episodeId);
  if (seriesId === undefined || season === undefined) return rows(sonarr, await sonarr.rss());
  const series = sonarr.store.find(seriesId);
  if (series === undefined) return failure(500, `Series with ID ${seriesId} does not exist`);
  return rows(sonarr, await sonarr.searchSeason(series, season));
};

const searchEpisode = async (sonarr: SonarrModel, id: number): Promise<StandInAnswer> => {
  const row = sonarr.store.episode(id);
  if (row === undefined) return failure(500, `Episode with ID ${id} does not exist`);
  const daily = sonarr.store.find(row.base.seriesId)?.type === 'daily';
  if (daily && row.base.airDate === null) return failure(400, 'Air date is missing');
  return rows(sonarr, await sonarr.searchEpisode(row));
};

const rows = (sonarr: SonarrModel, found: readonly Judged[]): StandInAnswer => {
  const context = { now: sonarr.timeline.now(), indexer: sonarr.indexer };
  return ok(found.map((judged, i) => releaseResource(judged, i, context)));
};

/** Checks the cache and the mapping, nothing else. */
const grab = async ({ sonarr, request }: Call): Promise<StandInAnswer> => {
  const body = Body.read(request, 'Sonarr.Api.V3.Indexers.ReleaseResource');
  const guid = body.text('guid') ?? '';
  const indexerId = body.int('indexerId');
  if (guid === '' || indexerId <= 0) return invalid(missing(guid, indexerId));
  const judged = sonarr.cached(guid, indexerId);
  if (judged === undefined) return failure(404, "Couldn't find requested release in cache, try searching again");
  const mapped = mapping(sonarr, judged, body);
  if ('answer' in mapped) return mapped.answer;
  // an unknown client is found out late, and as any other wrong operation (`grab_with_client_id_unknown`)
  if (body.int('downloadClientId') > 1) return failure(400, 'Sequence contains no matching element');
  try {
    await sonarr.grabber.grab(judged.release, mapped.rows, 'InteractiveSearch');
  } catch (error) {
    if (!(error instanceof GrabFailure)) throw error;
    return failure(error.kind === 'indexer' ? 409 : 500, error.message);
  }
  return ok(echo(body.plain()));
};

type Mapping = { readonly rows: readonly EpisodeRow[] } | { readonly answer: StandInAnswer };

const mapping = ({ store }: SonarrModel, { release, rows: own }: Judged, body: Body): Mapping => {
  const seriesId = body.int('seriesId');
  const episodeId = body.int('episodeId');
  if (body.flag('shouldOverride')) return override(store, seriesId, body);
  if (release.recognised === 'all') return { rows: own };
  if (seriesId === 0 && episodeId === 0) {
    const what =
      release.recognised === 'nothing'
        ? 'Unable to find matching series and episodes'
        : 'Unable to parse episodes in the release';
    return { answer: failure(404, `${what}, will need to be manually provided`) };
  }
  const given = store.episode(episodeId);
  if (given !== undefined) return { rows: [given] };
  const named = store
    .episodes(seriesId)
    .filter((r) => r.base.season === release.titleSeason && release.titleNumbers.includes(r.base.number));
  return { rows: named };
};

/** All five or none (`grab_override_incomplete`). */
const override = (store: SonarrModel['store'], seriesId: number, body: Body): Mapping => {
  const ids = body.ints('episodeIds');
  const absent = (name: string): Mapping => ({
    answer: failure(500, `Value can not be null. (Parameter 'release.${name}')`),
  });
  if (seriesId === 0) return absent('SeriesId');
  if (ids === null) return absent('EpisodeIds');
  if (!body.fields.has('quality')) return absent('Quality');
  if (!body.fields.has('languages')) return absent('Languages');
  return { rows: ids.flatMap((id) => store.episode(id) ?? []) };
};

const missing = (guid: string, indexerId: number): object[] => [
  ...(indexerId > 0
    ? []
    : [
        {
          propertyName: 'IndexerId',
          errorMessage: "'Indexer Id' must be greater than '0'.",
          attemptedValue: indexerId,
          severity: 'error',
          errorCode: 'GreaterThanValidator',
          formattedMessageArguments: [],
          formattedMessagePlaceholderValues: {
            comparisonValue: 0,
            comparisonProperty: '',
            propertyName: 'Indexer Id',
            propertyValue: indexerId,
          },
        },
      ]),
  ...(guid === '' ? [emptyField('Guid', 'NotEmptyValidator')] : []),
];
