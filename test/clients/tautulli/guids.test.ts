import { describe, expect, test } from 'vitest';
import { idsFromGuid, idsFromGuids } from '../../../src/clients/tautulli/guids.js';

const none = { tvdb: null, tmdb: null, imdb: null };

describe('ids of the show in a guid', () => {
  test.each([
    ['com.plexapp.agents.thetvdb://73244?lang=en', { ...none, tvdb: 73244 }],
    ['com.plexapp.agents.thetvdb://73244/3/1?lang=en', { ...none, tvdb: 73244 }],
    ['com.plexapp.agents.thetvdb://76332/2026/2026-10-12?lang=de', { ...none, tvdb: 76332 }],
    ['com.plexapp.agents.themoviedb://1396/2/13', { ...none, tmdb: 1396 }],
    ['com.plexapp.agents.hama://tvdb-12345/1/1', { ...none, tvdb: 12345 }],
    ['com.plexapp.agents.hama://tvdb4-12345/1/1', { ...none, tvdb: 12345 }],
    ['com.plexapp.agents.hama://anidb-9541/1/1', none],
    ['plex://episode/b42e4b47fcc4a19a40e76cfb', none],
    ['plex://show/3e90401365e6fed2f4f3aeab', none],
    ['local://1591', none],
    ['', none],
  ])('%s', (guid, ids) => expect(idsFromGuid(guid)).toEqual(ids));
});

describe('ids in a list of guids', () => {
  test('of the new agent', () => {
    expect(idsFromGuids(['imdb://tt11280740', 'tmdb://95396', 'tvdb://371980'])).toEqual({
      tvdb: 371980,
      tmdb: 95396,
      imdb: 'tt11280740',
    });
  });

  test('unknown sources and nonsense are passed over', () => {
    expect(idsFromGuids(['anidb://5', 'tvdb://', 'tvdb://abc', 'tmdb://0', 'x'])).toEqual(none);
  });
});
