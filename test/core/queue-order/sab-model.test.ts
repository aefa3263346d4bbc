import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SabModel } from './sab-model.js';

interface Recorded {
  request: { query: string };
  body: {
    position?: number;
    result?: { position: number };
    queue?: { slots: { nzo_id: string; priority: unknown }[] };
  };
}

const read = (name: string): Recorded =>
  JSON.parse(readFileSync(join(__dirname, '../../fixtures/recordings/sabnzbd', `${name}.json`), 'utf8')) as Recorded;

const short = (id: string): string => id.replace('SABnzbd_nzo_', '');

/** The queue of a recording in the model's words; numbers are priorities that SABnzbd stored unresolved. */
const queueOf = (name: string): string =>
  (read(name).body.queue?.slots ?? [])
    .map(({ nzo_id, priority }) => `${short(nzo_id)}/${typeof priority === 'string' ? priority.charAt(0) : 'N'}`)
    .join(' ');

/** Sends the recorded request to the model; the position it answers, and the one recorded. */
function replay(model: SabModel, name: string): { answered: number; recorded: number | undefined } {
  const { request, body } = read(name);
  const query = new URLSearchParams(request.query);
  const value = short(query.get('value') ?? '');
  const value2 = query.get('value2') ?? '';
  const recorded = body.position ?? body.result?.position;
  if (query.get('mode') === 'switch') {
    const target = /^-?\d+$/.test(value2) ? Number(value2) : short(value2);
    return { answered: model.switchTo(value, target), recorded };
  }
  return { answered: model.setPriority(value.split(',').map(short), Number(value2)), recorded };
}

const BASE = '1c6 _fx ggs r_0 qmh s9b h5d a0d jkf 5iv icl 52f';
const full = (text: string): string =>
  text
    .split(' ')
    .map((end) => IDS.find((id) => id.endsWith(end)) ?? end)
    .join(' ');
const IDS = queueOf('queue_after_priority_force')
  .split(' ')
  .map((word) => word.split('/')[0] ?? '');
const start = (): SabModel => SabModel.of(full(BASE));

describe('the model of SABnzbd answers and orders as recorded', () => {
  it.each(['force', 'high', 'low', 'repair', 'out_of_range', 'dup_obsolete', 'default', 'paused'])(
    'priority_%s',
    (name) => {
      const model = start();
      const { answered, recorded } = replay(model, `priority_${name}`);
      expect(answered).toBe(recorded);
      expect(model.toString()).toBe(queueOf(`queue_after_priority_${name}`));
    },
  );

  it('priority_normal puts a job that was higher at the end of its group, and again moves nothing', () => {
    const model = start();
    replay(model, 'priority_high');
    for (const name of ['normal', 'normal_again']) {
      const { answered, recorded } = replay(model, `priority_${name}`);
      expect(answered).toBe(recorded);
      expect(model.toString()).toBe(queueOf(`queue_after_priority_${name}`));
    }
  });

  it('three forced in reverse stand in order, in one call or again', () => {
    for (const name of ['priority_force_three_reversed', 'priority_force_three_in_one_call']) {
      const model = start();
      const { answered, recorded } = replay(model, 'priority_force_three_reversed');
      expect(answered, name).toBe(recorded);
      expect(model.toString()).toBe(queueOf('queue_after_force_three_reversed'));
      replay(model, 'priority_force_three_repeat');
      expect(model.toString()).toBe(queueOf('queue_after_force_three_reversed'));
    }
  });

  it('a fourth forced job goes before the three', () => {
    const model = start();
    replay(model, 'priority_force_three_reversed');
    expect(replay(model, 'priority_force_fourth')).toEqual({ answered: 0, recorded: 0 });
  });

  it('High and a list with unknown ids', () => {
    const three = start();
    expect(replay(three, 'priority_high_three')).toEqual({ answered: 2, recorded: 2 });
    const model = start();
    expect(replay(model, 'priority_list_last_unknown')).toEqual({ answered: -1, recorded: -1 });
    expect(replay(model, 'priority_list_first_unknown')).toEqual({ answered: 1, recorded: 1 });
    expect(replay(model, 'priority_unknown_id')).toEqual({ answered: -1, recorded: -1 });
  });

  it('switch, in the order in which it was recorded', () => {
    const model = start();
    const names = ['to_index_0', 'to_index_3_down', 'same_index', 'to_last_index', 'negative_index'];
    names.push('index_out_of_range', 'by_id_up', 'by_id_down', 'self', 'unknown_value', 'unknown_value2');
    for (const name of names) {
      const { answered, recorded } = replay(model, `switch_${name}`);
      expect(answered, name).toBe(recorded);
    }
  });

  it('a change of priority resumes a paused job, the same priority does not', () => {
    const model = SabModel.of('a/Np b/Np');
    model.setPriority(['a'], 0);
    model.setPriority(['b'], 1);
    expect(model.toString()).toBe('b/H a/Np');
  });

  it('a job that is moved takes the priority of the one it is moved to', () => {
    const model = SabModel.of('f/F h/H n/N');
    model.switchTo('n', 'f');
    expect(model.toString()).toBe('n/F f/F h/H');
    model.switchTo('n', 'h');
    expect(model.toString()).toBe('f/F h/H n/H');
  });
});
