import { startStandIn } from '../http/stand-in.js';
import type { StandIn, StandInAnswer, StandInOptions, StandInRequest } from '../http/types.js';
import { empty, failure, ok } from './answers.js';
import { sonarrHandler } from './handler.js';
import type { SonarrModel } from './model.js';

type SonarrStart = Pick<StandInOptions, 'port' | 'faults'>;

/** Sonarr over HTTP; `url` ends with the world's URL base. */
export const startSonarr = (model: SonarrModel, options: SonarrStart = {}): Promise<StandIn> =>
  startStandIn({
    server: 'sonarr',
    handler: sonarrHandler(model),
    errorBody,
    wrongKey: () => ({ status: 401, body: '' }),
    empty: nothing,
    route: ({ method, path, search }) => `${method} ${path} ${search}`,
    basePath: model.world.sonarr?.urlBase ?? '',
    ...options,
  });

/** How Sonarr words an error that comes out of the blue; 401 and 404 have no body, 503 is the start-up page. */
const errorBody = (status: number): StandInAnswer => {
  if (status === 401 || status === 404 || status === 405) return empty(status);
  if (status === 503) return ok({ errorMessage: 'Sonarr is starting up, please try again later' }, 503);
  if (status === 409) return failure(409, 'Getting release from indexer failed');
  return failure(status, status === 500 ? 'database is locked' : `HTTP ${status}`);
};

/** Success that holds nothing, of the kind that the route answers. */
const nothing = ({ path, query }: StandInRequest): StandInAnswer => {
  if (/\/(queue|history)$/i.test(path)) {
    const pageSize = Number(query.get('pageSize') ?? 10);
    return ok({ page: 1, pageSize, sortKey: 'timeleft', sortDirection: 'descending', totalRecords: 0, records: [] });
  }
  return /\/(system\/status|series\/\d+|episode\/\d+)$/i.test(path) ? ok({}) : ok([]);
};
