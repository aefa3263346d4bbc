import type { NodeAPI } from '../../runtime/node-types.js';
import { getRoute } from '../routes.js';
import { diagnosticsReport } from './report.js';

/** `GET plex-jit/diagnostics`, with `?names=1` names and titles too. */
export const registerDiagnosticsRoutes = (RED: NodeAPI): void =>
  getRoute(RED, '/plex-jit/diagnostics', ({ names }) => diagnosticsReport(RED, names === '1'));
