import { registerDiagnosticsRoutes } from '../../src/admin/diagnostics/index.js';
import { registerListRoutes } from '../../src/admin/list/index.js';
import { registerTestRoutes } from '../../src/admin/server-test/index.js';
import { registerUpNextRoutes } from '../../src/admin/up-next/index.js';
import type { NodeAPI } from '../../src/runtime/node-types.js';

/** The runtime part of the sidebar's plugin, which Node-RED loads once: every admin route of this package begins here. */
export default (RED: NodeAPI): void => {
  registerTestRoutes(RED);
  registerListRoutes(RED);
  registerUpNextRoutes(RED);
  registerDiagnosticsRoutes(RED);
};
