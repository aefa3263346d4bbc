import { describe, expect, it } from 'vitest';
import { hasServer } from '../../src/editor/flow/server-warning.js';

const KNOWN = { id: 'nas', type: 'plex-jit-sonarr' };
const nodeOf = (id: string) => (id === KNOWN.id ? KNOWN : null);

describe('a form has its server', () => {
  it.each([
    ['that is chosen', 'nas', true],
    ['that is deleted', 'gone', false],
    ['that is yet to be added', '_ADD_', false],
    ['none', '', false],
    ['none, as a list without entries says', null, false],
    ['what a subflow has for a variable, as Node-RED offers it inside of one', '${SONARR}', true],
  ])('%s', (_what, server, has) => {
    expect(hasServer(server, { nodeOf })).toBe(has);
  });
});
