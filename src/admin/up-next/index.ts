import type { NodeAPI } from '../../runtime/node-types.js';

/** The routes of the "Up next" sidebar. */
export const registerUpNextRoutes = (RED: NodeAPI): void => {
  RED.httpAdmin.get('/plex-jit/up-next', RED.auth.needsPermission('plex-jit.read'), (_req, res) => {
    res.json({ flows: [] });
  });
};
