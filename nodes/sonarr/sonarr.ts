import type { NodeAPI } from '../../src/runtime/node-types.js';
import { registerSonarr } from '../../src/runtime/servers/sonarr.js';

export default (RED: NodeAPI): void => registerSonarr(RED);
