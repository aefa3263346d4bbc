import { describe, expect, it } from 'vitest';
import { ignoreList } from '../../../src/core/matching/index.js';
import { show } from './builders.js';

describe('shows to ignore', () => {
  it('are compared as Sonarr cleans titles', () => {
    expect(ignoreList(['the cafe creme'])(show('The Café & Crème'))).not.toBeNull();
    expect(ignoreList(['Echo'])(show('Echo Bay'))).toBeNull();
  });

  it('can be named by tvdb id', () => {
    const played = show('Echo Bay', { ids: { tvdb: 123, tmdb: null, imdb: null } });
    expect(ignoreList(['tvdb:123'])(played)).not.toBeNull();
    expect(ignoreList([' TVDB: 124'])(played)).toBeNull();
    expect(ignoreList(['tvdb:123'])(show('Echo Bay'))).toBeNull();
  });

  it('a year in brackets tells two shows of one title apart', () => {
    expect(ignoreList(['Night Shift (2009)'])(show('Night Shift', { year: 2024 }))).toBeNull();
    expect(ignoreList(['Night Shift (2009)'])(show('Night Shift', { year: 2009 }))).not.toBeNull();
    expect(ignoreList(['Night Shift'])(show('Night Shift (2009)'))).not.toBeNull();
  });

  it('in doubt about the year the show is ignored', () => {
    expect(ignoreList(['Night Shift (2009)'])(show('Night Shift'))).not.toBeNull();
  });

  it('an empty entry ignores nothing', () => {
    expect(ignoreList(['', '  ', '???'])(show('!!!'))).toBeNull();
  });

  it('answers the entry that fits', () => {
    expect(ignoreList(['Long Haul', 'Echo Bay'])(show('echo bay'))).toBe('Echo Bay');
    expect(ignoreList([])(show('echo bay'))).toBeNull();
  });
});
