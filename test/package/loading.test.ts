import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../e2e/packed.js';

/** Registers all that package.json names, as Node-RED does when it starts, and prints which files that has loaded. */
const REGISTER = `
const { nodes, plugins } = require('./package.json')['node-red'];
const anything = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything), apply: () => anything });
for (const file of [...Object.values(nodes), ...Object.values(plugins)]) {
  const loaded = require('./' + file);
  (loaded.default ?? loaded)(anything);
}
console.log(JSON.stringify(Object.keys(require.cache)));
`;

describe('what Node-RED loads at its start', () => {
  it('is what registers nodes and plugin; no client, no plan and no library', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', REGISTER], { cwd: ROOT });
    const files = (JSON.parse(stdout) as string[]).map((file) => file.slice(ROOT.length).replace(/^\//, ''));
    const ours = /^(package\.json|dist\/((nodes|plugins)\/.*|registration)\.js)$/;
    expect(files.filter((file) => !ours.test(file))).toEqual([]);
    expect(files).toHaveLength(12);
  });
});
