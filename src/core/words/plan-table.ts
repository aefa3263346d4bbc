import type { Plan, PlanItem, PlanThread, UnmatchedPlay } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { toMs } from '../time.js';
import { table, wrapped, type Column } from './columns.js';
import { groupsOf } from '../groups.js';
import { moreAbout, neededText, viewerNames, whatHappens, why } from './item-cells.js';
import { itemsText } from './items.js';

interface PlanColumn extends Column {
  cell(item: PlanItem, now: number): string;
}

/** Cells for the names of the viewers. */
const NAMES = 18;
/** Fewer cells than this hold no row in one line with all that there is to say; the order of the rows tells the need. */
const ROOMY = 100;

const columnsFor = (brief: boolean): readonly PlanColumn[] => [
  { title: 'Series', atMost: 40, atLeast: 12, cell: (item) => item.series.title },
  { title: 'Episode', atMost: 9, cell: (item) => episodeLabel(item.season, item.episode) },
  { title: 'For', atMost: NAMES, atLeast: 8, cell: (item) => viewerNames(item, NAMES) },
  ...(brief ? [] : [{ title: 'Needed', atMost: 13, cell: neededText }]),
  { title: 'What happens', atMost: 26, cell: (item) => whatHappens(item, brief) },
  { title: 'Why', atMost: Infinity, cell: (item, now) => why(item, now, brief) },
];

const threadLine = ({ viewer, series, season, episode, text }: PlanThread): string =>
  `${viewer.name}, ${series.title} ${episodeLabel(season, episode)}: ${text}`;

/** Each sentence once, with the episodes that it is about. */
function moreLines({ items, at }: Plan): readonly string[] {
  const now = toMs(at);
  const telling = groupsOf(items, (item) => moreAbout(item, now) ?? '');
  return [...telling].filter(([text]) => text !== '').map(([text, group]) => `${itemsText(group)}: ${text}`);
}

/** Each show once, with how many plays it had. */
const unmatchedLines = (unmatched: readonly UnmatchedPlay[]): readonly string[] =>
  [...groupsOf(unmatched, ({ text }) => text)].map(([text, plays]) =>
    plays.length === 1 ? text : `${text} (${plays.length} plays)`,
  );

function section(title: string, lines: readonly string[], width: number): readonly string[] {
  if (lines.length === 0) return [];
  const indented = lines.flatMap((line) =>
    wrapped(line, Math.max(20, width - 4)).map((part, i) => (i === 0 ? `- ${part}` : `  ${part}`)),
  );
  return ['', title, ...indented.map((line) => `  ${line}`)];
}

function itemsTable({ items, at }: Plan, width: number): string {
  if (items.length === 0) return 'Nobody needs an episode right now.';
  const columns = columnsFor(width < ROOMY);
  const now = toMs(at);
  const rows = items.map((item) => columns.map((column) => column.cell(item, now)));
  return table(columns, rows, width);
}

/**
 * The plan as a person reads it in a terminal: a row per episode in the order of need, with what came of it once that
 * is known; below it what takes more words, the threads that are not simply going on, plays that were not placed, and
 * notes. Releases are named by `changesText`, errors by whoever reports them.
 * @param width cells of the terminal
 */
export function planTable(plan: Plan, width = 120): string {
  const quiet = plan.threads.filter((thread) => thread.state !== 'watching');
  return [
    ...(plan.run.dryRun ? ['Dry run: nothing is searched for, moved or announced.', ''] : []),
    itemsTable(plan, width),
    ...section('In detail:', moreLines(plan), width),
    ...section('Other viewers:', quiet.map(threadLine), width),
    ...section('Unmatched:', unmatchedLines(plan.unmatched), width),
    ...section('Notes:', plan.notes, width),
  ].join('\n');
}
