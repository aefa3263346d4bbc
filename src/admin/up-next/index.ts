import { journal } from '../../runtime/journal/journal.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { Unanswerable, getRoute, postRoute } from '../routes.js';
import { announcer } from './announce.js';
import { upNextView } from './flows.js';
import { Keeper } from './kept.js';
import { type RunRequest, startRun } from './start-run.js';

/** @throws Unanswerable */
const readRequest = (body: unknown): RunRequest => {
  const { flow, dryRun = false } = (typeof body === 'object' && body !== null ? body : {}) as Partial<
    Record<keyof RunRequest, unknown>
  >;
  if (typeof flow === 'string' && flow !== '' && typeof dryRun === 'boolean') return { flow, dryRun };
  throw new Unanswerable(400, 'Expected { "flow": "<id>", "dryRun": true or false }.');
};

/** The routes of the "Up next" sidebar, and what tells it of changes. */
export const registerUpNextRoutes = (RED: NodeAPI): void => {
  const announce = announcer(RED, journal());
  const keeper = new Keeper(RED, journal());
  journal().onChange(() => {
    announce();
    keeper.changed();
  });
  getRoute(RED, '/plex-jit/up-next', () => upNextView(RED, journal(), Date.now()));
  postRoute(RED, '/plex-jit/run', async ({ body }) => {
    startRun(RED, readRequest(body));
    return { started: true };
  });
};
