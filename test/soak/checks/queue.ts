import type { Plan, PlanItem } from '../../../src/core/contracts/index.js';
import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { JobThen, RunRecord } from '../record.js';

const FORCE = 2;
const HIGH = 1;

/** Jobs that are called for by a plan. */
const jobsIn = (plan: Plan): readonly string[] => [
  ...new Set(
    plan.items
      .filter((item) => isOurs(item))
      .map(({ downloadId }) => downloadId)
      .filter((id) => id !== null),
  ),
];

const isOurs = ({ action, result, neededBy }: PlanItem): boolean =>
  neededBy !== null && (action === 'prioritise' || result?.code === 'grabbed');

const shown = (jobs: readonly JobThen[]): string =>
  jobs.map(({ id, name, priority, paused }) => `${id} ${name} ${priority}${paused ? ' paused' : ''}`).join('\n  ');

/** What may be touched of SABnzbd's queue, and how it must stand in the end. */
export const checkQueue = (life: Life, run: RunRecord, wanted: ReadonlySet<string>): void => {
  const level = (run.over.raise ?? life.household.settings.raise) === 'force' ? FORCE : HIGH;
  const ours = new Set([...wanted, ...run.plans('priority').flatMap(({ plan }) => jobsIn(plan))]);
  const early = run.sent.filter((one) => one.output === 1).flatMap(({ payload }) => jobsIn(payload as Plan));
  for (const id of [...early, ...run.plans('search').flatMap(({ plan }) => jobsIn(plan))]) ours.add(id);
  checkTouched(run, ours);
  checkOthers(run, ours, level);
  if (run.healthy && !run.dry) for (const { plan } of lastPlans(run)) checkTop(run, plan, ours, level);
};

const lastPlans = (run: RunRecord): readonly { readonly plan: Plan }[] => [
  ...new Map(run.plans('priority').map((one) => [one.flow, one])).values(),
];

/** Calls name jobs of ours only, and none that its owner had paused. */
const checkTouched = (run: RunRecord, ours: ReadonlySet<string>): void => {
  const before = new Map(run.before.map((job) => [job.id, job]));
  for (const { server, requestBody } of run.heard) {
    const call = new URLSearchParams(requestBody);
    if (server !== 'sabnzbd' || (call.get('name') !== 'priority' && call.get('mode') !== 'switch')) continue;
    must(!run.dry, 'a dry run moves no job', () => requestBody);
    for (const id of (call.get('value') ?? '').split(',')) {
      const job = before.get(id);
      must(ours.has(id), 'no job of others is touched', () => `${id} ${job?.name ?? ''}`);
      must(job?.paused !== true || job.priority === FORCE, 'no paused job is touched', () => `${id} ${job?.name}`);
    }
  }
};

/** Everybody else's jobs keep priority, pause and order; so do ours that stand above our level. */
const checkOthers = (run: RunRecord, ours: ReadonlySet<string>, level: number): void => {
  const after = new Map(run.after.map((job) => [job.id, job]));
  const still = run.before.filter((job) => after.has(job.id) && (!ours.has(job.id) || job.priority > level));
  for (const job of still) {
    const now = after.get(job.id);
    must(
      now?.priority === job.priority && now.paused === job.paused,
      'jobs of others stay as they are',
      () => `${job.name}: ${shown([job])} → ${shown(now === undefined ? [] : [now])}`,
    );
  }
  const ids = new Set(still.map(({ id }) => id));
  const order = run.after.filter(({ id }) => ids.has(id)).map(({ id }) => id);
  must(
    order.join() === still.map(({ id }) => id).join(),
    'jobs of others keep their order',
    () => `\n  ${shown(run.before)}\nbecame\n  ${shown(run.after)}`,
  );
};

/** Ours stand above everybody else's, in the order of the plan. */
const checkTop = (run: RunRecord, plan: Plan, ours: ReadonlySet<string>, level: number): void => {
  const movable = (job: JobThen): boolean => ours.has(job.id) && !job.paused && job.priority <= level;
  const firstOther = run.after.findIndex((job) => !ours.has(job.id) && job.priority <= level);
  const detail = (): string => `plan ${jobsIn(plan).join()}\n  ${shown(run.after)}`;
  const places = jobsIn(plan)
    .map((id) => run.after.findIndex((job) => job.id === id && movable(job)))
    .filter((place) => place >= 0);
  must(
    places.every((place) => firstOther < 0 || place < firstOther),
    'our jobs are on top',
    detail,
  );
  must(
    places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0)),
    'our jobs stand in the order of need',
    detail,
  );
  must(
    places.every((place) => run.after[place]?.priority === level),
    'our jobs have their priority',
    detail,
  );
};
