import { afterEach, describe, expect, it, vi } from 'vitest';
import { lookups } from '../../src/editor/up-next/ignore.js';

afterEach(() => vi.unstubAllGlobals());

const workspace = (...nodes: readonly object[]): unknown =>
  vi.stubGlobal('window', {
    RED: { nodes: { filterNodes: ({ z }: { z: string }) => nodes.filter((node) => 'z' in node && node.z === z) } },
  });

describe('the nodes that can ignore a show', () => {
  it('are those of the flow that look up at that Sonarr', () => {
    workspace(
      { id: 'a', z: 'tab', server: 'one' },
      { id: 'b', z: 'tab', server: 'two' },
      { id: 'c', z: 'other', server: 'one' },
    );
    expect(lookups('tab', 'one').map(({ id }) => id)).toEqual(['a']);
  });

  it('are those in the subflow, also when the server stands in it too and runs under a longer id', () => {
    workspace({ id: 'a', z: 'sub', server: 'one' }, { id: 'b', z: 'sub', server: '' }, { id: 'c', z: 'sub' });
    expect(lookups('sub', 'box-core-one').map(({ id }) => id)).toEqual(['a']);
    expect(lookups('sub', 'two')).toEqual([]);
  });
});
