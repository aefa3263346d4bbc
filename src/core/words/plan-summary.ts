import type { Plan, PlanItem, ResultCode } from '../contracts/index.js';
import { counted } from '../labels.js';
import { searchesNeeded } from '../planning/budget.js';

const withResult = (items: readonly PlanItem[], ...codes: ResultCode[]): number =>
  items.filter((item) => item.result && codes.includes(item.result.code)).length;

/**
 * `6 series · 8 threads · 9 of 11 episodes to fetch in 3 searches · 2 grabbed · 1 play unmatched · 1 error`.
 * Searches are not episodes: one serves all that are missing of a season.
 */
export function planSummary(plan: Omit<Plan, 'text'>): string {
  const { items, threads, unmatched, errors } = plan;
  const shows = new Set([...threads, ...items].map((one) => one.series.sonarrId)).size;
  const toFetch = items.filter((item) => item.action === 'search').length;
  const searches = toFetch === 0 ? '' : ` in ${counted(searchesNeeded(items), 'search', 'searches')}`;
  const some = (n: number, words: string): string | false => n > 0 && `${n} ${words}`;
  return [
    counted(shows, 'series', 'series'),
    counted(threads.length, 'thread'),
    `${toFetch} of ${counted(items.length, 'episode')} to fetch${searches}`,
    some(items.filter((item) => item.action === 'prioritise').length, 'on the way'),
    some(withResult(items, 'grabbed'), 'grabbed'),
    some(withResult(items, 'command-sent'), 'left to Sonarr'),
    some(withResult(items, 'would-search'), 'would be fetched'),
    some(withResult(items, 'nothing-found', 'nothing-acceptable'), 'not found'),
    some(withResult(items, 'unsettled'), 'unsettled'),
    unmatched.length > 0 && `${counted(unmatched.length, 'play')} unmatched`,
    errors.length > 0 && counted(errors.length, 'error'),
  ]
    .filter((part) => part !== false)
    .join(' · ');
}
