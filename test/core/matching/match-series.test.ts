import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlayedShow, Series } from '../../../src/core/contracts/index.js';
import { SeriesIndex, matchSeries } from '../../../src/core/matching/index.js';
import { series, show } from './builders.js';

const match = (played: PlayedShow, ...library: Series[]) => matchSeries(played, new SeriesIndex(library));

const office = series('The Office');
const officeUs = series('The Office (US)');
const galactica = series('Battlestar Galactica', { year: 1978 });
const galactica2003 = series('Battlestar Galactica (2003)', { year: 2003 });

describe('cases of planning', () => {
  it('28: "(US)" in a title is part of it', () => {
    expect(match(show('The Office (US)'), office, officeUs)).toEqual({ series: officeUs, by: 'title' });
    expect(match(show('The Office'), office, officeUs)).toEqual({ series: office, by: 'title' });
  });

  it('29: two series of one title and a show without year are ambiguous, both are named', () => {
    expect(match(show('Battlestar Galactica'), galactica, galactica2003)).toMatchObject({
      code: 'ambiguous-title',
      text: expect.stringMatching(/Battlestar Galactica \(1978\), Battlestar Galactica \(2003\)/) as string,
      candidates: ['Battlestar Galactica (1978)', 'Battlestar Galactica (2003)'],
    });
  });

  it('30: the year of the show in Plex decides, one year off counts', () => {
    const played = show('Battlestar Galactica', { year: 2004 });
    expect(match(played, galactica, galactica2003)).toEqual({ series: galactica2003, by: 'title' });
  });

  it('31: a series of the same title with another tvdb id is not the show', () => {
    const played = show('Echo Bay', { ids: { tvdb: 1, tmdb: null, imdb: null } });
    expect(match(played, series('Echo Bay', { tvdbId: 2 }))).toEqual({
      code: 'series-not-in-sonarr',
      text: 'Sonarr has no series for "Echo Bay" (tried tvdb 1, its title, alternate titles; "Echo Bay" has tvdb id 2 where Plex says 1).',
      candidates: [],
    });
  });

  it('41: without metadata the title must be unique, and the year of the history row says nothing', () => {
    const played = (title: string) => show(title, { metadata: false, year: 2022 });
    expect(match(played('Night Shift'), series('Night Shift', { year: 2009 }))).toMatchObject({ by: 'title' });
    expect(
      match(played('Night Shift'), series('Night Shift', { year: 2009 }), series('Night Shift (2022)', { year: 2022 })),
    ).toMatchObject({ code: 'ambiguous-title' });
  });
});

describe('B18: titles are not compared letter by letter', () => {
  const nightShift = series('Night Shift', { year: 2009 });

  it('a show of another year is not fetched in its stead', () => {
    expect(match(show('Night Shift', { year: 2024 }), nightShift)).toMatchObject({ code: 'series-not-in-sonarr' });
    expect(match(show('Night Shift (2024)'), nightShift)).toMatchObject({ code: 'series-not-in-sonarr' });
  });

  it('a year in brackets on either side is the year', () => {
    expect(match(show('Night Shift (2009)'), nightShift)).toMatchObject({ series: nightShift });
    const dated = series('Night Shift (2024)');
    expect(match(show('Night Shift', { year: 2024 }), nightShift, dated)).toMatchObject({ series: dated });
  });

  it('a series of the same year comes before one whose year is unknown', () => {
    const undated = series('Night Shift');
    expect(match(show('Night Shift', { year: 2010 }), undated, nightShift)).toMatchObject({ series: nightShift });
    expect(match(show('Night Shift', { year: 2020 }), undated, nightShift)).toMatchObject({ series: undated });
  });

  it('the year in the title of a series counts before the one that Sonarr gives beside it', () => {
    const dated = series('Night Shift (2009)', { year: 2015 });
    expect(match(show('Night Shift', { year: 2009 }), dated)).toMatchObject({ series: dated });
    expect(match(show('Night Shift', { year: 2015 }), dated)).toMatchObject({ code: 'series-not-in-sonarr' });
  });

  it('a translation is found by the alternate title that stands for the whole series', () => {
    const copper = series('The Copper Valley', {
      alternateTitles: [
        { title: 'Das Kupfertal', season: null },
        { title: 'Copper Valley Returns', season: 2 },
      ],
    });
    expect(match(show('Das Kupfertal'), copper)).toEqual({ series: copper, by: 'alternate-title' });
    expect(match(show('Copper Valley Returns'), copper)).toMatchObject({ code: 'series-not-in-sonarr' });
  });

  it('an alternate title of two series is ambiguous', () => {
    const alternateTitles = [{ title: 'Anders', season: null }];
    const played = match(show('Anders'), series('One', { alternateTitles }), series('Two', { alternateTitles }));
    expect(played).toMatchObject({ code: 'ambiguous-title', candidates: ['One', 'Two'] });
  });

  it('an alternate title that Sonarr lists twice for one series is one match', () => {
    const alternateTitles = [
      { title: 'Straße', season: null },
      { title: 'Strasse', season: null },
    ];
    expect(match(show('STRASSE'), series('Road', { alternateTitles }))).toMatchObject({ by: 'alternate-title' });
  });

  it('accents, punctuation, case and fillers make no difference', () => {
    expect(match(show('Cafe creme & the Rest'), series('Café Crème and Rest'))).toMatchObject({ by: 'title' });
  });

  it('a title of symbols only matches nothing', () => {
    expect(match(show('!!!'), series('???'))).toMatchObject({ code: 'series-not-in-sonarr' });
  });
});

describe('ids', () => {
  it('the tvdb id comes before imdb and tmdb', () => {
    const byTvdb = series('A', { tvdbId: 7 });
    const byImdb = series('B', { tvdbId: 8, imdbId: 'tt1' });
    expect(match(show('B', { ids: { tvdb: 7, imdb: 'tt1', tmdb: null } }), byImdb, byTvdb)).toEqual({
      series: byTvdb,
      by: 'tvdb',
    });
  });

  it('imdb, then tmdb, where Plex has no tvdb id', () => {
    const found = series('A', { imdbId: 'tt1', tmdbId: 5 });
    const ids = { tvdb: null, imdb: 'tt1', tmdb: 5 };
    expect(match(show('Other', { ids }), found)).toMatchObject({ by: 'imdb' });
    expect(match(show('Other', { ids: { ...ids, imdb: null } }), found)).toMatchObject({ by: 'tmdb' });
  });

  it('a weaker id never stands against a tvdb id that differs', () => {
    const ids = { tvdb: 1, imdb: 'tt1', tmdb: 5 };
    const other = series('A', { tvdbId: 2, imdbId: 'tt1', tmdbId: 5 });
    expect(match(show('A', { ids }), other)).toMatchObject({ code: 'series-not-in-sonarr' });
  });

  it('an id that two series share decides nothing', () => {
    const ids = { tvdb: null, imdb: 'tt1', tmdb: null };
    const twins = [series('A', { imdbId: 'tt1' }), series('B', { imdbId: 'tt1' })];
    expect(match(show('C', { ids }), ...twins)).toMatchObject({ code: 'series-not-in-sonarr' });
    expect(match(show('B', { ids }), ...twins)).toMatchObject({ series: { title: 'B' }, by: 'title' });
  });
});

describe('properties', () => {
  const title = fc.constantFrom('Echo Bay', 'Echo Bay (2011)', 'The Echo Bay', 'Echo-Bay', 'Long Haul', 'Écho Bay');
  const year = fc.option(fc.constantFrom(2010, 2011, 2012, 2020), { nil: null });
  const number = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null });
  const imdb = fc.option(fc.constantFrom('tt1', 'tt2'), { nil: null });
  const library = fc
    .array(fc.record({ title, year, tvdbId: number, tmdbId: number, imdbId: imdb, alternate: title }), { maxLength: 6 })
    .map((all) =>
      all.map(({ alternate, title: own, ...facts }, i) =>
        series(own, { ...facts, id: i + 1, alternateTitles: [{ title: alternate, season: null }] }),
      ),
    );
  const played = fc.record({ title, year, tvdb: number, tmdb: number, imdb, metadata: fc.boolean() });
  const asShow = ({
    title: own,
    year: itsYear,
    metadata,
    ...ids
  }: { title: string; year: number | null } & PlayedShow['ids'] & { metadata: boolean }) =>
    show(own, { year: itsYear, metadata, ids });

  it('a match never stands against a stronger id that is known and differs; by title against none', () => {
    fc.assert(
      fc.property(library, played, (all, facts) => {
        const found = match(asShow(facts), ...all);
        if ('code' in found) return;
        const { by, series: it } = found;
        const pairs = { tvdb: it.tvdbId, imdb: it.imdbId, tmdb: it.tmdbId };
        const order = ['tvdb', 'imdb', 'tmdb'] as const;
        const stronger =
          by === 'tvdb' ? [] : by === 'imdb' ? order.slice(0, 1) : by === 'tmdb' ? order.slice(0, 2) : order;
        for (const key of stronger) if (facts[key] !== null && pairs[key] !== null) expect(pairs[key]).toBe(facts[key]);
      }),
    );
  });

  it('the order of the library makes no difference', () => {
    fc.assert(
      fc.property(library, played, (all, facts) => {
        const one = match(asShow(facts), ...all);
        const other = match(asShow(facts), ...[...all].reverse());
        if ('code' in one) expect(other).toMatchObject({ code: one.code });
        else expect(other).toEqual(one);
      }),
    );
  });
});

describe('the index', () => {
  const large = Array.from({ length: 5000 }, (_, i) =>
    series(`Séries Number ${i}`, {
      tvdbId: 10_000 + i,
      alternateTitles: [1, 2, 3].map((n) => ({ title: `Serie ${i} Títle ${n}`, season: null })),
    }),
  );

  it('cleans titles in slices, and finds the same with or without them', () => {
    const index = new SeriesIndex(large);
    expect([...index.indexTitles(2000)]).toEqual([3000, 1000, 0]);
    expect([...index.indexTitles()]).toEqual([]);
    expect(matchSeries(show('Series Number 4999'), index)).toMatchObject({ series: { tvdbId: 14_999 }, by: 'title' });
    expect(matchSeries(show('Serie 17 Title 2'), new SeriesIndex(large))).toMatchObject({
      series: { tvdbId: 10_017 },
    });
  });

  it('says which shows need titles', () => {
    const index = new SeriesIndex(large);
    expect(index.needsTitles(show('Any', { ids: { tvdb: 10_001, tmdb: null, imdb: null } }))).toBe(false);
    expect(index.needsTitles(show('Any', { ids: { tvdb: 1, tmdb: null, imdb: null } }))).toBe(true);
  });
});
