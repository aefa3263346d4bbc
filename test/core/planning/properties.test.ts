import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LookupSeries, Plan, PlanningSettings } from '../../../src/core/contracts/index.js';
import { episodesToRead, windowReachesEnd } from '../../../src/core/planning/index.js';
import { tooYoung } from '../../../src/core/planning/viewer-plays.js';
import { DAY } from '../../../src/core/time.js';
import { download, lookup, NOW, planEpisodes, played, type Remembering, SETTINGS, show } from './household.js';
import { build, randomShow, settings, VIEWERS, world } from './random-households.js';

const shuffled = <T>(rows: readonly T[], seed: number): T[] =>
  rows
    .map((row, i) => ({ row, key: Math.sin((i + 1) * (seed + 1)) }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);

const plan = (all: readonly LookupSeries[], chosen: PlanningSettings, remembered: Remembering = {}) =>
  planEpisodes(lookup(all, remembered), chosen, NOW);

const searches = (of: Plan) => of.items.filter((item) => item.action === 'search');

describe('whatever the household', () => {
  it('any order of the rows gives the same plan', () => {
    fc.assert(
      fc.property(world, fc.nat(1000), ([all, chosen, remembered], seed) => {
        const mixed = shuffled(all, seed).map((s) => ({
          ...s,
          episodes: shuffled(s.episodes, seed + 1),
          plays: shuffled(s.plays, seed + 2),
        }));
        const mixedMemory = {
          attempts: shuffled(remembered.attempts ?? [], seed + 3),
          wants: shuffled(remembered.wants ?? [], seed + 4),
        };
        expect(plan(mixed, chosen, mixedMemory)).toEqual(plan(all, chosen, remembered));
      }),
    );
  });

  it('the same input twice gives the same plan, and its wants change nothing', () => {
    fc.assert(
      fc.property(world, ([all, chosen, remembered]) => {
        const first = plan(all, chosen, remembered);
        expect(plan(all, chosen, remembered)).toEqual(first);
        const second = plan(all, chosen, { ...remembered, wants: first.wants });
        expect(second).toEqual(first);
      }),
    );
  });

  it('once everything to be searched is grabbed, nothing is searched', () => {
    fc.assert(
      fc.property(world, ([all, chosen, remembered]) => {
        const unlimited = { ...chosen, searchesPerRun: 10_000 };
        const first = plan(all, unlimited, remembered);
        const ids = new Set(searches(first.plan).map((item) => item.episodeId));
        const after = all.map((s) => ({
          ...s,
          episodes: s.episodes.map((e) => (ids.has(e.id) ? { ...e, download: download('grabbed') } : e)),
        }));
        expect(searches(plan(after, unlimited, { ...remembered, wants: first.wants }).plan)).toEqual([]);
      }),
    );
  });

  it('nothing with a file, on its way, unaired or unwanted as a special is ever searched', () => {
    fc.assert(
      fc.property(world, ([all, chosen, remembered]) => {
        const episodes = new Map(all.flatMap((s) => s.episodes.map((e) => [e.id, e])));
        for (const item of searches(plan(all, chosen, remembered).plan)) {
          const episode = episodes.get(item.episodeId);
          expect(episode).toMatchObject({ hasFile: false, download: null });
          if (episode?.airDateUtc) expect(Date.parse(episode.airDateUtc)).toBeLessThanOrEqual(NOW);
          if (chosen.skipSpecials) expect(item.season).not.toBe(0);
        }
      }),
    );
  });

  it('nothing is searched that everyone who would need it has watched, but what comes right after their latest play', () => {
    const once = randomShow.map((random) => ({
      ...random,
      specials: [],
      files: [],
      // No viewer plays an episode twice: nobody is re-watching.
      plays: random.plays.filter(
        (p, i) =>
          !random.plays
            .slice(0, i)
            .some((q) => q.viewer === p.viewer && q.index % random.marks.length === p.index % random.marks.length),
      ),
    }));
    fc.assert(
      fc.property(once, settings, (random, chosen) => {
        const all = [build(random, 1)];
        const [of] = all;
        const result = plan(all, { ...chosen, sharedViewers: [] });
        for (const item of searches(result.plan)) {
          const excused = item.viewers.some((viewer) => {
            // One that has just begun does not count yet (rule 1).
            const counts = (of?.plays ?? []).filter(({ play }) => !tooYoung(play, NOW));
            const own = counts.filter(({ play }) => play.viewer.id === viewer.id);
            const watched = own.some(({ play, episodeId }) => play.watched && episodeId === item.episodeId);
            const threads = result.plan.threads.filter((t) => t.viewer.id === viewer.id);
            const latest = threads.reduce((a, b) => (b.playedAt > a.playedAt ? b : a));
            const ids = (of?.episodes ?? []).map((e) => e.id);
            return !watched || ids.indexOf(item.episodeId) === ids.indexOf(latest.episodeId) + 1;
          });
          expect(excused).toBe(true);
        }
      }),
    );
  });

  it('no window is longer than what is asked for plus the overflow, in units', () => {
    fc.assert(
      fc.property(world, ([all, chosen, remembered]) => {
        const fileOf = new Map(all.flatMap((s) => s.episodes.map((e) => [e.id, e.fileId ?? `none ${e.id}`])));
        for (const { window } of plan(all, chosen, remembered).plan.threads) {
          const units = new Set(window.map((id) => fileOf.get(id)));
          expect(units.size).toBeLessThanOrEqual(chosen.episodesToCheck + chosen.checkOverflow);
        }
      }),
    );
  });

  it('items are in the order of need, each episode once', () => {
    fc.assert(
      fc.property(world, ([all, chosen, remembered]) => {
        const { items } = plan(all, chosen, remembered).plan;
        const needs = items.map((item) => (item.neededBy === null ? Infinity : Date.parse(item.neededBy)));
        expect(needs).toEqual([...needs].sort((a, b) => (a === b ? 0 : a - b)));
        expect(new Set(items.map((item) => item.episodeId)).size).toBe(items.length);
      }),
    );
  });

  it('every searched or wanted episode was read afresh by the rule of the look-up', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 24 }), ([all, chosen, remembered], unitsRead) => {
        const ids = new Set(all.flatMap((s) => [...episodesToRead(s, remembered.wants ?? [], { unitsRead }, NOW)]));
        const stale = all.map((s) => ({ ...s, episodes: s.episodes.map((e) => ({ ...e, fresh: ids.has(e.id) })) }));
        const result = planEpisodes(lookup(stale, remembered, { unitsRead }), chosen, NOW).plan;
        for (const item of searches(result)) expect(ids).toContain(item.episodeId);
        const asRead = planEpisodes(lookup(all, remembered, { unitsRead }), chosen, NOW).plan;
        expect(searches(result)).toEqual(searches(asRead));
      }),
    );
  });

  it('odd input is planned without an exception', () => {
    const oddInstant = fc.constantFrom('', 'yesterday', '2020-01-01T00:00:00Z', '9999-12-31T00:00:00Z');
    const oddNumber = fc.constantFrom(-1, 0, 1, 2, 1e9);
    const oddEpisode = fc.record({
      id: oddNumber,
      season: oddNumber,
      episode: oddNumber,
      airDate: fc.option(fc.constantFrom('', 'x', '2020-01-01')),
      airDateUtc: fc.option(oddInstant),
      runtime: fc.option(fc.constantFrom(-5, 0, 30, 1e12, NaN)),
      hasFile: fc.boolean(),
      fileId: fc.option(oddNumber),
      fresh: fc.boolean(),
      grabFailedAt: fc.option(oddInstant),
    });
    const oddPlay = fc.record({
      startedAt: oddInstant,
      stoppedAt: oddInstant,
      progress: fc.constantFrom(-10, 0, 50, 500, NaN),
      playing: fc.boolean(),
      watched: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(oddEpisode, { maxLength: 8 }),
        fc.array(fc.tuple(oddPlay, oddNumber), { maxLength: 8 }),
        settings,
        oddInstant,
        (episodes, plays, chosen, moment) => {
          const base = played(show('Odd', 'E1·', { series: { runtime: null } }), 'Ann', 'E1', '-1h');
          const [first] = base.episodes;
          const [template] = base.plays;
          if (!first || !template) return;
          const odd: LookupSeries = {
            ...base,
            episodes: episodes.map((e) => ({ ...first, ...e })),
            plays: plays.map(([p, episodeId]) => ({ ...template, episodeId, play: { ...template.play, ...p } })),
          };
          const remembered: Remembering = {
            attempts: [{ episodeId: 1, at: moment, outcome: 'failed', failures: 2000 }],
            wants: [1, 2].map((episodeId) => ({
              seriesId: base.series.id,
              episodeId,
              viewer: { id: '0', name: '' },
              playedAt: moment,
              openedAt: moment,
            })),
          };
          expect(plan([odd], chosen, remembered)).toHaveProperty('plan.items', expect.any(Array));
          episodesToRead(odd, remembered.wants ?? [], { unitsRead: 24 }, NOW);
          windowReachesEnd(odd, { units: 8 }, NOW);
        },
      ),
    );
  });
});

describe('a large household', () => {
  it('300 series of 60 episodes with 1,000 plays are planned without a quadratic step', () => {
    const large = Array.from({ length: 300 }, (_, n) => {
      const of = show(`Show ${n}`, 'E1-30✓ S2E1-30·');
      for (let i = 0; i < 4; i += 1) played(of, VIEWERS[i % 3] ?? 'Ann', `E${5 + ((n + i * 7) % 25)}`, `-${i + 1}h`);
      return of;
    });
    const asked = lookup(large);
    const chosen = { ...SETTINGS, checkOverflow: 3, episodesToCheck: 5 };
    planEpisodes(asked, chosen, NOW);
    const began = performance.now();
    const { plan: of } = planEpisodes(asked, chosen, NOW + DAY);
    expect(of.items.length).toBeGreaterThan(300);
    // Takes about 20 ms of one core; the bound only catches a step that is quadratic in series or items.
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
