import type { Plan } from '../../../src/core/contracts/index.js';
import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { Heard, RunRecord } from '../record.js';

const line = ({ method, path, search, requestBody, status }: Heard): string =>
  `${method} ${path}?${search} ${decodeURIComponent(requestBody).slice(0, 300)} → ${status}`;

/** In the order of need, with what is planned for each. */
const outline = (plan: Plan | undefined): string =>
  (plan?.items ?? []).map(({ episodeId, downloadId }) => `${episodeId} ${downloadId ?? ''}`).join('\n');

/** Something was left for a later run, which may go on with it. */
const isUnfinished = (plan: Plan | undefined): boolean =>
  plan?.items.some(
    ({ reason, result }) =>
      reason.code === 'budget' || reason.code === 'disk-full' || ['skipped', 'failed'].includes(result?.code ?? ''),
  ) ?? true;

const idsOf = (plan: Plan | undefined): ReadonlySet<number> => new Set(plan?.items.map(({ episodeId }) => episodeId));

/**
 * What was searched in vain is nothing to watch, so a window with overflow may go further than before (rules 7 and 15
 * meet here): such a plan looks at episodes that the one before did not.
 */
const looksFurther = (first: Plan | undefined, second: Plan | undefined): boolean =>
  [...idsOf(second)].some((id) => !idsOf(first).has(id));

/** A run right after another, with nothing in between, changes nothing and searches nothing. */
export const checkAgain = (life: Life, first: RunRecord, second: RunRecord): void => {
  if (!first.healthy || !second.healthy || first.dry || first.caught.length > 0) return;
  const plans = life.flows.map((flow) => [first.plan('notify', flow), second.plan('notify', flow)] as const);
  if (plans.some(([one, two]) => isUnfinished(one) || looksFurther(one, two))) return;
  must(second.searches.length === 0, 'a run again searches nothing', () => second.searches.map(line).join('\n'));
  const isSilent = life.household.settings.choose === 'pick';
  // What Sonarr was told to search it may have found meanwhile.
  const writes = second.changes.filter(({ server }) => server === 'sonarr' || (server === 'tautulli' && isSilent));
  must(writes.length === 0, 'a run again changes nothing', () => writes.map(line).join('\n'));
  // What is needed first may be another by now: somebody is watching.
  const same = plans.every(([one, two]) => outline(one) === outline(two));
  const moves = second.changes.filter(({ server }) => server === 'sabnzbd');
  must(!same || moves.length === 0, 'a run again moves nothing', () => moves.map(line).join('\n'));
};
