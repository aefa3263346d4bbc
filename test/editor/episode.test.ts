import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeView, PlanView } from '../../src/core/up-next/index.js';
import { episodeItem } from '../../src/editor/up-next/episode.js';
import { setServerTime } from '../../src/editor/up-next/times.js';
import { viewerSections } from '../../src/editor/up-next/viewers.js';
import { fakeEditor } from './fake-editor.js';
import { FakeElement } from './fake-element.js';

/** The editor's clock: 18:30, wherever this runs. */
const NOW = new Date(2026, 10, 22, 18, 30).getTime();
const HOUR = 3_600_000;
const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();

const episode = (of: Partial<EpisodeView>): EpisodeView => ({
  ...{ id: 1, label: 'S02E06', title: 'The Locks', series: 'Harbour Lights', code: 'search', text: '', details: [] },
  ...{ until: null, neededBy: at(2), viewers: ['Ann'], progress: null, readyAt: null, queue: null },
  ...of,
});

const all = (element: FakeElement): readonly FakeElement[] => [element, ...element.children.flatMap(all)];
const partsOf = (root: unknown, part: string): readonly string[] =>
  all(root as FakeElement)
    .filter((one) => one.getAttribute('class')?.split(' ').includes(`plex-jit-${part}`))
    .map(({ text }) => text.replace(/\s+/g, ' ').trim());
const shown = (of: Partial<EpisodeView>) => {
  const item = episodeItem(episode(of), at(-1));
  return (part: string): string => partsOf(item, part).join();
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  fakeEditor();
  vi.stubGlobal('window', { RED: { i18n: { lang: () => 'en-GB' } } });
  vi.stubGlobal('document', { createElement: () => new FakeElement() });
  setServerTime(NOW);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('an episode in the sidebar', () => {
  it.each<[Partial<EpisodeView>, string, string]>([
    [{ code: 'downloading', progress: 40, readyAt: at(1) }, 'downloading', 'Is downloading. Expected in 1 hour.'],
    [{ code: 'searching' }, 'searching', 'Aired, but no file yet: this run is fetching it.'],
    [
      { code: 'cooling-down', until: at(5) },
      'cooling down',
      'Was searched for recently; will be searched for again. Again in 5 hours.',
    ],
    [{ code: 'not-aired', until: at(3) }, 'not aired', 'Has not aired yet. Airs in 3 hours.'],
    [{ code: 'not-aired', until: at(-1) }, 'not aired', 'Has not aired yet. The next run checks again.'],
    [{ code: 'blocked' }, 'blocked', 'Sonarr cannot import it. See its queue.'],
    [
      { code: 'queued', queue: { position: 2, priority: 'High' } },
      'queued',
      'Waiting in the download queue. Place 3 in SABnzbd.',
    ],
  ])('%j: its state, and why', (of, state, why) => {
    const part = shown(of);
    expect([part('state'), part('why')]).toEqual([state, why]);
  });

  it('on disk is there: no reason, and nobody needs it any more', () => {
    const part = shown({ code: 'on-disk' });
    expect([part('state'), part('why'), part('need')]).toEqual(['on disk', '', '']);
  });

  it('tells how far its download was, and when that was', () => {
    expect(shown({ code: 'downloading', progress: 40 })('progress')).toBe('40 % downloaded as of 17:30');
    expect(shown({ code: 'queued' })('progress')).toBe('');
  });

  it.each<[Partial<EpisodeView>, string]>([
    [{}, 'Needed in 2 hours'],
    [{ viewers: ['Ann', 'Bob'] }, 'Needed in 2 hours, for Ann and Bob'],
    [{ neededBy: at(-1), viewers: ['Ann', 'Bob'] }, 'Needed now, for Ann and Bob'],
    [{ neededBy: null, viewers: ['Ann', 'Bob'] }, 'For Ann and Bob'],
  ])('%j: who needs it and by when, below the name of one of them', (of, need) => {
    expect(shown(of)('need')).toBe(need);
  });

  it('outside of a series tells that too, and its only viewer', () => {
    const item = episodeItem(episode({}), at(-1), 'Harbour Lights');
    expect(partsOf(item, 'label')).toEqual(['Harbour Lights S02E06']);
    expect(partsOf(item, 'need')).toEqual(['Needed in 2 hours, for Ann']);
  });
});

it('a viewer has the series, where they are in each, and what comes next there', () => {
  const thread = { series: 'Tidal', slug: 'tidal', state: 'watching', text: '' } as const;
  const plan = {
    at: at(-1),
    sonarr: { id: 's', name: 'sonarr', url: 'http://nas:8989' },
    episodes: [episode({ id: 7, code: 'on-disk', label: 'S01E02' })],
    viewers: [
      {
        ...{ id: '1', name: 'Ann' },
        threads: [
          { ...thread, position: 'S01E01', playing: true, playedAt: at(0), next: [7] },
          { ...thread, position: 'S01E05', playing: false, playedAt: at(-3), next: [] },
        ],
      },
    ],
  };
  const [section] = viewerSections(plan as unknown as PlanView);
  expect(partsOf(section, 'position')).toEqual(['at S01E01 · playing now', 'at S01E05 · played 3 hours ago']);
  expect(partsOf(section, 'label')).toEqual(['S01E02']);
  expect(partsOf(section, 'why')).toEqual(['Nothing comes next.']);
});
