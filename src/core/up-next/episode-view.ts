import type { Plan, PlanItem, ReasonCode } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { SECOND, toInstant, toMs } from '../time.js';
import { humanSize } from '../words/measures.js';
import type { EpisodeCode, EpisodeView } from './types.js';

const codeOf = ({ result, reason }: PlanItem): EpisodeCode => (result === null ? reason.code : `result-${result.code}`);

function detailsOf({ result, release, error, download, reason }: PlanItem): readonly string[] {
  if (result?.code === 'grabbed' && release) {
    const from = [release.size > 0 ? humanSize(release.size) : '', release.indexer].filter((part) => part !== '');
    return [release.title + (from.length > 0 ? ` (${from.join(', ')})` : '')];
  }
  if (error !== null) return [error.message];
  if (result !== null) return [];
  if (reason.code === 'other-client') return download?.client ? [download.client] : [];
  return [...(download?.messages ?? [])];
}

/** Their job moves, or would if somebody let it. */
const MOVING: ReadonlySet<ReasonCode> = new Set(['downloading', 'queued', 'paused', 'other-client']);

/** Percent; null when nothing is known of it, or its job is of a grab that this run made. */
function progressOf({ download, result, reason }: PlanItem): number | null {
  if (result !== null || !MOVING.has(reason.code) || !download?.size || download.sizeLeft === null) return null;
  return Math.min(100, Math.max(0, Math.round((1 - download.sizeLeft / download.size) * 100)));
}

/** One item for the sidebar. */
export function episodeView(plan: Plan, item: PlanItem): EpisodeView {
  const { series, reason, result, queue, download } = item;
  const timeLeft = result === null ? (download?.timeLeft ?? null) : null;
  // Of what Sonarr holds back it is the end of the delay.
  const ends = timeLeft === null ? null : toInstant(toMs(plan.at) + timeLeft * SECOND);
  return {
    id: item.episodeId,
    label: episodeLabel(item.season, item.episode),
    title: item.title,
    series: series.title,
    code: codeOf(item),
    text: result?.text ?? reason.text,
    details: detailsOf(item),
    until: result === null ? (reason.until ?? (reason.code === 'waiting' ? ends : null)) : null,
    neededBy: item.neededBy,
    viewers: item.viewers.map(({ name }) => name),
    progress: progressOf(item),
    readyAt: MOVING.has(reason.code) ? ends : null,
    queue: queue && { position: queue.position, priority: queue.priority },
  };
}
