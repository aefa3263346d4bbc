import { describe, expect, it } from 'vitest';
import { ignoreList, isIgnored } from '../../../src/core/matching/index.js';
import { show } from './builders.js';

describe('shows to ignore', () => {
  it('are compared as Sonarr cleans titles', () => {
    expect(isIgnored(show('The Café & Crème'), ['the cafe creme'])).toBe(true);
    expect(isIgnored(show('Echo Bay'), ['Echo'])).toBe(false);
  });

  it('can be named by tvdb id', () => {
    const played = show('Echo Bay', { ids: { tvdb: 123, tmdb: null, imdb: null } });
    expect(isIgnored(played, ['tvdb:123'])).toBe(true);
    expect(isIgnored(played, [' TVDB: 124'])).toBe(false);
    expect(isIgnored(show('Echo Bay'), ['tvdb:123'])).toBe(false);
  });

  it('a year in brackets tells two shows of one title apart', () => {
    expect(isIgnored(show('Night Shift', { year: 2024 }), ['Night Shift (2009)'])).toBe(false);
    expect(isIgnored(show('Night Shift', { year: 2009 }), ['Night Shift (2009)'])).toBe(true);
    expect(isIgnored(show('Night Shift (2009)'), ['Night Shift'])).toBe(true);
  });

  it('in doubt about the year the show is ignored', () => {
    expect(isIgnored(show('Night Shift'), ['Night Shift (2009)'])).toBe(true);
  });

  it('an empty entry ignores nothing', () => {
    expect(isIgnored(show('!!!'), ['', '  ', '???'])).toBe(false);
  });

  it('answers the entry that fits', () => {
    expect(ignoreList(['Long Haul', 'Echo Bay'])(show('echo bay'))).toBe('Echo Bay');
    expect(ignoreList([])(show('echo bay'))).toBeNull();
  });
});
