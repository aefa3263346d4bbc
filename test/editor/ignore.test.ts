import type { UnmatchedView } from '../../src/core/up-next/index.js';
import { fakeEditor } from './fake-editor.js';
import { FakeElement } from './fake-element.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { canUndo, ignoreShow, lookups, obstacle, undo } from '../../src/editor/up-next/ignore.js';

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

describe('why a show cannot be ignored from here', () => {
  const node = { id: 'a', type: 'plex-jit-sonarr-lookup', z: 'tab' };
  const said = (nodes: readonly (typeof node)[], of: { mayWrite?: boolean; isLocked?: boolean } = {}) => {
    const { mayWrite = true, isLocked = false } = of;
    fakeEditor();
    const user = { hasPermission: (permission: string) => permission !== 'flows.write' || mayWrite };
    vi.stubGlobal('window', { RED: { user, workspaces: { isLocked: () => isLocked } } });
    return obstacle('tab', nodes);
  };

  it('is told to whoever may only read, where there is no node for it, and in a flow that is locked', () => {
    expect(said([node])).toBeNull();
    expect(said([node], { mayWrite: false })).toBe('You may not change flows.');
    expect(said([])).toMatch(/^This flow has no sonarr lookup node/);
    expect(said([node], { isLocked: true })).toMatch(/^The flow is locked/);
  });
});

describe('a show that was ignored', () => {
  const show = (title: string): UnmatchedView => ({
    ...{ title, code: 'series-not-in-sonarr', text: '', viewers: ['Ann'], plays: 1, ignoreId: '' },
  });

  it('can be taken back as long as that is what undo takes back', () => {
    fakeEditor();
    const history: object[] = [];
    const nothing = vi.fn();
    const invoke = vi.fn();
    const RED = {
      actions: { invoke },
      editor: { validateNode: nothing },
      events: { emit: nothing },
      history: { push: (event: object) => history.push(event), peek: () => history.at(-1) },
      nodes: { dirty: () => false },
      view: { redraw: nothing },
      notify: nothing,
    };
    vi.stubGlobal('window', { RED });
    vi.stubGlobal('document', { createElement: () => new FakeElement() });
    const node = (id: string) => ({ id, type: 'plex-jit-sonarr-lookup', z: 'tab', ignoreShows: [] });
    const [a, b, elsewhere] = [node('a'), node('b'), node('c')];
    ignoreShow([a], show('One'));
    ignoreShow([a, b], show('Two'));
    expect([canUndo([a], show('One')), canUndo([a, b], show('Two'))]).toEqual([false, true]);
    history.pop();
    expect(canUndo([a], show('One'))).toBe(true);
    expect(canUndo([elsewhere], show('One'))).toBe(false);
    undo();
    expect(invoke).toHaveBeenCalledWith('core:undo');
    history.push({ t: 'move' });
    expect(canUndo([a], show('One'))).toBe(false);
    history.length = 0;
    expect(canUndo([a], show('One'))).toBe(false);
  });
});
