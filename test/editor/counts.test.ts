import { describe, expect, it } from 'vitest';
import { toFetch } from '../../src/editor/up-next/run.js';
import { fakeEditor } from './fake-editor.js';

const planned = (toSearch: number, searches: number) => toFetch({ toSearch, searches, grabbed: 0, notFound: 0 });

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
    expect(toFetch({ toSearch: 24, searches: 10, grabbed: 20, notFound: 2 })).toEqual(['2 still to fetch']);
    expect(toFetch({ toSearch: 24, searches: 10, grabbed: 22, notFound: 2 })).toEqual([]);
  });
});
