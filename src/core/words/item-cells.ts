import type { Action, PlanItem, ReasonCode, ResultCode } from '../contracts/index.js';
import { toMs } from '../time.js';
import { textWidth } from './columns.js';
import { humanSize, timeLeftText, whenText } from './measures.js';

const ACTION_WORDS: Record<Action, string> = { none: '–', monitor: 'monitor', search: 'search', prioritise: 'move up' };

const RESULT_WORDS: Record<ResultCode, string> = {
  grabbed: 'grabbed',
  'command-sent': 'Sonarr searches',
  'would-search': 'would search',
  'nothing-found': 'nothing found',
  'nothing-acceptable': 'none accepted',
  failed: 'failed',
  unsettled: 'unsettled',
  skipped: 'skipped',
};

/** A table's row has one line for a reason: the sentence has more. */
const REASON_WORDS: Record<ReasonCode, (item: PlanItem, now: number) => string> = {
  'on-disk': () => 'on disk',
  downloading: ({ download }) => `downloading${timeLeftText(download?.timeLeft)}`,
  queued: ({ download }) => `in the download queue${timeLeftText(download?.timeLeft)}`,
  paused: () => 'paused manually',
  grabbed: () => 'already grabbed',
  'other-client': ({ download }) => `in ${download?.client ?? 'another download client'}`,
  waiting: () => 'held back by Sonarr',
  failed: () => 'its download failed',
  blocked: () => 'its import is blocked',
  'cooling-down': ({ reason: { until } }, now) =>
    `searched before${until === null ? '' : `, again ${whenText(until, now)}`}`,
  search: () => 'missing',
  'not-aired': ({ reason: { until } }, now) => (until === null ? 'not aired yet' : `airs ${whenText(until, now)}`),
  'no-air-date': () => 'no air date',
  watched: () => 'already watched',
  excluded: ({ reason: { text } }) => text.charAt(0).toLowerCase() + text.slice(1),
  budget: () => 'missing; left for a later run',
  'disk-full': () => 'missing; not enough free space',
};

/** `14 releases`; why none fits takes more words. */
const howMany = (text: string): string => /^\d+ releases?/.exec(text)?.[0] ?? 'see below';

/** `2.3 GB from Gull's Nest`. */
function releaseText({ release }: PlanItem): string {
  if (release === null) return '';
  const size = release.size > 0 ? humanSize(release.size) : '';
  return [size, release.indexer && `from ${release.indexer}`].filter((part) => part !== '').join(' ');
}

/** What came of the search; empty where the column before says it all. */
const OUTCOME_WORDS: Record<ResultCode, (item: PlanItem) => string> = {
  grabbed: releaseText,
  'command-sent': () => '',
  'would-search': () => '',
  'nothing-found': () => 'no release',
  'nothing-acceptable': ({ result }) => howMany(result?.text ?? ''),
  failed: ({ error }) => error?.code.replaceAll('-', ' ') ?? 'see below',
  unsettled: () => 'no response to its grab',
  skipped: () => 'not tried',
};

/** As many names as fit into so many cells, and how many more: `Ann, Bob +2`. */
export function viewerNames({ viewers }: PlanItem, width: number): string {
  const names = viewers.map((viewer) => viewer.name);
  const naming = (n: number): string => {
    const more = names.length - n;
    return names.slice(0, n).join(', ') + (more === 0 ? '' : ` +${more}`);
  };
  const numbers = names.map((_, i) => names.length - i);
  return naming(numbers.find((n) => textWidth(naming(n)) <= width) ?? Math.min(1, names.length));
}

/** `grabbed, High, place 1`; `brief` leaves out the priority. */
export function whatHappens({ action, result, queue }: PlanItem, brief: boolean): string {
  const what = result ? RESULT_WORDS[result.code] : ACTION_WORDS[action];
  if (queue === null) return what;
  const place = `place ${queue.position + 1}`;
  return [...(result ? [what] : []), ...(brief ? [] : [queue.priority]), place].join(', ');
}

/** `missing; 2.3 GB from Gull's Nest`; `brief` leaves out why it was wanted where it says what came of it. */
export function why(item: PlanItem, now: number, brief: boolean): string {
  const { reason, result, error } = item;
  const wanted = REASON_WORDS[reason.code](item, now);
  const outcome = result ? OUTCOME_WORDS[result.code](item) : (error?.code.replaceAll('-', ' ') ?? '');
  if (outcome === '' || reason.code === 'disk-full') return wanted;
  return brief ? outcome : `${wanted}; ${outcome}`;
}

const TELLING: ReadonlySet<ReasonCode> = new Set(['waiting', 'failed', 'blocked', 'budget', 'disk-full']);
const TELLING_RESULTS: ReadonlySet<ResultCode> = new Set(['nothing-acceptable', 'failed', 'unsettled', 'skipped']);

/** The sentence that says more than the row; null when there is none, or a failure tells it. */
export function moreAbout(item: PlanItem, now: number): string | null {
  const { reason, result, error } = item;
  if (error !== null) return null;
  if (result !== null) return TELLING_RESULTS.has(result.code) ? result.text : null;
  const isMore = reason.text.toLowerCase() !== REASON_WORDS[reason.code](item, now).toLowerCase();
  return TELLING.has(reason.code) && isMore ? reason.text : null;
}

/** When it is needed; empty when nobody needs it at a known time. */
export function neededText({ neededBy }: PlanItem, now: number): string {
  if (neededBy === null) return '';
  return toMs(neededBy) <= now ? 'now' : whenText(neededBy, now);
}
