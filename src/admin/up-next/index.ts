import { journal } from '../../runtime/journal/journal.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { Unanswerable, postRoute } from '../routes.js';
import { announceChanges } from './announce.js';
import { upNextView } from './flows.js';
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
  announceChanges(RED, journal());
  RED.httpAdmin.get('/plex-jit/up-next', RED.auth.needsPermission('plex-jit.read'), (_req, res) => {
    res.set('Cache-Control', 'no-store').json(upNextView(RED, journal(), Date.now()));
  });
  postRoute(RED, '/plex-jit/run', async ({ body }) => {
    startRun(RED, readRequest(body));
    return { started: true };
  });
};
