import type { LookupEpisode, PlanThread, Viewer } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { toInstant } from '../time.js';
import type { SeriesContext } from './context.js';
import type { PlacedPlay } from './viewer-plays.js';
import type { Window } from './window.js';

type Standing = Pick<PlanThread, 'state' | 'text'>;

/** Who is where, and since when. */
export type Position = Omit<PlanThread, 'state' | 'text' | 'window'>;

const labels = (episodes: readonly LookupEpisode[]): string =>
  episodes.map((e) => episodeLabel(e.season, e.episode)).join(', ');

/** State and sentence of a thread with this window. */
export function standing({ of, decide }: SeriesContext, { units, unread }: Window, noOrder: boolean): Standing {
  const placed = units.filter(({ as }) => as === 'placed').flatMap(({ unit }) => unit.episodes);
  if (noOrder) return { state: 'out-of-order', text: `Watched out of order; next: ${labels(placed) || 'nothing'}` };
  if (placed.length > 0) return { state: 'watching', text: `Next: ${labels(placed)}` };
  if (unread) return { state: 'watching', text: 'What comes next was not read' };
  const upcoming = units.find(({ as }) => as === 'upcoming')?.unit.episodes[0];
  if (upcoming)
    return { state: 'up-to-date', text: `Up to date. ${labels([upcoming])}: ${decide(upcoming).reason.text}` };
  if (units.length > 0) return { state: 'up-to-date', text: 'Everything after it has been watched' };
  return of.series.status === 'ended' || of.series.status === 'deleted'
    ? { state: 'end-of-series', text: 'The series has ended and nothing follows' }
    : { state: 'up-to-date', text: 'Up to date; nothing more is known' };
}

/** Who is where: by Sonarr's numbers (a position inside a unit is at its end), else by those of the play. */
export function positionOf(
  { view }: SeriesContext,
  viewer: Viewer,
  { place, episodeId, play, playing, at }: PlacedPlay,
): Position {
  const unit = place === null ? undefined : view.units[place];
  const episode = unit?.episodes.at(-1) ?? view.placeless.find((e) => e.id === episodeId);
  return {
    viewer,
    series: view.named,
    season: episode?.season ?? play.season ?? 0,
    episode: episode?.episode ?? play.episode ?? 0,
    episodeId: episode?.id ?? episodeId,
    playing,
    playedAt: toInstant(at),
  };
}
