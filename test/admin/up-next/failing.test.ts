import { describe, expect, it } from 'vitest';
import { registerDiagnosticsRoutes } from '../../../src/admin/diagnostics/index.js';
import { registerUpNextRoutes } from '../../../src/admin/up-next/index.js';
import type { NodeAPI } from '../../../src/runtime/node-types.js';
import { Editor } from '../editor.js';

/** As if there were a fault of ours: what is deployed cannot be read, in words that are nobody's business. */
const broken = (RED: NodeAPI): NodeAPI => ({
  ...RED,
  nodes: {
    ...RED.nodes,
    eachNode: () => {
      throw new RangeError('secret of the house');
    },
  },
});

describe.each([
  { path: '/plex-jit/up-next', routes: registerUpNextRoutes },
  { path: '/plex-jit/diagnostics', routes: registerDiagnosticsRoutes },
])('GET $path that fails inside', ({ path, routes }) => {
  it('answers with a sentence, and leaves one line in the log', async () => {
    await using editor = await Editor.start([], {}, { register: (RED) => routes(broken(RED)) });
    const response = await fetch(`${editor.url}${path}`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: "The request failed inside this package; see Node-RED's log.",
    });
    expect(editor.log.match(/route-failed/g)).toHaveLength(1);
    expect(editor.log).toContain(`plex-jit: ${path} failed: RangeError [route-failed]`);
    expect(editor.log).not.toContain('secret of the house');
  });
});
