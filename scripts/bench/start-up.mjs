/**
 * Starts Node-RED once in this process, without an editor's port, and prints what that took as a JSON line.
 * Plain JavaScript: a loader of TypeScript would be measured too. Arguments: Node-RED's `red.js`, a user directory.
 */
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';

const [red, userDir] = process.argv.slice(2);
const RED = createRequire(red)('node-red');
const server = createServer();
const begun = performance.now();
RED.init(server, {
  userDir,
  flowFile: 'flows.json',
  uiHost: '127.0.0.1',
  credentialSecret: false,
  editorTheme: { tours: false, projects: { enabled: false } },
  telemetry: { enabled: false, updateNotification: false },
  logging: { console: { level: 'off', metrics: false, audit: false } },
});
const started = new Promise((resolve) => RED.events.once('flows:started', resolve));
await RED.start();
await started;
const ms = performance.now() - begun;
const { user, system } = process.cpuUsage();
const types = RED.runtime.nodes ? (await RED.runtime.nodes.getNodeList({})).flatMap((set) => set.types) : [];
globalThis.gc?.();
const { rss } = process.memoryUsage();
const figures = {
  ms,
  cpu: (user + system) / 1000,
  rss,
  types: types.filter((type) => type.startsWith('plex-jit-')).length,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
