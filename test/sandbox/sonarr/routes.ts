import type { StandInAnswer, StandInRequest } from '../http/types.js';
import type { SonarrModel } from './model.js';
import { Query } from './query.js';
import { commandRoutes } from './routes-command.js';
import { episodeRoutes } from './routes-episode.js';
import { historyRoutes } from './routes-history.js';
import { queueRoutes } from './routes-queue.js';
import { releaseRoutes } from './routes-release.js';
import { seriesRoutes } from './routes-series.js';
import { settingsRoutes } from './routes-settings.js';
import { systemRoutes } from './routes-system.js';

export interface Call {
  readonly sonarr: SonarrModel;
  readonly request: StandInRequest;
  readonly query: Query;
  /** The number in the path, when the route has one. */
  readonly id: number;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Lower case, without `/api/v3`; `{id}` takes a number. */
  readonly path: string;
  readonly answer: (call: Call) => StandInAnswer | Promise<StandInAnswer>;
}

const ROUTES: readonly Route[] = [
  ...systemRoutes,
  ...settingsRoutes,
  ...seriesRoutes,
  ...episodeRoutes,
  ...releaseRoutes,
  ...commandRoutes,
  ...queueRoutes,
  ...historyRoutes,
];

const MAX = 2_147_483_647;

/** The routes that share this path, by any method. */
export const routesAt = (path: string): { readonly routes: readonly Route[]; readonly id: number } => {
  const exact = ROUTES.filter((r) => r.path === path);
  const number = /^(.*)\/(-?\d+)$/.exec(path);
  const id = Number(number?.[2] ?? 0);
  if (exact.length > 0 || number === null || id > MAX) return { routes: exact, id: 0 };
  return { routes: ROUTES.filter((r) => r.path === `${number[1] ?? ''}/{id}`), id };
};

export const callOf = (sonarr: SonarrModel, request: StandInRequest, id: number): Call => ({
  sonarr,
  request,
  query: new Query(request.query),
  id,
});
