import type {
  Library,
  Lookup,
  LookupEpisode,
  LookupSeries,
  PlanningSettings,
  SearchAttempt,
  Viewer,
} from '../contracts/index.js';
import { decide, type Decision } from './decide.js';
import { lookAheadFor, type LookAhead } from './look-ahead.js';
import { viewOf, type SeriesView } from './view.js';

/** What holds for the whole plan. */
export interface Planning {
  readonly lookup: Lookup;
  readonly settings: PlanningSettings;
  /** Newest per episode id. */
  readonly attempts: ReadonlyMap<number, SearchAttempt>;
  readonly now: number;
}

/** What holds for one series in it. */
export interface SeriesContext extends Planning {
  readonly of: LookupSeries;
  readonly view: SeriesView<LookupEpisode>;
  /** Rule 8, each episode decided once. */
  readonly decide: (episode: LookupEpisode) => Decision;
}

export function contextOf(of: LookupSeries, planning: Planning): SeriesContext {
  const { attempts, lookup, now } = planning;
  const view = viewOf<LookupEpisode>(of, now);
  const decided = new Map<number, Decision>();
  const decideOnce = (episode: LookupEpisode): Decision => {
    let decision = decided.get(episode.id);
    if (!decision) {
      const attempt = attempts.get(episode.id);
      decision = decide(episode, { airing: view.airing(episode), attempt, searchCache: lookup.searchCache, now });
      decided.set(episode.id, decision);
    }
    return decision;
  };
  return { ...planning, of, view, decide: decideOnce };
}

/** How far to look ahead for somebody in this series; the look-up's own exclusions come first. */
export function lookAheadIn({ of, settings }: SeriesContext, viewer: Viewer, library: Library | null): LookAhead {
  if (!of.excluded) return lookAheadFor({ viewer, library, tags: of.tagLabels, tagIds: of.series.tags }, settings);
  const { by, name } = of.excluded;
  return { episodes: 0, excludedBy: by === 'tag' ? `the tag "${name}"` : `the list of ignored shows ("${name}")` };
}
