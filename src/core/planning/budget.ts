import type { PlanItem, PlanningSettings } from '../contracts/index.js';
import { counted } from '../labels.js';
import { reasonFor } from './reasons.js';

type Searched = Pick<PlanItem, 'series' | 'season' | 'episodeId'>;

/** Episodes with the same key are searched at once: those of a season, but not of anime or specials. */
export const searchKey = ({ series, season, episodeId }: Searched): string =>
  series.type === 'anime' || season === 0 ? `episode ${episodeId}` : `season ${series.sonarrId}/${season}`;

/** How many searches these items need. */
export const searchesNeeded = (items: readonly PlanItem[]): number =>
  new Set(items.filter((item) => item.action === 'search').map(searchKey)).size;

/** Rule 8: items over the budget of searches are left for a later run; `items` in the order of need. */
export function withinBudget(
  items: readonly PlanItem[],
  { searchesPerRun, searchesPerDay }: Pick<PlanningSettings, 'searchesPerRun' | 'searchesPerDay'>,
  searchesToday: number,
): PlanItem[] {
  const leftToday = Math.max(0, searchesPerDay - searchesToday);
  const budget = Math.min(searchesPerRun, leftToday);
  const [most, time] = leftToday < searchesPerRun ? [searchesPerDay, 'day'] : [searchesPerRun, 'run'];
  const by = `at most ${counted(most, 'search', 'searches')} per ${time}, one for all episodes of a season`;
  const searches = new Set<string>();
  return items.map((item) => {
    if (item.action !== 'search') return item;
    const key = searchKey(item);
    if (searches.size < budget) searches.add(key);
    return searches.has(key) ? item : { ...item, action: 'none', reason: reasonFor('budget', { by }) };
  });
}
