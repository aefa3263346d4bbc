import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lasting, whenText } from '../../src/editor/up-next/times.js';
import { list } from '../../src/editor/up-next/words.js';

let language = 'en-US';
const HOURS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T18:00:00.000Z') });
  vi.stubGlobal('window', { RED: { i18n: { lang: () => language } } });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('times and lists', () => {
  const written = (of: string): readonly string[] => {
    language = of;
    return [whenText(Date.now() + 2 * HOURS), lasting(3200), list(['Ann', 'Ben'])];
  };

  it('are written in the language of the editor', () => {
    expect(written('en-US')).toEqual(['in 2 hours', '3.2 sec', 'Ann and Ben']);
    expect(written('de')).toEqual(['in 2 Stunden', '3,2 Sek.', 'Ann und Ben']);
  });

  it('need no new formatter for each: the sidebar writes hundreds at once', () => {
    written('de');
    const made = [
      vi.spyOn(Intl, 'RelativeTimeFormat'),
      vi.spyOn(Intl, 'DateTimeFormat'),
      vi.spyOn(Intl, 'NumberFormat'),
      vi.spyOn(Intl, 'ListFormat'),
    ];
    written('de');
    expect(made.map((one) => one.mock.calls.length)).toEqual([0, 0, 0, 0]);
  });
});
