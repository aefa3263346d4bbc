import type { NodeAPI } from '../../src/runtime/node-types.js';
import { registerTautulli } from '../../src/runtime/servers/tautulli.js';

export default (RED: NodeAPI): void => registerTautulli(RED);
