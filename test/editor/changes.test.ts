import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changesAt, changeText, progressText } from '../../src/editor/up-next/changes.js';
import { fakeEditor } from './fake-editor.js';

const SOON = '2026-11-22T22:00:00Z';
const LATER = '2026-11-23T22:00:00Z';

describe('when an episode changes by itself', () => {
  beforeEach(() => fakeEditor());

  it('a download is there before anything else counts', () => {
    expect(changesAt({ readyAt: SOON, until: LATER })).toBe(SOON);
    expect(changesAt({ readyAt: null, until: LATER })).toBe(LATER);
    expect(changesAt({ readyAt: null, until: null })).toBeNull();
  });

  it.each([
    [{ code: 'downloading', readyAt: SOON }, 'Expected in 4 minutes.'],
    [{ code: 'cooling-down', readyAt: null }, 'Again in 4 minutes.'],
    [{ code: 'not-aired', readyAt: null }, 'Airs in 4 minutes.'],
    [{ code: 'waiting', readyAt: null }, 'Changes in 4 minutes.'],
  ] as const)('%j is told with its moment', (episode, told) => {
    expect(changeText(episode, 'in 4 minutes', false)).toBe(told);
  });

  it.each([
    [{ code: 'downloading', readyAt: SOON }, 'Should be there by now.'],
    [{ code: 'cooling-down', readyAt: null }, 'The next run checks again.'],
    [{ code: 'not-aired', readyAt: null }, 'The next run checks again.'],
  ] as const)('%j, once its moment has passed, is not told as past', (episode, told) => {
    expect(changeText(episode, '4 minutes ago', true)).toBe(told);
  });
});

describe('how far a download is', () => {
  /** The editor's clock: 18:30 on a Sunday, wherever this runs. */
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 18, 30) });
    vi.stubGlobal('window', { RED: { i18n: { lang: () => 'en-GB' } } });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const at = (...[day, hour, minute]: readonly [number, number, number]): string =>
    new Date(2026, 10, day, hour, minute).toISOString();

  it('is told with the time of the plan that it is of: it does not move by itself', () => {
    fakeEditor();
    expect(progressText(75, at(22, 18, 4))).toBe('75 % downloaded as of 18:04');
  });

  it('is told with the day when the plan is not of today', () => {
    fakeEditor();
    expect(progressText(75, at(21, 18, 45))).toMatch(/^75 % downloaded as of Sat,? 21 Nov.* 18:45$/);
  });

  it('is told in German too', () => {
    fakeEditor('de');
    vi.stubGlobal('window', { RED: { i18n: { lang: () => 'de' } } });
    expect(progressText(75, at(22, 18, 4))).toBe('75 % geladen, Stand 18:04');
  });
});
