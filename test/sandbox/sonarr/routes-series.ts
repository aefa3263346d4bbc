import { okText, problem } from './answers.js';
import type { Route } from './routes.js';

export const seriesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/series',
    // an empty tvdbId, and any filter but this one, returns the whole library (`series_tvdb_empty`, `series_unknown_param`)
    answer: ({ sonarr, query }) => {
      const tvdbId = query.int('tvdbId');
      return okText(tvdbId === undefined ? sonarr.seriesList.all() : sonarr.seriesList.ofTvdb(tvdbId));
    },
  },
  {
    method: 'GET',
    path: '/series/{id}',
    answer: ({ sonarr, id }) => {
      const series = sonarr.store.find(id);
      return series === undefined ? problem(404, { type: 'json' }) : okText(sonarr.seriesList.one(series));
    },
  },
];
