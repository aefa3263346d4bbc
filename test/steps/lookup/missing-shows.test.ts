import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/core/time.js';
import { play } from './rows.js';
import { Household } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('a show that is missing', () => {
  test('renews the index ten minutes after its last reading at the soonest', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    home.has(2, 3);
    home.asked();
    home.clock.pass(9 * MINUTE);
    expect((await home.look([play(2, 1)])).unmatched.map(({ code }) => code)).toEqual(['series-not-in-sonarr']);
    expect(home.asked()).not.toContain('series');
    home.clock.pass(MINUTE);
    expect(await home.look([play(2, 1)])).toMatchObject({ unmatched: [], series: [{ series: { id: 2 } }] });
  });

  test('and stays missing costs ever fewer readings', async () => {
    home.has(1, 3);
    let readings = 0;
    for (let run = 0; run < 24; run += 1) {
      await home.look([play(1, 1), play(9, 1)], { cacheTime: 100 });
      readings += home.asked().filter((line) => line === 'series').length;
      home.clock.pass(HOUR);
    }
    expect(readings).toBeLessThan(8);
  });

  test('and is on the list of shows to ignore is "ignored", and renews nothing', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    home.asked();
    home.clock.pass(HOUR);
    const { unmatched } = await home.look([play(9, 1)], { ignoreShows: ['show 9'] });
    expect(unmatched.map(({ code, text }) => [code, text])).toEqual([
      ['ignored', '"show 9" is on the list of ignored shows.'],
    ]);
    expect(home.asked()).not.toContain('series');
  });

  test('B18: two of one title are ambiguous, and none is taken', async () => {
    home.has(1, 3, { title: 'Echo Bay', year: 2011, tvdbId: 1 });
    home.has(2, 3, { title: 'Echo Bay (2020)', year: 2020, tvdbId: 2 });
    const ids = { tvdb: null, tmdb: null, imdb: null };
    const unknown = { title: 'Echo Bay', year: null, key: 'k', ids, metadata: true };
    const { unmatched, series: found } = await home.look([play(1, 1, { show: unknown })]);
    expect(found).toEqual([]);
    expect(unmatched.map(({ code, candidates }) => [code, candidates])).toEqual([
      ['ambiguous-title', ['Echo Bay (2011)', 'Echo Bay (2020)']],
    ]);
  });
});

describe('series that are left out', () => {
  test('case 43: by a tag, with its name; plays keep their places and nothing is read afresh', async () => {
    home.has(1, 5, { tags: [3] });
    home.sonarr.labels.push({ id: 3, label: 'kids' });
    const { series: found } = await home.look([play(1, 2)], { excludeTags: ['Kids'] });
    expect(found).toMatchObject([
      { excluded: { by: 'tag', name: 'kids' }, tagLabels: ['kids'], plays: [{ episodeId: 102 }] },
    ]);
    expect(home.sonarr.idsAsked).toEqual([]);
  });

  test('by the list of shows to ignore, by title or tvdb id', async () => {
    home.has(1, 5);
    home.has(2, 5);
    const { series: found } = await home.look([play(1, 2), play(2, 2)], {
      ignoreShows: ['Show 1 (2020)', 'tvdb:1002'],
    });
    expect(found.map(({ excluded }) => excluded?.name).toSorted()).toEqual(['Show 1 (2020)', 'tvdb:1002']);
  });

  test('their plays that no episode fits are ignored too', async () => {
    home.has(1, 5);
    home.has(2, 5, { tags: [3] });
    home.sonarr.labels.push({ id: 3, label: 'kids' });
    const settings = { ignoreShows: ['Show 1'], excludeTags: ['kids'] };
    const { unmatched } = await home.look([play(1, 99), play(2, 99)], settings);
    expect(unmatched.map(({ code, text }) => `${code}: ${text}`).toSorted()).toEqual([
      'ignored: "Show 1" is on the list of ignored shows.',
      'ignored: Show 2 has the tag "kids".',
    ]);
  });
});
