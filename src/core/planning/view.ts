import type { Episode, MatchedPlay, PlanSeries, Series } from '../contracts/index.js';
import { airingIn, type Airing } from './aired.js';
import { minutesOf, runtimesOf } from './runtimes.js';
import { sequenceOf, type Sequence, type Unit } from './units.js';

/** What is known about a series and who played what of it. */
export interface KnownSeries<E extends Episode = Episode> {
  readonly series: Series;
  readonly episodes: readonly E[];
  readonly plays: readonly MatchedPlay[];
}

/** A series made ready for questions: built once per series and run. */
export interface SeriesView<E extends Episode = Episode> extends Sequence<E> {
  readonly known: KnownSeries<E>;
  /** The series as a plan names it. */
  readonly named: PlanSeries;
  readonly airing: (episode: Episode) => Airing;
  /** Minutes. */
  readonly runtime: (episode: Episode) => number;
  /** Minutes. */
  readonly minutes: (unit: Unit) => number;
}

const nameOf = (series: Series): PlanSeries => ({
  title: series.title,
  tvdbId: series.tvdbId,
  sonarrId: series.id,
  type: series.type,
  titleSlug: series.titleSlug,
});

export function viewOf<E extends Episode>(known: KnownSeries<E>, now: number): SeriesView<E> {
  const sequence = sequenceOf(known.episodes);
  const runtime = runtimesOf(known.series, known.episodes);
  return {
    ...sequence,
    known,
    named: nameOf(known.series),
    airing: airingIn(sequence, now),
    runtime,
    minutes: (unit) => minutesOf(unit, runtime),
  };
}
