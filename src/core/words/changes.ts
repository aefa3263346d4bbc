import type { Plan, PlanItem, ResultCode } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { humanSize } from './measures.js';

/** `Harbour Lights S02E06, S02E07`: the items are of one series. */
function episodesText(items: readonly PlanItem[]): string {
  const labels = items.map((item) => episodeLabel(item.season, item.episode));
  return `${items[0]?.series.title} ${[...new Set(labels)].join(', ')}`;
}

/** Items of one job (or release) together, in the order of need. */
function grouped(items: readonly PlanItem[], keyOf: (item: PlanItem) => string): readonly (readonly PlanItem[])[] {
  const groups = new Map<string, PlanItem[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

const jobOf = (item: PlanItem): string => item.downloadId ?? `episode ${item.episodeId}`;

const having = (plan: Plan, code: ResultCode): readonly PlanItem[] =>
  plan.items.filter((item) => item.result?.code === code);

function grabbedLines(plan: Plan): readonly string[] {
  return grouped(having(plan, 'grabbed'), jobOf).map((items) => {
    const release = items[0]?.release;
    const what = release ? `: ${release.title} (${humanSize(release.size)}, ${release.indexer})` : '';
    return `grabbed ${episodesText(items)}${what}`;
  });
}

const sonarrLines = (plan: Plan): readonly string[] => [
  ...grabbedLines(plan),
  ...having(plan, 'command-sent').map((item) => `told to search ${episodesText([item])}`),
  ...having(plan, 'unsettled').map((item) => `no answer to the grab of ${episodesText([item])}: history will tell`),
  ...plan.items
    .filter((item) => item.action === 'monitor' && !item.error)
    .map((item) => `monitored ${episodesText([item])}`),
];

function queueLines(plan: Plan): readonly string[] {
  const placed = plan.items.filter((item) => item.queue !== null);
  const position = (items: readonly PlanItem[]): number => items[0]?.queue?.position ?? 0;
  return [...grouped(placed, jobOf)]
    .sort((a, b) => position(a) - position(b))
    .map((items) => {
      const queue = items[0]?.queue;
      const was = queue && queue.priority !== queue.previousPriority ? `, was ${queue.previousPriority}` : '';
      return `place ${position(items) + 1}: ${episodesText(items)} (${queue?.priority}${was})`;
    });
}

const block = (server: string, lines: readonly string[], none: string): string =>
  lines.length === 0 ? `${server}: ${none}` : [`${server}:`, ...lines.map((line) => `  ${line}`)].join('\n');

/** What a run changed in Sonarr, and how our jobs stand in SABnzbd's queue after it; of a dry run what it would have done. */
export function changesText(plan: Plan): string {
  if (plan.run.dryRun) {
    const would = having(plan, 'would-search').map((item) => `would search ${episodesText([item])}`);
    return block('Dry run, nothing was changed', would, 'nothing would be searched.');
  }
  return [
    block('Sonarr', sonarrLines(plan), 'nothing changed.'),
    block('SABnzbd', queueLines(plan), 'no job of ours in the queue.'),
  ].join('\n');
}
