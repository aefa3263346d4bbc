import { afterEach, describe, expect, it, vi } from 'vitest';
import { whyOf } from '../../src/editor/up-next/why.js';
import { fakeEditor, type Language } from './fake-editor.js';

const speaking = (language: Language): void => {
  fakeEditor(language);
  vi.stubGlobal('window', { RED: { i18n: { lang: () => language } } });
};

const budget = {
  code: 'budget',
  text: 'Left for a later run: at most 10 searches per run, one for all episodes of a season',
} as const;

describe('why an episode is where it is', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is told in English with the limit, the rule or the words of the server', () => {
    speaking('en-US');
    expect(whyOf(budget)).toEqual({ words: `${budget.text}.`, quote: null });
    expect(whyOf({ code: 'excluded', text: 'The series has ended.' }).words).toBe('The series has ended.');
  });

  it("is told in the catalogue's words where they say as much", () => {
    speaking('de');
    expect(whyOf({ code: 'not-aired', text: 'Not aired yet' })).toEqual({
      words: 'Wurde noch nicht ausgestrahlt.',
      quote: null,
    });
  });

  it('is told in German of an episode over the budget, and in nothing but German', () => {
    speaking('de');
    const { words, quote } = whyOf(budget);
    expect(words).toMatch(/^Die Suchen für diesen Lauf oder Tag sind aufgebraucht .*\.$/);
    expect(quote).toBeNull();
  });

  it('is quoted in English behind the German where only that says which, how much or what a server said', () => {
    speaking('de');
    expect(whyOf({ code: 'result-failed', text: 'Sonarr said no' })).toEqual({
      words: 'Die Suche ist fehlgeschlagen.',
      quote: 'Sonarr said no.',
    });
  });
});
