import type { Action, Plan, PlanItem, PlanThread, ResultCode, UnmatchedPlay } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { toMs } from '../time.js';
import { table, textWidth, wrapped, type Column } from './columns.js';
import { humanSize, whenText } from './measures.js';

const ACTION_WORDS: Record<Action, string> = { none: '–', monitor: 'monitor', search: 'search', prioritise: 'move up' };

const RESULT_WORDS: Record<ResultCode, string> = {
  grabbed: 'grabbed',
  'command-sent': 'Sonarr searches',
  'would-search': 'would search',
  'nothing-found': 'nothing found',
  'nothing-acceptable': 'nothing fits',
  failed: 'failed',
  unsettled: 'unsettled',
  skipped: 'skipped',
};

/** Cells for the names of the viewers. */
const NAMES = 18;

const COLUMNS: readonly Column[] = [
  { title: 'Series', atMost: 26, atLeast: 12 },
  { title: 'Episode', atMost: 8 },
  { title: 'For', atMost: NAMES, atLeast: 8 },
  { title: 'Needed', atMost: 13 },
  { title: 'What happens', atMost: 24 },
  { title: 'Why', atMost: Infinity },
];

/** As many names as fit, and how many more: `Ann, Bob +2`. */
function viewerNames(item: PlanItem): string {
  const names = item.viewers.map((viewer) => viewer.name);
  const naming = (n: number): string => {
    const more = names.length - n;
    return names.slice(0, n).join(', ') + (more === 0 ? '' : ` +${more}`);
  };
  const numbers = names.map((_, i) => names.length - i);
  return naming(numbers.find((n) => textWidth(naming(n)) <= NAMES) ?? Math.min(1, names.length));
}

function whatHappens({ action, result, queue }: PlanItem): string {
  const what = result ? RESULT_WORDS[result.code] : ACTION_WORDS[action];
  if (!queue) return what;
  const place = `${queue.priority}, place ${queue.position + 1}`;
  return result ? `${what}, ${place}` : place;
}

function why({ reason, result, release, error }: PlanItem): string {
  if (error) return error.message;
  const size = release ? ` (${humanSize(release.size)}, ${release.indexer})` : '';
  return `${result ? result.text : reason.text}${size}`;
}

const itemRow = (item: PlanItem, now: number): readonly string[] => [
  item.series.title,
  episodeLabel(item.season, item.episode),
  viewerNames(item),
  item.neededBy === null ? '' : whenText(item.neededBy, now),
  whatHappens(item),
  why(item),
];

const threadLine = ({ viewer, series, season, episode, text }: PlanThread): string =>
  `${viewer.name}, ${series.title} ${episodeLabel(season, episode)}: ${text}`;

/** Each show once, with how many plays it had. */
function unmatchedLines(unmatched: readonly UnmatchedPlay[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { text } of unmatched) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, n]) => (n === 1 ? text : `${text} (${n} plays)`));
}

function section(title: string, lines: readonly string[], width: number): readonly string[] {
  if (lines.length === 0) return [];
  const indented = lines.flatMap((line) =>
    wrapped(line, Math.max(20, width - 4)).map((part, i) => (i === 0 ? `- ${part}` : `  ${part}`)),
  );
  return ['', title, ...indented.map((line) => `  ${line}`)];
}

/**
 * The plan as a person reads it in a terminal: a row per episode in the order of need, with what came of it once that
 * is known; below it the threads that are not simply going on, plays that were not placed, and notes.
 * @param width cells of the terminal
 */
export function planTable(plan: Plan, width = 120): string {
  const now = toMs(plan.at);
  const rows = plan.items.map((item) => itemRow(item, now));
  const body = rows.length === 0 ? 'No episode is needed by anybody now.' : table(COLUMNS, rows, width);
  const quiet = plan.threads.filter((thread) => thread.state !== 'watching');
  return [
    body,
    ...section('Where else viewers stand:', quiet.map(threadLine), width),
    ...section('Not placed:', unmatchedLines(plan.unmatched), width),
    ...section('Notes:', plan.notes, width),
  ].join('\n');
}
