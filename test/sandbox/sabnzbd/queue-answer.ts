import type { Parameters } from '../http/form.js';
import { PRIORITY, type SabJob } from './job.js';
import type { SabnzbdModel } from './model.js';
import { mib, priorityWord, sizeText, timeLeft, units } from './words.js';

/** The answer of `mode=queue`, fields and types as recorded on 5.0.1. */
export const queueAnswer = (model: SabnzbdModel, parameters: Parameters): { queue: Record<string, unknown> } => {
  const jobs = model.jobsInOrder();
  model.markRead();
  const [start, limit] = [toInt(parameters.get('start')), toInt(parameters.get('limit'))];
  const { matches, total } = filtered(jobs, parameters);
  const page = limit === 0 ? matches : matches.filter((_, n) => n >= start && n < start + limit);
  const counted = jobs.filter(isCounted);
  const left = remaining(counted);
  const speed = model.active() === undefined ? 0 : model.rate;
  const header = {
    ...headerOf(model, speed),
    mbleft: mib(left),
    mb: mib(counted.reduce((sum, job) => sum + job.size, 0)),
    sizeleft: sizeText(left),
    size: sizeText(counted.reduce((sum, job) => sum + job.size, 0)),
    noofslots_total: counted.length,
    noofslots: total,
    start,
    limit,
    finish: start + limit,
    timeleft: timeLeft(speed === 0 ? 0 : left / speed),
  };
  let before = remaining(counted.filter((job) => jobs.indexOf(job) < jobs.indexOf(page[0] ?? job)));
  const slots = page.map((job, i) => {
    if (isCounted(job)) before += job.size - job.done;
    return slotOf(job, start + i, model, speed === 0 ? 0 : before / speed);
  });
  return { queue: { ...header, slots } };
};

/** What every status answer begins with. */
export const headerOf = (model: SabnzbdModel, speed: number): Record<string, unknown> => ({
  version: model.settings.version ?? '5.0.1',
  paused: model.paused,
  pause_int: '0',
  paused_all: false,
  diskspace1: '500.00',
  diskspace2: '500.00',
  diskspace1_norm: '500.0 G',
  diskspace2_norm: '500.0 G',
  diskspacetotal1: '1000.00',
  diskspacetotal2: '1000.00',
  speedlimit: '100',
  speedlimit_abs: '104857600',
  have_warnings: '0',
  finishaction: null,
  quota: '0 B',
  have_quota: false,
  left_quota: '0 B',
  cache_art: '0',
  cache_size: '0 B',
  kbpersec: (speed / 1024).toFixed(2),
  speed: units(speed),
  status: model.paused ? 'Paused' : speed > 0 ? 'Downloading' : 'Idle',
});

/** Not a number counts as 0. */
const toInt = (text: string | undefined): number => (/^\s*-?\d+\s*$/.test(text ?? '') ? Number(text) : 0);

const isCounted = (job: SabJob): boolean =>
  (job.status !== 'Paused' && job.status !== 'Checking') || job.priority === PRIORITY.Force;

const remaining = (jobs: readonly SabJob[]): number => jobs.reduce((sum, job) => sum + job.size - job.done, 0);

/** Only `search` and `nzo_ids` change the number of slots that is told. */
const filtered = (jobs: readonly SabJob[], parameters: Parameters): { matches: readonly SabJob[]; total: number } => {
  const search = (parameters.get('search') ?? '').toLowerCase();
  const ids = parameters.list('nzo_ids');
  const found = jobs.filter(
    (job) => job.name.toLowerCase().includes(search) && (ids.length === 0 || ids.includes(job.id)),
  );
  const [categories, priorities, statuses] = [
    [...parameters.list('cat'), ...parameters.list('category')],
    parameters.list('priority'),
    parameters.list('status'),
  ];
  const matches = found.filter(
    (job) =>
      (categories.length === 0 || categories.includes(job.category)) &&
      (priorities.length === 0 || priorities.includes(String(job.priority))) &&
      (statuses.length === 0 || statuses.includes(job.status)),
  );
  return { matches, total: found.length };
};

const slotOf = (job: SabJob, index: number, model: SabnzbdModel, seconds: number): Record<string, unknown> => {
  const status = shownStatus(job, model.paused);
  return {
    index,
    nzo_id: job.id,
    unpackopts: '3',
    priority: priorityWord(job),
    script: 'None',
    filename: job.name,
    labels: [],
    password: '',
    cat: job.category,
    mbleft: mib(job.size - job.done),
    mb: mib(job.size),
    size: sizeText(job.size),
    sizeleft: sizeText(job.size - job.done),
    percentage: String(job.size === 0 ? 0 : Math.floor((100 * job.done) / job.size)),
    mbmissing: '0.00',
    direct_unpack: null,
    status,
    timeleft: timeLeft(status === 'Downloading' ? seconds : 0),
    avg_age: '2d',
    time_added: Math.floor(job.added / 1000),
  };
};

/** While the queue is not paused every job that is not paused itself claims to download. */
const shownStatus = (job: SabJob, paused: boolean): string =>
  job.status === 'Queued' && !paused ? 'Downloading' : job.status;
