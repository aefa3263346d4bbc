import type { Plan, PlanItem, QueuePlace, ResultCode } from '../contracts/index.js';
import { groupsOf } from '../groups.js';
import { itemsText } from './items.js';
import { humanSize } from './measures.js';

/** Items of one job (or release) together, in the order of need. */
const byJob = <T extends PlanItem>(items: readonly T[]): readonly (readonly [T, ...T[]])[] => [
  ...groupsOf(items, (item) => item.downloadId ?? `episode ${item.episodeId}`).values(),
];

/** Items of one season together. */
const bySeason = (items: readonly PlanItem[]): readonly (readonly PlanItem[])[] => [
  ...groupsOf(items, ({ series, season }) => `${series.sonarrId} ${season}`).values(),
];

const having = (plan: Plan, code: ResultCode): readonly PlanItem[] =>
  plan.items.filter((item) => item.result?.code === code);

const told = (verb: string, items: readonly PlanItem[]): readonly string[] =>
  bySeason(items).map((season) => `${verb} ${itemsText(season)}`);

function grabbedLines(plan: Plan): readonly string[] {
  return byJob(having(plan, 'grabbed')).map((items) => {
    const { release } = items[0];
    const from = release?.indexer ? `, ${release.indexer}` : '';
    const what = release ? `: ${release.title} (${humanSize(release.size)}${from})` : '';
    return `grabbed ${itemsText(items)}${what}`;
  });
}

function monitoredNow(plan: Plan, planned: Plan): readonly PlanItem[] {
  const before = new Set(planned.items.filter((item) => !item.monitored).map(({ episodeId }) => episodeId));
  return plan.items.filter((item) => item.monitored && before.has(item.episodeId));
}

const sonarrLines = (plan: Plan, planned: Plan): readonly string[] => [
  ...told('monitored', monitoredNow(plan, planned)),
  ...grabbedLines(plan),
  ...told('told to search for', having(plan, 'command-sent')),
  ...having(plan, 'unsettled').map((item) => `no response to the grab of ${itemsText([item])}: history will tell`),
];

interface Placed extends PlanItem {
  readonly queue: QueuePlace;
}

const isPlaced = (item: PlanItem): item is Placed => item.queue !== null;

const hasChanged = ({ result, queue }: Placed): boolean =>
  result?.code === 'grabbed' || queue.moved === true || queue.priority !== queue.previousPriority;

function queueLines(plan: Plan): readonly string[] {
  const changed = plan.items.filter(isPlaced).filter(hasChanged);
  return byJob(changed)
    .toSorted(([a], [b]) => a.queue.position - b.queue.position)
    .map((items) => {
      const { position, priority, previousPriority } = items[0].queue;
      const was = priority === previousPriority ? '' : `, was ${previousPriority}`;
      return `place ${position + 1}: ${itemsText(items)} (${priority}${was})`;
    });
}

const block = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

function wouldLines(plan: Plan): readonly string[] {
  const queued = byJob(plan.items.filter((item) => item.action === 'prioritise'));
  return [
    ...told(
      'monitor',
      plan.items.filter((item) => item.action === 'monitor'),
    ),
    ...told('search for', having(plan, 'would-search')),
    ...queued.map((items) => `move ${itemsText(items)} to the top of the queue`),
  ];
}

/**
 * What a run changed in Sonarr and in SABnzbd's queue; of a dry run what it would have done.
 * @param planned the plan as it was before anything was done
 */
export function changesText(plan: Plan, planned: Plan): string {
  if (plan.run.dryRun) {
    const would = block('Dry run, nothing was changed. It would:', wouldLines(plan));
    return would.length === 0 ? 'Dry run, nothing was changed. There is nothing to do.' : would.join('\n');
  }
  const lines = [...block('Sonarr:', sonarrLines(plan, planned)), ...block('SABnzbd:', queueLines(plan))];
  return lines.length === 0 ? 'Nothing changed.' : lines.join('\n');
}
