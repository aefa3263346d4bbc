import type { Parameters } from '../http/form.js';
import { historyAnswer } from './history-answer.js';
import type { SabnzbdModel } from './model.js';
import { headerOf, queueAnswer } from './queue-answer.js';

export interface Keys {
  readonly apiKey: string;
  readonly nzbKey: string;
}

interface Call {
  readonly model: SabnzbdModel;
  readonly parameters: Parameters;
  readonly keys: Keys;
}

type Command = (call: Call) => unknown;

const failed = (error: string): { status: false; error: string } => ({ status: false, error });

/** Answers a call that was let in; every functional error is a success of HTTP. */
export const execute = (call: Call): unknown => {
  const command = MODES[call.parameters.get('mode') ?? ''];
  return command === undefined ? failed('not implemented') : command(call);
};

const queue: Command = (call) => {
  // An unknown name is no error: the plain queue comes back (seen on 5.0.1).
  const command = QUEUE_NAMES[call.parameters.get('name') ?? ''];
  return command === undefined ? queueAnswer(call.model, call.parameters) : command(call);
};

const priority: Command = ({ model, parameters }) => {
  const [ids, text] = [parameters.list('value'), parameters.get('value2') ?? ''];
  if (ids.length === 0 || text === '') return failed('expects two parameters');
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return failed('expects integer value');
  const position = model.setPriority(ids, Number(text));
  return position === null ? { status: true } : { position };
};

const switchJobs: Command = ({ model, parameters }) => {
  const [id, target] = [parameters.get('value') ?? '', parameters.get('value2') ?? ''];
  if (id === '' || target === '') return failed('expects two parameters');
  return { result: model.switchTo(id, target) };
};

/** Unknown ids are reported as success; no value at all makes the list a boolean. */
const eachJob =
  (act: (model: SabnzbdModel, id: string) => void): Command =>
  ({ model, parameters }) => {
    const ids = parameters.list('value');
    if (ids.length === 0) return { status: false, nzo_ids: false };
    for (const id of ids) act(model, id);
    return { status: true, nzo_ids: ids };
  };

const deleteJobs: Command = ({ model, parameters }) => {
  if ((parameters.get('value') ?? '') === '') return failed('expects one parameter');
  const all = parameters.get('value') === 'all';
  const ids = all ? model.jobsInOrder().map((job) => job.id) : parameters.list('value');
  const removed = ids.filter((id) => model.deleteJob(id));
  return { status: removed.length > 0, nzo_ids: removed };
};

const history: Command = ({ model, parameters }) => {
  if (parameters.get('name') !== 'delete') return historyAnswer(model, parameters);
  const value = parameters.get('value') ?? '';
  if (value === '') return failed('expects one parameter');
  const chosen = model.history.filter((job) => value === 'all' || (value === 'failed' && job.status === 'Failed'));
  model.deleteFromHistory([...chosen.map((job) => job.id), ...parameters.list('value')]);
  return { status: true };
};

const retry: Command = ({ model, parameters }) => {
  const value = parameters.get('value') ?? '';
  if (value === '') return failed('expects one parameter');
  const id = model.retry(value);
  return id === null ? failed('item does not exist') : { status: true, nzo_id: id };
};

const addFile: Command = ({ model, parameters }) => {
  const file = parameters.files.get('name') ?? parameters.files.get('nzbfile');
  if (file === undefined) return failed('expects one parameter');
  const name = parameters.get('nzbname') ?? file.filename.replace(/\.nzb$/i, '');
  const sizes = [...file.content.toString('utf8').matchAll(/\bbytes="(\d+)"/g)].map((found) => Number(found[1]));
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const [category, priorityText] = [parameters.get('cat') ?? '*', parameters.get('priority') ?? '-100'];
  return { status: true, nzo_ids: [model.seed({ name, size, category, priority: Number(priorityText) })] };
};

/** Looks at `key`, not at `apikey`; without it the answer means nothing. */
const auth: Command = ({ parameters, keys }) => {
  const key = parameters.get('key');
  if (key === undefined || key === keys.apiKey) return { auth: 'apikey' };
  return { auth: key === keys.nzbKey ? 'nzbkey' : 'badkey' };
};

/** The real one tells much more; like it, this one holds the key in clear. */
const fullStatus: Command = ({ model, keys }) => ({
  status: { ...headerOf(model, 0), uptime: '2m', apikey: keys.apiKey, url_base: '', folders: [], servers: [] },
});

const pauseAll: Command = ({ model }) => {
  model.pauseAll();
  return { status: true };
};

const resumeAll: Command = ({ model }) => {
  model.resumeAll();
  return { status: true };
};

const MODES: Readonly<Record<string, Command>> = {
  version: ({ model }) => ({ version: model.settings.version ?? '5.0.1' }),
  auth,
  queue,
  history,
  switch: switchJobs,
  pause: pauseAll,
  resume: resumeAll,
  retry,
  addfile: addFile,
  status: fullStatus,
  fullstatus: fullStatus,
  get_cats: () => ({ categories: ['*', 'movies', 'tv'] }),
};

const QUEUE_NAMES: Readonly<Record<string, Command>> = {
  priority,
  pause: eachJob((model, id) => model.pauseJob(id)),
  resume: eachJob((model, id) => model.resumeJob(id)),
  delete: deleteJobs,
};
