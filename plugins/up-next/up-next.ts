import { registerUpNextRoutes } from '../../src/admin/up-next/index.js';
import type { NodeAPI } from '../../src/runtime/node-types.js';

/** The runtime part of the sidebar's plugin, which Node-RED loads once: every admin route of this package begins here. */
export default (RED: NodeAPI): void => {
  registerUpNextRoutes(RED);
};
