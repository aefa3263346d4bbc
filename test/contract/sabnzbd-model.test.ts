import { afterEach, describe, expect, it } from 'vitest';
import { SabnzbdModel } from '../sandbox/sabnzbd/model.js';
import { startSabnzbd, SABNZBD_KEY } from '../sandbox/sabnzbd/start.js';
import type { StandIn } from '../sandbox/http/types.js';
import type { WorldSabnzbd } from '../sandbox/world/format.js';
import { DownloadClientDown } from '../sandbox/world/types.js';
import { handClock } from './clock.js';
import { send } from './recordings.js';

const MB = 1_000_000;

/** Jobs by one word each, left is the top; `/F` … is the priority, without one it is Normal. */
const queueOf = (words: string, world: WorldSabnzbd = {}): SabnzbdModel => {
  const model = new SabnzbdModel({ rate: 10, ...world }, handClock());
  const jobs = words.split(' ').map((word) => written(word).split('/'));
  // Each new Force job goes in front of the others.
  for (const [id = '', priority = ''] of [...jobs.filter(isForce).toReversed(), ...jobs.filter((job) => !isForce(job))])
    model.seed({ id, name: `Show.${id}`, size: 100 * MB, category: 'tv', priority: NUMBERS[priority] ?? 0 });
  return model;
};

const NUMBERS: Readonly<Record<string, number>> = { F: 2, H: 1, N: 0, L: -1 };
const isForce = ([, priority]: readonly string[]): boolean => priority === 'F';
const written = (words: string): string =>
  words
    .split(' ')
    .map((word) => (word.includes('/') ? word : `${word}/N`))
    .join(' ');

const order = (model: SabnzbdModel): string =>
  model
    .jobsInOrder()
    .map(({ id, priority }) => `${id}/${{ 3: 'R', 2: 'F', 1: 'H', 0: 'N', [-1]: 'L' }[priority] ?? priority}`)
    .join(' ');

describe('order and priority (experiments X1 to X3 on 5.0.1)', () => {
  const cases: readonly (readonly [string, string, (model: SabnzbdModel) => unknown, unknown, string])[] = [
    [
      'a list is worked off in its order: the last one ends on top',
      'o a b c',
      (m) => m.setPriority(['a', 'b', 'c'], 2),
      0,
      'c/F b/F a/F o/N',
    ],
    [
      'forcing again moves nothing and tells the place of the last',
      'a/F b/F',
      (m) => m.setPriority(['b', 'a'], 2),
      0,
      'a/F b/F',
    ],
    ['a later Force job goes in front of the others', 'a/F b', (m) => m.setPriority(['b'], 2), 0, 'b/F a/F'],
    ['High goes behind the jobs that are High', 'f/F h/H o a', (m) => m.setPriority(['a'], 1), 2, 'f/F h/H a/H o/N'],
    ['down to Normal is the end of Normal', 'a/H o p l/L', (m) => m.setPriority(['a'], 0), 2, 'o/N p/N a/N l/L'],
    [
      'down and up brings a known order',
      'a/F b/F o',
      (m) => [m.setPriority(['b', 'a'], 0), m.setPriority(['b', 'a'], 2)],
      [2, 0],
      'a/F b/F o/N',
    ],
    ['Low is the end of the queue', 'a o l/L', (m) => m.setPriority(['a'], -1), 2, 'o/N l/L a/L'],
    ['an unknown number is Normal, placed by the number', 'o a', (m) => m.setPriority(['a'], 99), 0, 'a/N o/N'],
    ['Default is stored unresolved, below Low', 'a o l/L', (m) => m.setPriority(['a'], -100), 2, 'o/N l/L a/-100'],
    [
      'an unknown id last answers -1 though the others were changed',
      'o a',
      (m) => m.setPriority(['a', 'zz'], 1),
      -1,
      'a/H o/N',
    ],
    [
      'switch on top of a Force job makes it Force',
      'f/F o a',
      (m) => m.switchTo('a', '0'),
      { position: 0, priority: 2 },
      'a/F f/F o/N',
    ],
    [
      'switch of a Force job below makes it what is there',
      'f/F o a',
      (m) => m.switchTo('f', '2'),
      { position: 2, priority: 0 },
      'o/N a/N f/N',
    ],
    [
      'switch by id takes the priority of the target',
      'h/H o a',
      (m) => m.switchTo('a', 'h'),
      { position: 0, priority: 1 },
      'a/H h/H o/N',
    ],
    [
      'switch forward in the queue keeps Normal',
      'o p a',
      (m) => m.switchTo('a', '1'),
      { position: 1, priority: 0 },
      'o/N a/N p/N',
    ],
    [
      'switch to its own place moves nothing',
      'o a',
      (m) => m.switchTo('a', '1'),
      { position: -1, priority: 0 },
      'o/N a/N',
    ],
    [
      'a restart reverses the Force jobs only',
      'a/F b/F h/H i/H o',
      (m) => m.restart(),
      undefined,
      'b/F a/F h/H i/H o/N',
    ],
  ];
  it.each(cases)('%s', (_, before, act, answer, after) => {
    const model = queueOf(before);
    expect(order(model)).toBe(written(before));
    expect([act(model), order(model)]).toEqual([answer, after]);
  });

  it('a change of priority wakes a paused job, the same value does not', () => {
    const model = queueOf('a b');
    model.pauseJob('a');
    model.setPriority(['a'], 0);
    expect(model.jobsInOrder().map((job) => job.status)).toContain('Paused');
    model.setPriority(['a'], 1);
    expect(model.jobsInOrder().map((job) => job.status)).not.toContain('Paused');
  });
});

describe('downloading', () => {
  it('one job after the other in queue order, by rate', () => {
    const model = queueOf('a b');
    model.clock.advance(15_000);
    expect(model.history.map((job) => job.id)).toEqual([]);
    expect(model.jobsInOrder().map(({ id, done }) => [id, done / MB])).toEqual([['b', 50]]);
    expect(model.history.map(({ id, status, downloadTime }) => [id, status, downloadTime])).toEqual([
      ['a', 'Completed', 10],
    ]);
  });

  it('a forced job goes first, the displaced one keeps its progress', () => {
    const model = queueOf('a b');
    model.clock.advance(5000);
    model.setPriority(['b'], 2);
    model.clock.advance(5000);
    expect(model.jobsInOrder().map(({ id, done }) => [id, done / MB])).toEqual([
      ['b', 50],
      ['a', 50],
    ]);
  });

  it('while the whole queue is paused only Force jobs run', () => {
    const model = queueOf('f/F h/H', { paused: true });
    model.clock.advance(60_000);
    expect(model.jobsInOrder().map(({ id, done }) => [id, done])).toEqual([['h', 0]]);
  });

  it('a Force job that is paused goes on, unless it is the only one of a paused queue', () => {
    const running = queueOf('f/F');
    running.pauseJob('f');
    running.clock.advance(1000);
    expect(running.jobsInOrder()[0]?.done).toBe(10 * MB);
    const paused = queueOf('f/F', { paused: true });
    paused.pauseJob('f');
    paused.clock.advance(1000);
    expect(paused.jobsInOrder()[0]?.done).toBe(0);
    paused.seed({ name: 'another', size: 1, category: 'tv', priority: 0 });
    paused.clock.advance(1000);
    expect(paused.jobsInOrder()[0]?.done).toBe(10 * MB);
  });

  it('a job that fails is in the history as failed, and comes back under a new id', () => {
    const model = queueOf('a');
    model.deleteJob('a');
    model.seed({ id: 'x', name: 'Bad', size: MB, category: 'tv', priority: 0, failsDownload: true });
    model.clock.advance(1000);
    expect(model.jobs('tv').map(({ id, state }) => [id, state])).toEqual([['x', 'failed']]);
    expect(model.retry('x')).not.toBe('x');
    expect(model.jobs('tv').map(({ state }) => state)).toEqual(['downloading']);
  });

  it('as Sonarr sees it: the jobs of its category, queue first, until it has imported them', () => {
    const model = queueOf('a b');
    const id = model.add({ name: 'Film', size: MB, category: 'movies', priority: -100 });
    model.clock.advance(12_000);
    expect(model.jobs('tv').map((job) => [job.id, job.state, job.sizeLeft / MB])).toEqual([
      ['b', 'downloading', 80],
      ['a', 'completed', 0],
    ]);
    expect(model.jobs('movies').map((job) => job.id)).toEqual([id]);
    model.imported('a');
    expect(model.jobs('tv').map((job) => job.id)).toEqual(['b']);
  });
});

describe('over HTTP', () => {
  let standIn: StandIn | undefined;
  afterEach(async () => await standIn?.close());

  const ask = async (query: string): Promise<Record<string, Record<string, unknown>>> =>
    (await send(standIn?.url ?? '', { method: 'GET', path: '/api', query: `${query}&apikey=${SABNZBD_KEY}` }))
      .body as Record<string, Record<string, unknown>>;

  it('tells speed, time left and what is really downloading', async () => {
    const model = queueOf('a b/L');
    model.seed({ id: 'p', name: 'Paused', size: 100 * MB, category: 'tv', priority: 0, paused: true });
    standIn = await startSabnzbd(model);
    model.clock.advance(1000);
    const { queue } = await ask('mode=queue');
    expect(queue).toMatchObject({
      status: 'Downloading',
      speed: '9.5 M',
      kbpersec: '9765.63',
      timeleft: '0:00:19',
      noofslots: 3,
      noofslots_total: 2,
    });
    expect(queue?.slots).toMatchObject([
      { nzo_id: 'a', status: 'Downloading', percentage: '10', timeleft: '0:00:09' },
      { nzo_id: 'p', status: 'Paused', timeleft: '0:00:00' },
      { nzo_id: 'b', status: 'Downloading', priority: 'Low', timeleft: '0:00:19' },
    ]);
  });

  it('says nothing new when the history is as the client knows it', async () => {
    const model = queueOf('a');
    standIn = await startSabnzbd(model);
    const known = (await ask('mode=history')).history?.last_history_update;
    expect(await ask(`mode=history&last_history_update=${String(known)}`)).toEqual({ history: false });
    model.clock.advance(60_000);
    expect((await ask(`mode=history&last_history_update=${String(known)}`)).history?.noofslots).toBe(1);
  });

  it('Sonarr cannot add while the stand-in refuses connections', async () => {
    const model = queueOf('a');
    standIn = await startSabnzbd(model);
    standIn.addFault({ kind: 'refused' });
    expect(() => model.add({ name: 'x', size: 1, category: 'tv', priority: 0 })).toThrow(DownloadClientDown);
    expect(() => model.jobs('tv')).toThrow(DownloadClientDown);
    standIn.clearFaults();
    expect(model.add({ name: 'x', size: 1, category: 'tv', priority: 0 })).toMatch(/^SABnzbd_nzo_[a-z0-9_]{8}$/);
  });

  it('faults are named by mode and name', async () => {
    const model = queueOf('o a');
    standIn = await startSabnzbd(model, { faults: [{ kind: 'wrong-key', route: 'priority', times: 1 }] });
    expect(await ask('mode=queue&name=priority&value=a&value2=2')).toBe('API Key Incorrect');
    expect(order(model)).toBe('o/N a/N');
    expect(await ask('mode=queue&name=priority&value=a&value2=2')).toEqual({ position: 0 });
    expect(standIn.exchanges.map((e) => e.fault)).toEqual(['wrong-key', null]);
  });
});
