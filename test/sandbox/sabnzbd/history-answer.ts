import type { Parameters } from '../http/form.js';
import type { FinishedJob } from './job.js';
import type { SabnzbdModel } from './model.js';
import { sizeText, units } from './words.js';

/** The answer of `mode=history`; here `noofslots` does respect all filters. */
export const historyAnswer = (model: SabnzbdModel, parameters: Parameters): { history: unknown } => {
  model.jobsInOrder();
  if (Number(parameters.get('last_history_update') ?? 0) === model.historyVersion) return { history: false };
  const matches = model.history.filter((job) => isWanted(job, parameters));
  const [start, limit] = [Number(parameters.get('start') ?? 0) || 0, Number(parameters.get('limit') ?? 0) || 0];
  const page = limit === 0 ? matches.slice(start) : matches.slice(start, start + limit);
  const all = units(model.history.reduce((sum, job) => sum + (job.status === 'Completed' ? job.size : 0), 0));
  return {
    history: {
      total_size: all,
      month_size: all,
      week_size: all,
      day_size: all,
      slots: page.map(slotOf),
      ppslots: 0,
      noofslots: matches.length,
      last_history_update: model.historyVersion,
      version: model.settings.version ?? '5.0.1',
    },
  };
};

const isWanted = (job: FinishedJob, parameters: Parameters): boolean => {
  const has = (name: string, value: string): boolean =>
    parameters.list(name).length === 0 || parameters.list(name).includes(value);
  const failedOnly = Number(parameters.get('failed_only') ?? 0) !== 0;
  return (
    has('nzo_ids', job.id) &&
    has('cat', job.category) &&
    has('category', job.category) &&
    has('status', job.status) &&
    (!failedOnly || job.status === 'Failed') &&
    job.name.toLowerCase().includes((parameters.get('search') ?? '').toLowerCase())
  );
};

const slotOf = (job: FinishedJob): Record<string, unknown> => {
  const completed = job.status === 'Completed';
  const folder = job.category === '*' ? '' : `${job.category}/`;
  const bytes = completed ? job.size : 0;
  return {
    completed: Math.floor(job.completed / 1000),
    name: job.name,
    nzb_name: `${job.name}.nzb`,
    category: job.category,
    pp: 'D',
    script: 'None',
    report: '',
    url: null,
    status: job.status,
    nzo_id: job.id,
    storage: completed ? `/config/complete/${folder}${job.name}` : `/config/incomplete/${job.name}`,
    path: `/config/incomplete/${job.name}`,
    script_line: '',
    download_time: job.downloadTime,
    postproc_time: 0,
    stage_log: [
      { name: 'Source', actions: [`${job.name}.nzb`] },
      { name: 'Download', actions: [completed ? `Downloaded in ${job.downloadTime} seconds` : job.failMessage] },
    ],
    downloaded: bytes,
    completeness: null,
    fail_message: job.failMessage,
    url_info: '',
    bytes,
    meta: null,
    series: null,
    md5sum: 'd41d8cd98f00b204e9800998ecf8427e',
    password: null,
    duplicate_key: job.name.toLowerCase(),
    archive: false,
    time_added: Math.floor(job.added / 1000),
    size: sizeText(bytes),
    action_line: '',
    loaded: false,
    retry: !completed,
  };
};
