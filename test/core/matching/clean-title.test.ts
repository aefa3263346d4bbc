import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanTitles, splitYear } from '../../../src/core/matching/clean-title.js';
import recording from '../../fixtures/recordings/sonarr/clean_titles.json';

describe('clean titles', () => {
  it.each(recording.body)('$title has the form that Sonarr 5 answered', ({ title, cleanTitle }) => {
    expect(cleanTitles(title)[0]).toBe(cleanTitle);
  });

  it.each([
    ['Łódź Nights', 'łodznights'],
    ['Straße', 'straße'],
    ['Йога', 'иога'],
    ['がんばれ', 'かんはれ'],
    ['étude', 'etude'],
  ])('%s has the form of Sonarr 4 too', (title, older) => {
    expect(cleanTitles(title)).toContain(older);
  });

  it('one form is enough where both Sonarrs agree', () => {
    expect(cleanTitles('Café Crème')).toEqual(['cafecreme']);
    expect(cleanTitles('Law & Order')).toEqual(cleanTitles('Law and Order'));
  });

  it('titles in ASCII take the same form by the short way and by the long one', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aofthendr_ -%.&12 '.split('')), maxLength: 20 });
    fc.assert(
      fc.property(text, (title) => {
        const [clean] = cleanTitles(`${title}.x`);
        expect(cleanTitles(`${title}…x`)[0]).toBe(clean);
      }),
    );
  });
});

describe('the year at the end of a title', () => {
  it.each([
    ['Echo Bay (2011)', 'Echo Bay', 2011],
    ['Echo Bay [2011] ', 'Echo Bay', 2011],
    ['Echo Bay (US)', 'Echo Bay (US)', null],
    ['1923', '1923', null],
    ['(2009)', '(2009)', null],
    ['Blade 2049', 'Blade 2049', null],
    ['Agents (3049)', 'Agents (3049)', null],
  ])('%s', (title, stem, year) => {
    expect(splitYear(title)).toEqual({ title: stem, year });
  });
});
