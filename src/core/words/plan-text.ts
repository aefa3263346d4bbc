import type { Plan, PlanItem } from '../contracts/index.js';
import { cut, episodeLabel } from '../labels.js';
import { toMs } from '../time.js';
import { neededText, viewerNames, whatHappens, why } from './item-cells.js';
import { planSummary } from './plan-summary.js';

/** Lines for episodes: what the debug view shows without scrolling. */
const EPISODES = 8;
const NAMES = 24;
const LONGEST = 200;

type Told = Omit<Plan, 'text'>;

const isNews = ({ action, result, reason, error }: PlanItem): boolean =>
  action !== 'none' || result !== null || error !== null || reason.code === 'blocked' || reason.code === 'failed';

const short = (line: string): string => cut(line, LONGEST);

/** `Harbour Lights S02E06 for Ann, in 12 min: search (missing)`. */
function episodeLine(item: PlanItem, now: number): string {
  const names = viewerNames(item, NAMES);
  const who = names === '' ? '' : ` for ${names}`;
  const needed = neededText(item, now);
  const because = why(item, now, false);
  const nothing = item.action === 'none' && item.result === null && item.queue === null;
  const then = nothing ? because : `${whatHappens(item, true)} (${because})`;
  return short(
    `${item.series.title} ${episodeLabel(item.season, item.episode)}${who}${needed && `, ${needed}`}: ${then}`,
  );
}

/** The plan in a few lines, at most twelve: its summary, what happens next in the order of need, the first error. */
export function planText(plan: Told): string {
  const now = toMs(plan.at);
  const news = plan.items.filter(isNews);
  const more = news.length - EPISODES;
  return [
    `${plan.run.dryRun ? 'Dry run · ' : ''}${planSummary(plan)}`,
    ...news.slice(0, EPISODES).map((item) => episodeLine(item, now)),
    ...(more > 0 ? [`… and ${more} more`] : []),
    ...plan.errors.slice(0, 1).map(({ message }) => short(`Error: ${message}`)),
  ].join('\n');
}

/** The plan with its text as it is now. */
export const withText = (plan: Plan): Plan => ({ ...plan, text: planText(plan) });
