import { coded } from '../../core/log-codes.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { diagnosticsReport } from './report.js';

/** `GET plex-jit/diagnostics`, with `?names=1` names and titles too. */
export const registerDiagnosticsRoutes = (RED: NodeAPI): void => {
  RED.httpAdmin.get('/plex-jit/diagnostics', RED.auth.needsPermission('plex-jit.read'), (req, res) => {
    diagnosticsReport(RED, req.query.names === '1').then(
      (report) => res.set('Cache-Control', 'no-store').json(report),
      (error: unknown) => {
        RED.log.error(
          coded('route-failed', `plex-jit: diagnostics failed: ${error instanceof Error ? error.name : 'unknown'}`),
        );
        res
          .status(500)
          .json({ error: 'The diagnostics could not be put together; the log of Node-RED has a line about it.' });
      },
    );
  });
};
