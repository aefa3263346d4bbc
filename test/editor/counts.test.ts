import { describe, expect, it } from 'vitest';
import { toFetch } from '../../src/editor/up-next/run.js';
import { fakeEditor } from './fake-editor.js';

const planned = (toSearch: number, searches: number) => toFetch({ toSearch, stillToSearch: toSearch, searches });

describe('what a run fetches, in the line of its counts', () => {
  it('are episodes, with the searches that they take', () => {
    fakeEditor();
    expect(planned(24, 3)).toEqual(['24 to fetch in 3 searches']);
    expect(planned(5, 1)).toEqual(['5 to fetch in 1 search']);
    expect(planned(0, 0)).toEqual([]);
    fakeEditor('de');
    expect(planned(24, 3)).toEqual(['24 zu holen mit 3 Suchen']);
  });

  it('are only those that are left, once some were searched for', () => {
    fakeEditor();
    expect(toFetch({ toSearch: 24, stillToSearch: 2, searches: 10 })).toEqual(['2 still to fetch']);
    expect(toFetch({ toSearch: 24, stillToSearch: 0, searches: 10 })).toEqual([]);
  });
});
