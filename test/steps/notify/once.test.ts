import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { blocked, grabbed, Household, item } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('two notifiers', () => {
  test('are each told, once', async () => {
    const done = home.plan([grabbed(6), blocked(8)]);
    await home.tell(done);
    await home.tell(done, { notifier: 3 });
    await home.tell(done);
    expect(
      home.tautulli.sent.map(({ notifier, body }) => [notifier, body.includes('E06') && body.includes('E08')]),
    ).toEqual([
      [2, true],
      [3, true],
    ]);
  });

  test('one that fails is told later what it has missed, and the other not again', async () => {
    home.tautulli.failures.set('notify 2', failure('tautulli', 'notify-failed'));
    await home.tell(home.plan([grabbed(6)]));
    home.tautulli.failures.clear();
    await home.tell(home.plan([grabbed(7)]), { notifier: 3 });
    await home.tell(home.plan([]));
    expect(home.tautulli.sent.map(({ notifier, body }) => [notifier, /E\d\d/.exec(body)?.[0]])).toEqual([
      [3, 'E07'],
      [2, 'E06'],
    ]);
  });
});

describe('once', () => {
  test('B13: the same episode several times in a plan is told once', async () => {
    await home.tell(home.plan([grabbed(6), grabbed(6), grabbed(6)]));
    expect(home.tautulli.sent[0]?.body).toBe('On their way:\n- Harbour Lights S02E06 for Ann (1.0 GB)');
  });

  test('B13, case 46: what was told is not told again, after a restart neither; there is no request then', async () => {
    await home.tell(home.plan([grabbed(6), blocked(8)]));
    home.tautulli.asked = [];
    expect((await home.tell(home.plan([grabbed(6), blocked(8)]))).sent).toBe(false);
    home.state = home.open();
    expect((await home.tell(home.plan([grabbed(6), blocked(8)]))).sent).toBe(false);
    expect(home.tautulli.asked).toEqual([]);
  });

  test('what was told is forgotten after sixty days', async () => {
    await home.tell(home.plan([grabbed(6)]));
    home.clock.pass(61 * DAY);
    await home.tell(home.plan([]));
    expect(home.state.announced.size).toBe(0);
  });

  test('a job that is on its way without us is not ours to tell', async () => {
    const download = {
      state: 'downloading',
      downloadId: 'nzo_x',
      protocol: 'usenet',
      client: 'SABnzbd',
      indexer: null,
      title: 'r',
      size: 1e9,
      sizeLeft: null,
      timeLeft: null,
      grabbedAt: null,
      messages: [],
    } as const;
    expect((await home.tell(home.plan([item(6, { action: 'prioritise', download })]))).sent).toBe(false);
    await home.tell(home.plan([item(6, { result: { code: 'command-sent', text: '' } })]));
    expect((await home.tell(home.plan([item(6, { action: 'prioritise', download })]))).sent).toBe(true);
    expect(home.tautulli.sent[0]?.body).toContain('S02E06 for Ann (1.0 GB)');
  });
});

describe('a message that fails', () => {
  test('is recorded, the plan goes on, and its grabs are told in the next one', async () => {
    home.tautulli.failures.set('notify 2', failure('tautulli', 'notify-failed'));
    const before = home.plan([grabbed(6)]);
    const { plan: after, sent } = await home.tell(before);
    expect(sent).toBe(false);
    expect(after).toMatchObject({ items: before.items, errors: [{ code: 'notify-failed' }] });
    home.tautulli.failures.clear();
    home.state = home.open();
    home.clock.pass(HOUR);
    expect((await home.tell(home.plan([grabbed(7)]))).sent).toBe(true);
    expect(home.tautulli.sent[0]?.body).toBe('On their way:\n- Harbour Lights S02E06, S02E07 for Ann (2.0 GB)');
    expect((await home.tell(home.plan([]))).sent).toBe(false);
  });

  test('is told in the next run even when that has no news', async () => {
    home.tautulli.failures.set('notify 2', failure('tautulli', 'timeout'));
    await home.tell(home.plan([grabbed(6)]));
    home.tautulli.failures.clear();
    expect((await home.tell(home.plan([]))).sent).toBe(true);
  });

  test('for days is stale news and told to nobody', async () => {
    home.tautulli.failures.set('notify 2', failure('tautulli', 'timeout'));
    await home.tell(home.plan([grabbed(6)]));
    home.tautulli.failures.clear();
    home.clock.pass(8 * DAY);
    expect((await home.tell(home.plan([]))).sent).toBe(false);
  });

  test('because Tautulli does not list its notifiers costs nothing else either', async () => {
    home.tautulli.failures.set('notifiers', failure('tautulli', 'refused'));
    expect((await home.tell(home.plan([grabbed(6)]))).plan.errors.map(({ code }) => code)).toEqual(['refused']);
  });

  test('a memory that cannot be read: nothing is sent, since it would be sent in every run', async () => {
    home.store.failure = new Error('disk');
    expect(await home.tell(home.plan([grabbed(6)]))).toMatchObject({ sent: false, plan: { items: [{ episode: 6 }] } });
    expect(home.log.of('warn').join()).toContain('disk');
    expect(home.tautulli.asked).toEqual([]);
  });
});

describe('no message', () => {
  test.each([
    ['no notifier', { notifier: null }, {}],
    ['a dry run of the node', { dryRun: true }, {}],
    ['nothing is to be told', { tell: [] }, {}],
    ['a partial plan', {}, { partial: true }],
    [
      'a dry run',
      {},
      { run: { id: 'r', startedAt: '', dryRun: true, requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 } } },
    ],
  ] as const)('%s: nothing is sent and nothing remembered', async (_, settings, facts) => {
    expect((await home.tell(home.plan([grabbed(6), blocked(8)], facts), settings)).sent).toBe(false);
    expect(home.tautulli.asked).toEqual([]);
    expect(home.store.writes).toBe(0);
  });
});
