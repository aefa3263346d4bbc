import type { NodeAPI } from '../../src/runtime/node-types.js';
import { registerSabnzbd } from '../../src/runtime/servers/sabnzbd.js';

export default (RED: NodeAPI): void => registerSabnzbd(RED);
