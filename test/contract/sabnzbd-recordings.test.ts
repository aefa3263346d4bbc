import { afterEach, describe, expect, it } from 'vitest';
import { PRIORITY, type JobStatus } from '../sandbox/sabnzbd/job.js';
import { SabnzbdModel } from '../sandbox/sabnzbd/model.js';
import { startSabnzbd, type SabnzbdOptions } from '../sandbox/sabnzbd/start.js';
import type { StandIn } from '../sandbox/http/types.js';
import type { WorldSabnzbd } from '../sandbox/world/format.js';
import { handClock } from './clock.js';
import { recordingsOf, send, type Got, type Recording } from './recordings.js';
import { OUT_OF_SCOPE, reasonOut, UNIONS } from './sabnzbd-scope.js';
import { shapeDifferences } from './shape.js';

const RECORDINGS = recordingsOf('sabnzbd');
const BY_NAME = new Map(RECORDINGS.map((recording) => [recording.name, recording]));

const recorded = (name: string): Recording => {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found;
};

interface RecordedSlot {
  readonly nzo_id: string;
  readonly filename: string;
  readonly cat: string;
  readonly priority: string | number;
  readonly status: string;
  readonly mb: string;
  readonly mbleft: string;
  readonly size: string;
  readonly sizeleft: string;
  readonly percentage: string;
  readonly index: number;
}

const SLOT_FIELDS = [
  ...(['nzo_id', 'index', 'filename', 'cat', 'priority', 'status'] as const),
  ...(['mb', 'mbleft', 'size', 'percentage'] as const),
];

interface RecordedQueue {
  readonly status: string;
  readonly mb: string;
  readonly mbleft: string;
  readonly size: string;
  readonly sizeleft: string;
  readonly paused: boolean;
  readonly noofslots: number;
  readonly noofslots_total: number;
  readonly start: number;
  readonly limit: number;
  readonly finish: number;
  readonly slots: readonly RecordedSlot[];
}

const queueOf = (body: unknown): RecordedQueue => (body as { queue: RecordedQueue }).queue;
const isQueue = (body: unknown): boolean => typeof body === 'object' && body !== null && 'queue' in body;
const isHistory = (body: unknown): boolean => typeof body === 'object' && body !== null && 'history' in body;

const MIB = 1024 ** 2;

/** The number 0 stands for a priority without a word. */
const numberOf = ({ priority }: RecordedSlot): number =>
  typeof priority === 'number' ? PRIORITY.Default : PRIORITY[priority as keyof typeof PRIORITY];

/** Puts the recorded jobs into the queue in their order. */
const seed = (
  model: SabnzbdModel,
  slots: readonly RecordedSlot[],
  more: 'all normal' | 'ever active' | '' = '',
): void => {
  for (const slot of slots.toReversed()) {
    const size = Number(slot.mb) * MIB;
    const priority = more === 'all normal' ? 0 : numberOf(slot);
    const id = model.seed({
      id: slot.nzo_id,
      name: slot.filename,
      category: slot.cat,
      size,
      done: size - Number(slot.mbleft) * MIB,
      priority: PRIORITY.Force,
      status: slot.status === 'Downloading' && more !== 'ever active' ? 'Queued' : (slot.status as JobStatus),
    });
    const job = model.jobsInOrder().find((j) => j.id === id);
    if (job !== undefined) job.priority = priority;
  }
};

const KEYS = { apiKey: 'SABNZBD_API_KEY', nzbKey: 'SABNZBD_NZB_KEY' };
let running: StandIn | undefined;
afterEach(async () => await running?.close());

const start = async (world: WorldSabnzbd = {}, options: SabnzbdOptions = {}): Promise<SabnzbdModel> => {
  const model = new SabnzbdModel({ ...KEYS, paused: true, rate: 0, ...world }, handClock());
  running = await startSabnzbd(model, options);
  return model;
};

const replay = async ({ request }: Recording): Promise<Got> => await send(running?.url ?? '', { ...request });

/** How the server had been set up for a recording. */
const setUpFor = (name: string): { world: WorldSabnzbd; options: SabnzbdOptions } => {
  const exposure = /^inet(\d)_/.exec(name)?.[1];
  return {
    world: {
      ...(name.startsWith('urlbase_set_') ? { urlBase: '/sabnzbd' } : {}),
      ...(name.startsWith('login_set_') ? { checkHostname: false } : {}),
    },
    options: {
      silent: name.startsWith('api_warnings0_'),
      ...(exposure === undefined ? {} : { inetExposure: Number(exposure) }),
      ...(name === 'hostname_whitelisted' ? { hostWhitelist: ['sab.example.org'] } : {}),
    },
  };
};

/** HTML without the traceback, which names the files of that installation. */
const comparable = (body: unknown): unknown =>
  typeof body === 'string'
    ? body.replace(/<pre id="traceback">[^]*?<\/pre>/, '').trim()
    : JSON.parse(JSON.stringify(body).replaceAll(/SABnzbd_nzo_[a-z0-9_]{8}/g, 'ID'));

/** Jobs that recordings outside a sequence speak of, beside the twelve of `queue_12`. */
const OTHERS = ['SABnzbd_nzo_v7lb7bjn', 'SABnzbd_nzo_qdg4608w', 'SABnzbd_nzo_2kflt24s', 'SABnzbd_nzo_8ual951g'];

/** Recordings that belong to a sequence below, by what they depend on. */
const SEQUENCES: Readonly<Record<string, readonly string[]>> = {
  'one job through all priorities': [
    ...[
      'force',
      'high',
      'normal',
      'normal_again',
      'low',
      'repair',
      'out_of_range',
      'dup_obsolete',
      'default',
      'paused',
    ].flatMap((value) => [`priority_${value}`, `queue_after_priority_${value}`]),
  ],
  'three to Force, last first; again; a fourth on top': [
    'priority_force_three_reversed',
    'queue_after_force_three_reversed',
    'priority_force_three_repeat',
    'priority_force_fourth',
  ],
  'three to Force in one call': ['priority_force_three_in_one_call'],
  'three to High': ['priority_high_three'],
  'three to 99': ['priority_99_list'],
  'lists with an unknown id': ['priority_list_last_unknown', 'priority_list_first_unknown'],
  'by a form': ['priority_post_form'],
  'switch by index': [
    'switch_to_index_0',
    'switch_to_index_3_down',
    'switch_same_index',
    'switch_index_out_of_range',
    'switch_to_last_index',
    'switch_negative_index',
  ],
  'switch by id': ['switch_by_id_up', 'switch_by_id_down', 'switch_self'],
  'delete, and once more': ['queue_delete_two', 'queue_delete_again'],
};
const IN_SEQUENCE = new Set(Object.values(SEQUENCES).flat());

const FILTERS =
  /^queue_(cat_|category_|limit_|nzo_ids_|priority_filter|search|start_|status_(paused|queued)$|12_output_none|post_urlencoded)|^post_/;

const rest = RECORDINGS.filter(({ name }) => reasonOut(name) === undefined && !IN_SEQUENCE.has(name));
const states = rest.filter(({ name, body }) => isQueue(body) && !FILTERS.test(name));
const filters = rest.filter(({ name, body }) => isQueue(body) && FILTERS.test(name));
const histories = rest.filter(({ body }) => isHistory(body));
const others = rest.filter(({ body }) => !isQueue(body) && !isHistory(body));

describe('recordings of SABnzbd 5.0.1', () => {
  it('each reason to leave a recording out still has one', () => {
    expect(OUT_OF_SCOPE.filter(([pattern]) => !RECORDINGS.some(({ name }) => pattern.test(name)))).toEqual([]);
    expect([...IN_SEQUENCE].filter((name) => !BY_NAME.has(name))).toEqual([]);
  });

  describe('refusals and functional answers: same status, type and body', () => {
    it.each(others.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
      const { world, options } = setUpFor(name);
      const model = await start(world, options);
      seed(model, queueOf(recorded('queue_12').body).slots, 'all normal');
      for (const id of [...OTHERS, ...idsOf(recording)])
        if (!id.includes('zzzz') && !name.includes('completed') && !model.jobsInOrder().some((job) => job.id === id))
          if (!name.startsWith('history_retry')) model.seed({ id, name: id, category: 'tv', size: MIB, priority: 0 });
      if (name === 'history_retry') failAJob(model, idsOf(recording)[0] ?? '');
      const got = await replay(recording);
      expect([got.status, got.contentType, comparable(got.body)]).toEqual([
        recording.status,
        recording.contentType,
        comparable(recording.body),
      ]);
    });
  });

  describe('the queue as it stood: same fields, types, order, words and counts', () => {
    it.each(states.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
      const { world, options } = setUpFor(name);
      const theirs = queueOf(recording.body);
      const model = await start({ ...world, paused: theirs.paused }, options);
      seed(model, theirs.slots, name.includes('filter_downloading') ? 'ever active' : '');
      const got = await replay(recording);
      expect([got.status, got.contentType]).toEqual([recording.status, recording.contentType]);
      expect(shapeDifferences(recording.body, got.body, UNIONS)).toEqual([]);
      const ours = queueOf(got.body);
      expect([ours.start, ours.limit, ours.finish]).toEqual([theirs.start, theirs.limit, theirs.finish]);
      const view = (slot: RecordedSlot): unknown => SLOT_FIELDS.map((field) => [field, slot[field]]);
      expect(ours.slots.map(view)).toEqual(theirs.slots.map(view));
      const isWhole = theirs.slots.length === theirs.noofslots && theirs.noofslots_total <= theirs.noofslots;
      if (isWhole) expect(totals(ours)).toEqual(totals(theirs));
    });
  });

  describe('the queue through a filter: the same slots, indices and counts', () => {
    it.each(filters.map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
      const model = await start();
      seed(model, queueOf(recorded('queue_12').body).slots);
      const got = await replay(recording);
      expect(got.status).toBe(recording.status);
      expect(shapeDifferences(recording.body, got.body, UNIONS)).toEqual([]);
      const view = ({ slots, ...header }: RecordedQueue): unknown => ({
        slots: slots.map(({ nzo_id, index, priority, status }) => [nzo_id, index, priority, status]),
        counts: [header.noofslots, header.noofslots_total, header.start, header.limit, header.finish],
      });
      expect(view(queueOf(got.body))).toEqual(view(queueOf(recording.body)));
    });
  });

  describe('the history: same fields and types', () => {
    it.each(histories.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
      const { world, options } = setUpFor(name);
      const model = await start({ ...world, paused: false, rate: 20 }, options);
      for (const id of [...idsOf(recording), 'SABnzbd_nzo_other001'])
        model.seed({
          id,
          name: `Show.S02E0${id.length}.${id}`,
          category: 'tv',
          size: MIB,
          priority: 0,
          failsDownload: name.includes('failed'),
        });
      model.clock.advance(60_000);
      const got = await replay(recording);
      expect(got.status).toBe(recording.status);
      expect(shapeDifferences(recording.body, got.body, UNIONS)).toEqual([]);
      const count = (body: unknown): boolean => (body as { history: { slots: unknown[] } }).history.slots.length > 0;
      if (name !== 'history_empty') expect(count(got.body)).toBe(true);
    });
  });

  describe('sequences: same answers, order and priorities', () => {
    it.each(Object.entries(SEQUENCES))('%s', async (_, names) => {
      const model = await start();
      seed(model, queueOf(recorded('queue_12').body).slots, 'all normal');
      for (const id of idsOf(recorded('queue_delete_two')))
        model.seed({ id, name: id, category: 'tv', size: 1, priority: 0 });
      if (!names.includes('queue_delete_two'))
        for (const id of idsOf(recorded('queue_delete_two'))) model.deleteJob(id);
      for (const name of names) {
        const got = await replay(recorded(name));
        const view = (body: unknown): unknown =>
          isQueue(body) ? queueOf(body).slots.map(({ nzo_id, priority, status }) => [nzo_id, priority, status]) : body;
        expect([name, view(got.body)]).toEqual([name, view(recorded(name).body)]);
      }
    });
  });
});

/** Of the whole queue; whether something downloads depends on that server's connections. */
function totals(queue: RecordedQueue): unknown {
  const { noofslots, noofslots_total, size, sizeleft, paused, status } = queue;
  // Two decimals a slot lose a little in the sum.
  const [mb, mbleft] = [Math.round(Number(queue.mb)), Math.round(Number(queue.mbleft))];
  const idle = status.replace('Downloading', 'Idle');
  return { noofslots, noofslots_total, mb, mbleft, size, sizeleft, paused, idle };
}

/** The jobs that a request names. */
function idsOf({ request }: Recording): readonly string[] {
  return [...`${request.query ?? ''}&${request.body ?? ''}`.matchAll(/SABnzbd_nzo_\w{8}/g)].map(([id]) => id);
}

function failAJob(model: SabnzbdModel, id: string): void {
  model.seed({ id, name: id, category: 'tv', size: MIB, priority: 0 });
  model.setPriority([id], PRIORITY.Stop);
}
