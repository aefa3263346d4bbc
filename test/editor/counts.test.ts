import { describe, expect, it } from 'vitest';
import { toFetch } from '../../src/editor/up-next/run.js';
import { fakeEditor } from './fake-editor.js';

describe('what a run fetches, in the line of its counts', () => {
  it('are episodes, with the searches that they take', () => {
    fakeEditor();
    expect(toFetch(24, 3)).toEqual(['24 to fetch in 3 searches']);
    expect(toFetch(5, 1)).toEqual(['5 to fetch in 1 search']);
    expect(toFetch(0, 0)).toEqual([]);
    fakeEditor('de');
    expect(toFetch(24, 3)).toEqual(['24 zu holen mit 3 Suchen']);
  });
});
