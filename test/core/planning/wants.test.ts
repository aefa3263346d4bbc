import { describe, expect, it } from 'vitest';
import type { OpenWant, PlanningSettings, PlayFilters } from '../../../src/core/contracts/index.js';
import { toInstant } from '../../../src/core/time.js';
import {
  download,
  episodeIn,
  itemOf,
  lookup,
  neededIn,
  others,
  plan,
  planEpisodes,
  played,
  playedAll,
  searched,
  SETTINGS,
  show,
  want,
  wanted,
  when,
  type Show,
} from './household.js';

const remembered = { active: false };
/** Ann stands at E5, longer ago than `days to check`. */
const old = (text = 'E1-5✓ E6-9·'): Show => played(show('A', text), 'Ann', 'E5', '-9d', remembered);

describe('open wants', () => {
  it('a thread opens wants for what has no file, whatever is done with it', () => {
    const but = { E3: { download: download('failed') }, E5: { download: download('downloading') } };
    const a = played(show('A', 'E1✓ E2✓ E3· E4· E5· E6·', { but }), 'Ann', 'E1', '-1h');
    expect(wanted(plan([a], { episodesToCheck: 4, searchesPerRun: 0 }), a)).toBe('E3 E4 E5');
  });

  it('a want knows the latest play that led to it, and when it was opened first', () => {
    const a = played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-1h');
    const { wants } = plan([a], {}, { wants: [want(a, 'Ann', 'E2', '-9d')] });
    expect(wants).toMatchObject([{ playedAt: toInstant(when('-1h')), openedAt: toInstant(when('-9d')) }]);
  });

  it('wants without a thread are planned one after the other, from half an hour on', () => {
    const a = old();
    const result = plan([a], {}, { wants: [want(a, 'Ann', 'E7', '-9d'), want(a, 'Ann', 'E6', '-9d')] });
    expect(searched(result)).toBe('E6 E7');
    expect([neededIn(itemOf(result, 'E6')), neededIn(itemOf(result, 'E7'))]).toEqual([30, 75]);
    expect(result.plan.threads).toEqual([]);
  });

  it('a want that is still to air is listed and stays', () => {
    const a = old('E1-5✓ E6⌛');
    const result = plan([a], {}, { wants: [want(a, 'Ann', 'E6', '-9d')] });
    expect(others(result)).toBe('E6 not-aired');
    expect(wanted(result, a)).toBe('E6');
  });

  const closed: Record<string, () => Show> = {
    'has a file': () => old('E1-6✓'),
    'was played': () => played(old(), 'Ann', 'E6', '-3d', remembered),
    'was passed': () => played(old(), 'Ann', 'E8', '-3d', remembered),
    'is gone from Sonarr': () => {
      const a = old();
      return { ...a, episodes: a.episodes.filter((e) => e.episode !== 6) };
    },
  };
  it.each(Object.keys(closed))('a want closes when its episode %s', (reason) => {
    const a = closed[reason]?.() ?? old();
    const wants = [want(old(), 'Ann', 'E6', '-9d')].map((w) => ({
      ...w,
      seriesId: a.series.id,
      episodeId: (a.episodes[4]?.id ?? 0) + 1,
    }));
    const result = plan([a], {}, { wants });
    expect(searched(result)).toBe('');
    expect(result.wants).toEqual([]);
  });

  const ALL: PlayFilters = { viewers: { allowed: [], denied: [] }, libraries: { allowed: [], denied: [] } };
  const filtered = (filters: Partial<PlayFilters>) => ({ filters: { ...ALL, ...filters } });
  const rule = (by: PlanningSettings['rules'][number]['for'], name: string) => ({
    settings: { rules: [{ for: by, name, episodesToCheck: 0 }] },
  });
  interface LeftOut {
    readonly settings?: Partial<PlanningSettings>;
    readonly excluded?: Show['excluded'];
    readonly filters?: PlayFilters;
  }
  const leftOut: Record<string, LeftOut> = {
    'a tag of the look-up': { excluded: { by: 'tag', name: 'kids' } },
    'the list of shows to ignore': { excluded: { by: 'list', name: 'A' } },
    'a rule for its viewer': rule('viewer', 'ann'),
    'a rule for its library': rule('library', 'tv'),
    'a denied viewer': filtered({ viewers: { allowed: [], denied: ['ann'] } }),
    'an allow-list without its viewer': filtered({ viewers: { allowed: ['Bob'], denied: [] } }),
    'a denied library': filtered({ libraries: { allowed: [], denied: ['TV'] } }),
    'an allow-list without its library': filtered({ libraries: { allowed: ['9'], denied: [] } }),
  };
  /** The plan of an open want of Ann's of library TV, of which all plays are forgotten or filtered out. */
  const without = (of: Show, label: string, { settings, filters, excluded = null }: LeftOut) => {
    const wants = [{ ...want(of, 'Ann', label, '-9d'), library: { id: '2', name: 'TV' } }];
    const looked = lookup([{ ...of, excluded }], { wants }, filters ? { filters } : {});
    return { wants, result: planEpisodes(looked, { ...SETTINGS, ...settings }, when('+0m')) };
  };

  it.each(Object.keys(leftOut))('case 62: a want that %s leaves out is not planned, and not forgotten', (by) => {
    const a = show('A', 'E1-5✓ E6-9·');
    const { wants, result } = without(a, 'E6', leftOut[by] ?? {});
    expect(result.plan.items).toEqual([]);
    expect(result.wants).toEqual(wants);
    expect(searched(without(a, 'E6', filtered({})).result)).toBe('E6');
  });

  it('a want of a special is not planned while specials are skipped, and not forgotten', () => {
    const but = { S0E1: { airDateUtc: '2015-02-01T20:00:00.000Z' } };
    const a = show('A', 'S0E1· E1-9✓', { but });
    const { wants, result } = without(a, 'S0E1', {});
    expect([result.plan.items, result.wants]).toEqual([[], wants]);
    expect(searched(without(a, 'S0E1', { settings: { skipSpecials: false } }).result)).toBe('S0E1');
  });

  it('a want that is left out lapses like any other', () => {
    const denied = filtered({ viewers: { allowed: [], denied: ['Ann'] } });
    expect(without(show('A', 'E1-6✓'), 'E6', denied).result.wants).toEqual([]);
    expect(without(played(show('A', 'E1-9·'), 'Ann', 'E7', '-3d', remembered), 'E6', denied).result.wants).toEqual([]);
  });

  it('a want of an excluded series whose list could not be read is not forgotten', () => {
    const a = old();
    const wants = [want(a, 'Ann', 'E6', '-9d')];
    const unread = { ...a, episodes: [], plays: [], excluded: { by: 'tag', name: 'kids' } as const };
    expect(plan([unread], {}, { wants }).wants).toEqual(wants);
  });

  it('a want remembers the library of its play; of one that does not, the latest play says it', () => {
    const a = played(show('A', 'E1✓ E2·'), 'Ann', 'E1', '-1h');
    expect(plan([a]).wants).toMatchObject([{ library: { id: '2', name: 'TV' } }]);
    const looked = (of: Show) =>
      lookup([of], { wants: [want(of, 'Ann', 'E6', '-9d')] }, filtered({ libraries: { allowed: [], denied: ['TV'] } }));
    expect(searched(planEpisodes(looked(old()), SETTINGS, when('+0m')))).toBe('');
    expect(searched(planEpisodes(looked(show('A', 'E1-5✓ E6·')), SETTINGS, when('+0m')))).toBe('E6');
  });

  it('a want closes after 60 days, in a series that could not be looked up too', () => {
    const a = old();
    const open = (at: string): readonly OpenWant[] => [want(a, 'Ann', 'E6', at)];
    const counts = (of: readonly Show[]): number[] =>
      ['-59d', '-61d'].map((at) => plan(of, {}, { wants: open(at) }).wants.length);
    expect(counts([a])).toEqual([1, 0]);
    expect(counts([])).toEqual([1, 0]);
  });

  it('a want of a series that could not be looked up is not forgotten', () => {
    const a = old();
    const wants = [want(a, 'Ann', 'E6', '-9d')];
    expect(plan([], {}, { wants }).wants).toEqual(wants);
    expect(plan([{ ...a, episodes: [] }], {}, { wants }).wants).toEqual(wants);
  });

  it('a play of another thread, or of another viewer, does not close a want', () => {
    const a = playedAll(show('A', 'E1✓ E2-5· E6-9✓ E10·'), 'TV', 'E9', '-9d', remembered);
    playedAll(a, 'TV', 'E1', '-8d', remembered);
    playedAll(a, 'TV', 'E10', '-7d', remembered);
    playedAll(a, 'Bob', 'E9', '-6d', remembered);
    expect(searched(plan([a], {}, { wants: [want(a, 'TV', 'E2', '-8d')] }))).toBe('E2');
  });

  it('a play that is remembered no more: a later one further on closes the want', () => {
    const a = played(show('A', 'E1✓ E2-9·'), 'Ann', 'E5', '-20d', remembered);
    expect(plan([a], {}, { wants: [want(a, 'Ann', 'E2', '-40d')] }).wants).toEqual([]);
    expect(plan([a], {}, { wants: [want(a, 'Ann', 'E7', '-40d')] }).wants).toHaveLength(1);
  });

  it('who watches in no order wants only what comes next', () => {
    const a = playedAll(show('A', 'E1-99·'), 'Kid', 'E60 E7 E80 E33 E90 E50 E12 E20', '-1h');
    const result = plan([a], {}, { wants: [want(a, 'Kid', 'E91', '-4h')] });
    expect(wanted(result, a)).toBe('E21');
  });

  it('a want of two viewers is one item with both names, needed by the earlier', () => {
    const a = played(show('A', 'E1-5✓ E6· E7·'), 'Bob', 'E6', '-1h');
    const item = itemOf(plan([a], {}, { wants: [want(a, 'Ann', 'E6', '-9d'), want(a, 'Ann', 'E7', '-9d')] }), 'E7');
    expect(item.viewers.map((v) => v.name)).toEqual(['Ann', 'Bob']);
    expect(neededIn(item)).toBe(30);
    expect(item.playedAt).toBe(toInstant(when('-1h')));
  });

  it('48: it airs between two runs: wanted before, searched after', () => {
    const airs = toInstant(when('+30m'));
    const a = played(show('A', 'E1-5✓ E6·', { but: { E6: { airDateUtc: airs } } }), 'Ann', 'E5', '-1h');
    const { wants } = plan([a]);
    const later = { ...a, plays: [] };
    expect(wants.map((w) => w.episodeId)).toEqual([episodeIn(a, 'E6').id]);
    const at = (time: string): string => searched(planEpisodes(lookup([later], { wants }), SETTINGS, when(time)));
    expect([at('+29m'), at('+30m'), at('+20d')]).toEqual(['', 'E6', 'E6']);
  });
});
