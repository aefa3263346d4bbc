import fc from 'fast-check';
import type { LookupEpisode, PlanningSettings } from '../../../src/core/contracts/index.js';
import { HOUR, toInstant } from '../../../src/core/time.js';
import { NOW, played, type Remembering, show, type Show } from './household.js';

const MARKS = ['✓', '·', '·', '·', '⌛', '↓', '✗', '?'];
export const VIEWERS = ['Ann', 'Bob', 'Cem'];

interface RandomPlay {
  readonly viewer: string;
  readonly index: number;
  readonly hours: number;
  readonly watched: boolean;
  readonly playing: boolean;
  readonly active: boolean;
}

const randomPlay = fc.record<RandomPlay>({
  viewer: fc.constantFrom(...VIEWERS),
  index: fc.nat(29),
  hours: fc.integer({ min: 0, max: 700 }),
  watched: fc.boolean(),
  playing: fc.boolean(),
  active: fc.boolean(),
});

interface RandomShow {
  readonly marks: readonly string[];
  readonly specials: readonly number[];
  readonly files: readonly number[];
  readonly plays: readonly RandomPlay[];
  readonly runtime: number | null;
}

export const randomShow = fc.record<RandomShow>({
  marks: fc.array(fc.constantFrom(...MARKS), { minLength: 1, maxLength: 30 }),
  specials: fc.array(fc.nat(29), { maxLength: 4 }),
  files: fc.array(fc.nat(29), { maxLength: 5 }),
  plays: fc.array(randomPlay, { maxLength: 12 }),
  runtime: fc.constantFrom(null, 8, 20, 45),
});

export function build({ marks, specials, files, plays, runtime }: RandomShow, n: number): Show {
  const season = (i: number): number => (specials.includes(i) ? 0 : i < 10 ? 1 : 2);
  const text = marks.map((mark, i) => `S${season(i)}E${i + 1}${mark}`).join(' ');
  const plain = show(`Show ${n}`, text, { series: { runtime, type: n % 2 ? 'anime' : 'standard' } });
  const episodes = plain.episodes.map((episode, i): LookupEpisode => {
    const before = plain.episodes[i - 1];
    return files.includes(i) && before?.hasFile ? { ...episode, hasFile: true, fileId: before.fileId } : episode;
  });
  const built = { ...plain, episodes };
  for (const { viewer, index, hours, ...rest } of plays) {
    const episode = episodes[index % episodes.length];
    const label = `${episode?.season === 1 ? '' : `S${episode?.season}`}E${episode?.episode}`;
    played(built, viewer, label, `-${hours}h`, rest);
  }
  return built;
}

const shows = fc.array(randomShow, { minLength: 1, maxLength: 4 }).map((all) => all.map(build));

export const settings: fc.Arbitrary<PlanningSettings> = fc.record({
  episodesToCheck: fc.integer({ min: 1, max: 6 }),
  checkOverflow: fc.nat(4),
  execFrequency: fc.constantFrom(15, 60, 240),
  skipSpecials: fc.boolean(),
  rules: fc.constantFrom([], [{ for: 'viewer' as const, name: 'bob', episodesToCheck: 0 }]),
  sharedViewers: fc.constantFrom([], ['Cem']),
  searchesPerRun: fc.constantFrom(1, 3, 100),
  searchesPerDay: fc.constant(1000),
});

/** Attempts and wants on random episodes, failed grabs excepted. */
const remembering = (of: readonly Show[]): fc.Arbitrary<Remembering> => {
  const episode = fc.constantFrom(...of.flatMap((s) => s.episodes));
  const at = fc.integer({ min: -80 * 24, max: 3 }).map((hours) => toInstant(NOW + hours * HOUR));
  return fc.record({
    attempts: fc.array(
      fc.tuple(episode, at, fc.nat(4)).map(([e, moment, failures]) => ({
        episodeId: e.id,
        at: moment,
        outcome: failures > 0 ? ('failed' as const) : ('nothing' as const),
        failures,
      })),
      { maxLength: 8 },
    ),
    wants: fc.array(
      fc.tuple(episode, at, fc.constantFrom(...VIEWERS)).map(([e, moment, name]) => ({
        seriesId: e.seriesId,
        episodeId: e.id,
        viewer: { id: `id of ${name}`, name },
        playedAt: moment,
        openedAt: moment,
      })),
      { maxLength: 6 },
    ),
  });
};

export const world = shows.chain((all) => fc.tuple(fc.constant(all), settings, remembering(all)));
