import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/clients/http/connection.js';
import { sabnzbdClient } from '../../../src/clients/sabnzbd/client.js';
import type { SabnzbdClient } from '../../../src/clients/sabnzbd/types.js';
import { connectionTo, failing, KEY } from '../support/fixtures.js';
import { recording, recordingNames, replayed } from '../support/recordings.js';
import { LocalServer, type Sent } from '../support/server.js';

const started = async (answer: Sent): Promise<{ server: LocalServer; sabnzbd: SabnzbdClient } & AsyncDisposable> => {
  const server = await LocalServer.start('/sabnzbd');
  server.behave = () => answer;
  const sabnzbd = sabnzbdClient(openConnection(connectionTo('sabnzbd', server.url)));
  return { server, sabnzbd, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

const forms = (server: LocalServer): readonly Record<string, string>[] =>
  server.received.map(({ form }) => Object.fromEntries(form));

interface RawQueue {
  readonly queue: { readonly slots: { readonly nzo_id: string; readonly index: number }[] };
}

describe('reading', () => {
  test('the whole queue, in order, sizes in bytes, key in the form and output said', async () => {
    await using world = await started(replayed('sabnzbd', 'queue_12'));
    const queue = await world.sabnzbd.queue();
    expect(world.server.received[0]).toMatchObject({ method: 'POST', path: '/api' });
    expect(world.server.received[0]?.query.size).toBe(0);
    expect(forms(world.server)).toEqual([{ mode: 'queue', output: 'json', apikey: KEY }]);
    expect(queue).toMatchObject({ paused: true, version: '5.0.1' });
    expect(queue.jobs).toHaveLength(12);
    expect(queue.jobs[0]).toEqual({
      id: 'SABnzbd_nzo_nq94b1c6', name: 'Other.Show.2024.S02E07.720p.HDTV.x264-ABC', priority: 'High', status: 'Queued',
      category: 'tv', size: 736519782, sizeLeft: 736519782,
    }); // prettier-ignore
  });

  const queues = recordingNames('sabnzbd').filter((name) => {
    const body = recording('sabnzbd', name).body as Partial<RawQueue> | string | null;
    return typeof body === 'object' && Array.isArray(body?.queue?.slots);
  });

  test.each(queues)('recording %s: every job keeps its place', async (name) => {
    await using world = await started(replayed('sabnzbd', name));
    const { slots } = (recording('sabnzbd', name).body as RawQueue).queue;
    expect((await world.sabnzbd.queue()).jobs.map(({ id }) => id)).toEqual(slots.map((slot) => slot.nzo_id));
  });

  test('a number in the place of a priority is Normal, as it acts', async () => {
    await using world = await started(replayed('sabnzbd', 'queue_after_priority_default'));
    const raw = recording('sabnzbd', 'queue_after_priority_default').body as {
      queue: { slots: { priority: unknown }[] };
    };
    const odd = raw.queue.slots.findIndex(({ priority }) => typeof priority === 'number');
    expect(odd).toBeGreaterThan(-1);
    expect((await world.sabnzbd.queue()).jobs[odd]?.priority).toBe('Normal');
  });

  test('a job that cannot be read keeps its place, so that positions stay true', async () => {
    await using world = await started({
      body: { queue: { paused: false, version: '5.0.1', slots: [{}, null, { nzo_id: 'SABnzbd_nzo_x', mb: 'x' }] } },
    });
    const { jobs } = await world.sabnzbd.queue();
    expect(jobs.map(({ id, priority, size }) => ({ id, priority, size }))).toEqual([
      { id: '', priority: 'Normal', size: 0 },
      { id: '', priority: 'Normal', size: 0 },
      { id: 'SABnzbd_nzo_x', priority: 'Normal', size: 0 },
    ]);
  });

  test('the history of jobs, all of them and not the newest ten', async () => {
    await using world = await started(replayed('sabnzbd', 'history_nzo_ids'));
    const known = await world.sabnzbd.knownToHistory(['SABnzbd_nzo_d684oktu', 'SABnzbd_nzo_zzzzzzzz']);
    expect(known).toEqual(['SABnzbd_nzo_d684oktu']);
    expect(forms(world.server)).toEqual([
      {
        mode: 'history',
        output: 'json',
        apikey: KEY,
        nzo_ids: 'SABnzbd_nzo_d684oktu,SABnzbd_nzo_zzzzzzzz',
        limit: '2',
      },
    ]);
    expect(await world.sabnzbd.knownToHistory([])).toEqual([]);
    expect(world.server.received).toHaveLength(1);
  });

  test('the version needs no key, so none is sent', async () => {
    await using world = await started({ body: { version: '5.0.1' } });
    expect(await world.sabnzbd.version()).toBe('5.0.1');
    expect(forms(world.server)).toEqual([{ mode: 'version', output: 'json' }]);
  });

  test.each([
    ['auth_key_param_apikey', 'full'],
    ['auth_key_param_nzbkey', 'nzb-only'],
    ['auth_key_param_bad', 'wrong'],
  ])('the kind of the key: %s is %s', async (name, kind) => {
    await using world = await started(replayed('sabnzbd', name));
    expect(await world.sabnzbd.keyKind()).toBe(kind);
    expect(forms(world.server)).toEqual([{ mode: 'auth', output: 'json', key: KEY }]);
  });

  test('a wrong key is said to be wrong also when its kind cannot be asked', async () => {
    await using world = await started({});
    world.server.behave = ({ form }) =>
      form.get('mode') === 'auth' ? { status: 500 } : replayed('sabnzbd', 'err_wrong_apikey');
    const error = await failing(world.sabnzbd.queue(), 'key-refused');
    expect(error.message).toMatch(/refused the API key \(403\)\. Copy the key from Config → General → API Key\.$/);
  });
});

describe('changing', () => {
  test.each([
    ['Force', '2', 'priority_force_three_reversed', 0],
    ['High', '1', 'priority_high_three', 2],
    ['Normal', '0', 'priority_normal', 11],
  ] as const)('priority %s is %s, in one call, in order, each id once', async (priority, value2, name, position) => {
    await using world = await started(replayed('sabnzbd', name));
    const ids = ['SABnzbd_nzo_c', 'SABnzbd_nzo_b', 'SABnzbd_nzo_c', 'SABnzbd_nzo_a_1'];
    expect(await world.sabnzbd.setPriority(ids, priority)).toBe(position);
    expect(forms(world.server)).toEqual([
      {
        mode: 'queue',
        output: 'json',
        apikey: KEY,
        name: 'priority',
        value: 'SABnzbd_nzo_c,SABnzbd_nzo_b,SABnzbd_nzo_a_1',
        value2,
      },
    ]);
  });

  test('a job that is not in the queue is position -1, no failure', async () => {
    await using world = await started(replayed('sabnzbd', 'priority_unknown_id'));
    expect(await world.sabnzbd.setPriority(['SABnzbd_nzo_zzzzzzzz'], 'High')).toBe(-1);
  });

  test.each(['Stop', 'Low', 'Repair', '-4', 'toString'])('priority %s is never sent', async (priority) => {
    await using world = await started({ body: { status: true } });
    await failing(world.sabnzbd.setPriority(['SABnzbd_nzo_a'], priority as 'High'), 'bad-call');
    expect(world.server.received).toEqual([]);
  });

  test.each(['', 'all', '3fa1c0', 'SABnzbd_nzo_a,SABnzbd_nzo_b', 'SABnzbd_nzo_'])(
    '"%s" is no job of SABnzbd and never sent',
    async (id) => {
      await using world = await started({ body: { position: 0 } });
      await failing(world.sabnzbd.setPriority(['SABnzbd_nzo_a', id], 'High'), 'bad-call');
      await failing(world.sabnzbd.switchTo(id, 0), 'bad-call');
      await failing(world.sabnzbd.switchTo('SABnzbd_nzo_a', id), 'bad-call');
      await failing(world.sabnzbd.knownToHistory([id]), 'bad-call');
      expect(world.server.received).toEqual([]);
    },
  );

  test('no ids: nothing is sent', async () => {
    await using world = await started({});
    expect(await world.sabnzbd.setPriority([], 'High')).toBe(-1);
    expect(world.server.received).toEqual([]);
  });

  test('a job moves to an index or to the place of another', async () => {
    await using world = await started(replayed('sabnzbd', 'switch_to_index_3_down'));
    expect(await world.sabnzbd.switchTo('SABnzbd_nzo_a', 3)).toBe(3);
    world.server.behave = () => replayed('sabnzbd', 'switch_unknown_value');
    expect(await world.sabnzbd.switchTo('SABnzbd_nzo_a', 'SABnzbd_nzo_b')).toBe(-1);
    expect(forms(world.server)).toEqual([
      { mode: 'switch', output: 'json', apikey: KEY, value: 'SABnzbd_nzo_a', value2: '3' },
      { mode: 'switch', output: 'json', apikey: KEY, value: 'SABnzbd_nzo_a', value2: 'SABnzbd_nzo_b' },
    ]);
  });

  test.each([-1, 1.5, Number.NaN])('index %d is never sent', async (index) => {
    await using world = await started({ body: { result: { position: 0 } } });
    await failing(world.sabnzbd.switchTo('SABnzbd_nzo_a', index), 'bad-call');
    expect(world.server.received).toEqual([]);
  });

  test('the plain queue in the place of a position is no success', async () => {
    await using world = await started(replayed('sabnzbd', 'err_unknown_queue_name'));
    await failing(world.sabnzbd.setPriority(['SABnzbd_nzo_a'], 'High'), 'unexpected-answer');
  });

  test('is not repeated when the connection breaks, reading is', async () => {
    await using world = await started({});
    world.server.behave = (_, { request }) => {
      request.socket.destroy();
      return null;
    };
    await failing(world.sabnzbd.setPriority(['SABnzbd_nzo_a'], 'High'), 'reset');
    expect(world.server.received).toHaveLength(1);
    await failing(world.sabnzbd.queue(), 'reset');
    expect(world.server.received).toHaveLength(4);
  });
});
