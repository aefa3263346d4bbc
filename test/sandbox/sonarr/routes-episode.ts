import type { StandInAnswer } from '../http/types.js';
import { badRequest, empty, failure, ok, Refusal } from './answers.js';
import { Body } from './body.js';
import { episodeResource, unordered, type EpisodeExtras } from './episode-resource.js';
import type { SonarrModel } from './model.js';
import type { Query } from './query.js';
import type { Call, Route } from './routes.js';
import type { EpisodeRow } from './store.js';

export const episodeRoutes: readonly Route[] = [
  { method: 'GET', path: '/episode', answer: (call) => list(call) },
  {
    method: 'GET',
    path: '/episode/{id}',
    answer: ({ sonarr, id }) => {
      const row = sonarr.store.episode(id);
      if (row === undefined) return empty(404);
      return ok(episodeResource(sonarr.store, row, { series: true, file: true, images: true }));
    },
  },
  {
    method: 'PUT',
    path: '/episode/{id}',
    // only `monitored` is taken, and a missing one is false (`put_episode_empty`)
    answer: ({ sonarr, request, id }) => {
      const monitored = Body.read(request, 'Sonarr.Api.V3.Episodes.EpisodeResource').flag('monitored');
      const row = sonarr.store.episode(id);
      if (row === undefined) return failure(404, `Episode with ID ${id} does not exist`);
      sonarr.store.setMonitored(row, monitored);
      return ok(episodeResource(sonarr.store, row), 202);
    },
  },
  { method: 'PUT', path: '/episode/monitor', answer: (call) => monitor(call) },
];

/** seriesId (and seasonNumber) before episodeIds before episodeFileId; rows in no order. */
const list = ({ sonarr, query }: Call): StandInAnswer => {
  const seriesId = query.int('seriesId');
  const ids = query.ints('episodeIds');
  const fileId = query.int('episodeFileId');
  if (seriesId !== undefined) return answerRows(sonarr, query, ofSeries(sonarr, seriesId, query.int('seasonNumber')));
  if (ids.length > 0) return answerRows(sonarr, query, byIds(sonarr, ids));
  if (fileId !== undefined) return answerRows(sonarr, query, ofFile(sonarr, fileId));
  return badRequest('seriesId or episodeIds must be provided');
};

const answerRows = (sonarr: SonarrModel, query: Query, rows: readonly EpisodeRow[]): StandInAnswer => {
  const extras: EpisodeExtras = {
    series: query.flag('includeSeries'),
    file: query.flag('includeEpisodeFile'),
    images: query.flag('includeImages'),
  };
  return ok(unordered(rows).map((row) => episodeResource(sonarr.store, row, extras)));
};

const ofSeries = ({ store }: SonarrModel, seriesId: number, season: number | undefined): readonly EpisodeRow[] =>
  store.episodes(seriesId).filter((r) => season === undefined || r.base.season === season);

const ofFile = ({ store }: SonarrModel, fileId: number): readonly EpisodeRow[] =>
  fileId === 0 ? [] : store.series.flatMap((s) => store.peek(s).filter((r) => r.fileId === fileId));

/** An unknown or a repeated id fails all of them (`episodes_ids_unknown`, `episodes_ids_dup`). */
const byIds = (sonarr: SonarrModel, ids: readonly number[]): EpisodeRow[] => {
  const rows = known(sonarr, ids);
  if (rows.length !== ids.length) throw mismatch(ids.length, rows.length);
  return rows;
};

const known = ({ store }: SonarrModel, ids: readonly number[]): EpisodeRow[] =>
  [...new Set(ids)].flatMap((id) => store.episode(id) ?? []);

const mismatch = (asked: number, found: number): Refusal =>
  new Refusal(failure(500, `Expected query to return ${asked} rows but returned ${found}`));

/** A missing `monitored` unmonitors; of several ids the known ones are changed before an unknown one fails the request (`put_monitor_unknown`). */
const monitor = ({ sonarr, request, query }: Call): StandInAnswer => {
  const body = Body.read(request, 'Sonarr.Api.V3.Episodes.EpisodesMonitoredResource');
  const ids = body.ints('episodeIds');
  const monitored = body.flag('monitored');
  if (ids === null) return failure(500, 'Object reference not set to an instance of an object.');
  const rows = known(sonarr, ids);
  const [only] = ids;
  if (ids.length === 1 && only !== undefined && rows.length === 0)
    return failure(404, `Episode with ID ${only} does not exist`);
  for (const row of rows) sonarr.store.setMonitored(row, monitored);
  if (rows.length !== ids.length) throw mismatch(ids.length, rows.length);
  const images = query.flag('includeImages');
  return ok(
    unordered(rows).map((row) => episodeResource(sonarr.store, row, { images })),
    202,
  );
};
