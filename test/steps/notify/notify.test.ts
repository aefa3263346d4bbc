import { beforeEach, describe, expect, test } from 'vitest';
import type { NotifySettings, Plan, PlanItem, UnmatchedPlay } from '../../../src/core/contracts/index.js';
import { DAY, HOUR, toInstant } from '../../../src/core/time.js';
import { openTautulliState } from '../../../src/state/tautulli.js';
import { announce } from '../../../src/steps/notify/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { failure } from '../failing.js';
import { FakeTautulli } from '../history/fake-tautulli.js';
import { play } from '../lookup/rows.js';
import { TestClock } from '../scope.js';

const DEFAULTS: NotifySettings = { notifier: 2, subject: '', body: '', tell: ['grabbed', 'problems'], dryRun: false };

let clock: TestClock;
let store: FakeStore;
let log: FakeLog;
let tautulli: FakeTautulli;
let state: ReturnType<typeof open>;

const open = () => openTautulliState({ store, server: server('Tautulli'), log, now: () => clock.now });

const tell = (plan: Plan, settings: Partial<NotifySettings> = {}) =>
  announce(
    plan,
    { ...DEFAULTS, ...settings },
    { ...clock.scope(log), client: tautulli, server: server('Tautulli'), state },
  );

const item = (episode: number, facts: Partial<PlanItem> = {}): PlanItem => ({
  series: { title: 'Harbour Lights', tvdbId: 1, sonarrId: 1, type: 'standard', titleSlug: 'harbour-lights' },
  season: 2,
  episode,
  title: '',
  episodeId: 200 + episode,
  airDateUtc: null,
  runtime: 45,
  monitored: true,
  action: 'search',
  reason: { code: 'search', text: 'Missing', until: null },
  viewers: [{ id: '7', name: 'Ann' }],
  neededBy: null,
  playedAt: toInstant(0),
  download: null,
  result: null,
  release: null,
  downloadId: null,
  queue: null,
  error: null,
  ...facts,
});

/** An episode that was grabbed in this run. */
const grabbed = (episode: number, size = 1e9, facts: Partial<PlanItem> = {}): PlanItem =>
  item(episode, {
    result: { code: 'grabbed', text: 'Grabbed' },
    release: { title: `r${episode}`, size, indexer: 'I', protocol: 'usenet', episodeIds: [200 + episode] },
    downloadId: `nzo_${episode}`,
    ...facts,
  });

const blocked = (episode: number): PlanItem =>
  item(episode, {
    action: 'none',
    reason: { code: 'blocked', text: 'Sonarr cannot import it: "Not an upgrade"', until: null },
  });

const plan = (items: readonly PlanItem[], facts: Partial<Plan> = {}): Plan => ({
  text: '',
  run: { id: 'r', startedAt: toInstant(0), dryRun: false, requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 } },
  at: toInstant(clock.now),
  partial: false,
  sonarr: server('Sonarr'),
  sabnzbd: null,
  settings: { episodesToCheck: 5, checkOverflow: 3, execFrequency: 60, skipSpecials: true },
  threads: [],
  items,
  unmatched: [],
  filtered: { viewers: 0, libraries: 0, progress: 0 },
  notes: [],
  errors: [],
  ...facts,
});

beforeEach(() => {
  clock = new TestClock('2026-11-22T20:00:00Z');
  store = new FakeStore();
  log = new FakeLog();
  tautulli = new FakeTautulli();
  tautulli.agents = [
    { id: 1, agent: 'webhook', label: 'Webhook' },
    { id: 2, agent: 'discord', label: 'Discord' },
  ];
  state = open();
});

describe('two notifiers', () => {
  test('are each told, once', async () => {
    const done = plan([grabbed(6), blocked(8)]);
    await tell(done);
    await tell(done, { notifier: 3 });
    await tell(done);
    expect(tautulli.sent.map(({ notifier, body }) => [notifier, body.includes('E06') && body.includes('E08')])).toEqual(
      [
        [2, true],
        [3, true],
      ],
    );
  });

  test('one that fails is told later what it has missed, and the other not again', async () => {
    tautulli.failures.set('notify 2', failure('tautulli', 'notify-failed'));
    await tell(plan([grabbed(6)]));
    tautulli.failures.clear();
    await tell(plan([grabbed(7)]), { notifier: 3 });
    await tell(plan([]));
    expect(tautulli.sent.map(({ notifier, body }) => [notifier, /E\d\d/.exec(body)?.[0]])).toEqual([
      [3, 'E07'],
      [2, 'E06'],
    ]);
  });
});

describe('the message', () => {
  test('says in a household’s words what is on its way, for whom, and how much it is', async () => {
    const bob = [{ id: '8', name: 'Bob' }];
    const { sent } = await tell(plan([grabbed(6, 1.1e9), grabbed(7, 1e9), grabbed(3, 3.4e9, { viewers: bob })]));
    expect(sent).toBe(true);
    expect(tautulli.sent).toEqual([
      {
        notifier: 2,
        subject: 'Next episodes are on their way',
        body: [
          'On their way:',
          '- Harbour Lights S02E06, S02E07 for Ann (2.1 GB)',
          '- Harbour Lights S02E03 for Bob (3.4 GB)',
          'Together 5.5 GB.',
        ].join('\n'),
      },
    ]);
  });

  test("B14: a pack's size counts once, and its episodes are one line", async () => {
    const pack = [2, 3, 4, 5].map((episode) => grabbed(episode, 8e9, { downloadId: 'nzo_pack' }));
    await tell(plan(pack));
    expect(tautulli.sent[0]?.body).toBe('On their way:\n- Harbour Lights S02E02–E05 for Ann (8.0 GB)');
  });

  test('B14: a pack over two seasons counts once', async () => {
    await tell(
      plan([
        grabbed(9, 8e9, { downloadId: 'nzo_p' }),
        grabbed(1, 8e9, { downloadId: 'nzo_p', season: 3 }),
        grabbed(5, 1e9),
      ]),
    );
    expect(tautulli.sent[0]?.body).toContain('Together 9.0 GB.');
  });

  test('B13: a pack over two seasons is told once, in whatever order the next plan has its episodes', async () => {
    const [early, late] = [
      grabbed(9, 8e9, { downloadId: 'nzo_p' }),
      grabbed(1, 8e9, { downloadId: 'nzo_p', season: 3 }),
    ];
    await tell(plan([late, early]));
    await tell(plan([early, late]));
    expect(tautulli.sent).toHaveLength(1);
  });

  test('is not HTML', async () => {
    const series = { ...item(1).series, title: `Law & Order <"it's">` };
    await tell(plan([grabbed(1, 1e9, { series })]));
    expect(tautulli.sent[0]?.body).toContain(`- Law & Order <"it's"> S02E01`);
  });

  test('of problems only has a subject of its own, and quotes what is wrong', async () => {
    await tell(plan([blocked(8), blocked(9)]));
    expect(tautulli.sent[0]).toMatchObject({
      subject: 'Some episodes need a look',
      body: 'Need a look:\n- Harbour Lights S02E08, S02E09: Sonarr cannot import it: "Not an upgrade"',
    });
  });

  test('tells of searches that failed, without naming the episode twice', async () => {
    const error = { ...failure('sonarr', 'timeout').toRunError(), message: 'Harbour Lights S02E05: no answer' };
    await tell(plan([item(5, { error, result: { code: 'failed', text: error.message } })]));
    expect(tautulli.sent[0]?.body).toBe('Need a look:\n- Harbour Lights S02E05: no answer');
  });

  test('tells of unmatched shows once each, when that is wanted', async () => {
    const unmatched = (episode: number, code: UnmatchedPlay['code'], series = 9): UnmatchedPlay => ({
      play: play(series, episode),
      code,
      text: 'Sonarr has no such series.',
      candidates: [],
    });
    const found = [
      unmatched(1, 'series-not-in-sonarr'),
      unmatched(2, 'series-not-in-sonarr'),
      unmatched(1, 'ignored', 8),
      unmatched(1, 'not-looked-up', 7),
    ];
    expect((await tell(plan([], { unmatched: found }))).sent).toBe(false);
    await tell(plan([], { unmatched: found }), { tell: ['unmatched'] });
    expect(tautulli.sent).toEqual([
      {
        notifier: 2,
        subject: 'Shows that Sonarr does not know',
        body: 'Watched, and not found in Sonarr:\n- Show 9 (Ann): Sonarr has no such series.',
      },
    ]);
    await tell(plan([], { unmatched: found }), { tell: ['unmatched'] });
    expect(tautulli.sent).toHaveLength(1);
  });

  test('follows the templates of the user', async () => {
    await tell(plan([grabbed(6)]), {
      subject: '{{episodes}} new',
      body: '{{#grabbed}}{{series}} | {{episodes}} | {{viewers}} | {{size}}{{/grabbed}}',
    });
    expect(tautulli.sent[0]).toMatchObject({ subject: '1 new', body: 'Harbour Lights | S02E06 | Ann | 1.0 GB' });
  });

  test('has no run of word characters that would stall Tautulli', async () => {
    const series = { ...item(1).series, title: 'x'.repeat(9000) };
    await tell(plan([grabbed(1, 1e9, { series })]));
    expect(/[\w.+-]{3000}/.test(tautulli.sent[0]?.body ?? '')).toBe(false);
  });
});

describe('a webhook', () => {
  const series = { ...item(1).series, title: 'Say "Hi"\nback\\slash' };

  test('gets the values JSON-escaped in a body of JSON', async () => {
    await tell(plan([grabbed(6, 1e9, { series })]), {
      notifier: 1,
      subject: '{"X-Title":"{{episodes}}"}',
      body: '{"lines":[{{#grabbed}}"{{text}}"{{/grabbed}}]}',
    });
    const [message] = tautulli.sent;
    expect(JSON.parse(message?.body ?? '')).toEqual({ lines: [`${series.title} S02E06 for Ann (1.0 GB)`] });
    expect(message?.subject).toBe('{"X-Title":"1"}');
  });

  test('gets subject and body as JSON when the templates are plain text, and no headers', async () => {
    await tell(plan([grabbed(6, 1e9, { series })]), { notifier: 1 });
    const [message] = tautulli.sent;
    expect(JSON.parse(message?.body ?? '')).toEqual({
      subject: 'Next episodes are on their way',
      body: `On their way:\n- ${series.title} S02E06 for Ann (1.0 GB)`,
    });
    expect(message?.subject).toBe('');
  });

  test('the kinds of the notifiers are asked for once', async () => {
    await tell(plan([grabbed(6)]), { notifier: 1 });
    await tell(plan([grabbed(7)]), { notifier: 1 });
    expect(tautulli.asked).toEqual(['notifiers', 'notify 1', 'notify 1']);
  });
});

describe('once', () => {
  test('B13: the same episode several times in a plan is told once', async () => {
    await tell(plan([grabbed(6), grabbed(6), grabbed(6)]));
    expect(tautulli.sent[0]?.body).toBe('On their way:\n- Harbour Lights S02E06 for Ann (1.0 GB)');
  });

  test('B13, case 46: what was told is not told again, after a restart neither; there is no request then', async () => {
    await tell(plan([grabbed(6), blocked(8)]));
    tautulli.asked = [];
    expect((await tell(plan([grabbed(6), blocked(8)]))).sent).toBe(false);
    state = open();
    expect((await tell(plan([grabbed(6), blocked(8)]))).sent).toBe(false);
    expect(tautulli.asked).toEqual([]);
  });

  test('what was told is forgotten after sixty days', async () => {
    await tell(plan([grabbed(6)]));
    clock.pass(61 * DAY);
    await tell(plan([]));
    expect(state.announced.size).toBe(0);
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
    expect((await tell(plan([item(6, { action: 'prioritise', download })]))).sent).toBe(false);
    await tell(plan([item(6, { result: { code: 'command-sent', text: '' } })]));
    expect((await tell(plan([item(6, { action: 'prioritise', download })]))).sent).toBe(true);
    expect(tautulli.sent[0]?.body).toContain('S02E06 for Ann (1.0 GB)');
  });
});

describe('a message that fails', () => {
  test('is recorded, the plan goes on, and its grabs are told in the next one', async () => {
    tautulli.failures.set('notify 2', failure('tautulli', 'notify-failed'));
    const before = plan([grabbed(6)]);
    const { plan: after, sent } = await tell(before);
    expect(sent).toBe(false);
    expect(after).toMatchObject({ items: before.items, errors: [{ code: 'notify-failed' }] });
    tautulli.failures.clear();
    state = open();
    clock.pass(HOUR);
    expect((await tell(plan([grabbed(7)]))).sent).toBe(true);
    expect(tautulli.sent[0]?.body).toBe('On their way:\n- Harbour Lights S02E06, S02E07 for Ann (2.0 GB)');
    expect((await tell(plan([]))).sent).toBe(false);
  });

  test('is told in the next run even when that has no news', async () => {
    tautulli.failures.set('notify 2', failure('tautulli', 'timeout'));
    await tell(plan([grabbed(6)]));
    tautulli.failures.clear();
    expect((await tell(plan([]))).sent).toBe(true);
  });

  test('for days is stale news and told to nobody', async () => {
    tautulli.failures.set('notify 2', failure('tautulli', 'timeout'));
    await tell(plan([grabbed(6)]));
    tautulli.failures.clear();
    clock.pass(8 * DAY);
    expect((await tell(plan([]))).sent).toBe(false);
  });

  test('because Tautulli does not list its notifiers costs nothing else either', async () => {
    tautulli.failures.set('notifiers', failure('tautulli', 'refused'));
    expect((await tell(plan([grabbed(6)]))).plan.errors.map(({ code }) => code)).toEqual(['refused']);
  });

  test('a memory that cannot be read: nothing is sent, since it would be sent in every run', async () => {
    store.failure = new Error('disk');
    expect(await tell(plan([grabbed(6)]))).toMatchObject({ sent: false, plan: { items: [{ episode: 6 }] } });
    expect(log.of('warn').join()).toContain('disk');
    expect(tautulli.asked).toEqual([]);
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
    expect((await tell(plan([grabbed(6), blocked(8)], facts), settings)).sent).toBe(false);
    expect(tautulli.asked).toEqual([]);
    expect(store.writes).toBe(0);
  });
});

describe('a template that cannot be read', () => {
  test.each([
    ['body', 'One\nTwo {{#grabbed}}', 'Unclosed section "grabbed" at line 2, column 17'],
    ['subject', 'Hello {{name', 'Unclosed tag at line 1, column 13'],
  ] as const)('of the %s is an error with its place, and the plan goes on with it', async (which, template, place) => {
    const before = plan([grabbed(6)]);
    const { plan: after, sent, fatal } = await tell(before, { [which]: template });
    expect(sent).toBe(false);
    expect(fatal).toMatchObject({ code: 'bad-template', message: expect.stringContaining(place) as string });
    expect(after).toEqual({ ...before, errors: [fatal?.toRunError()] });
    expect(tautulli.asked).toEqual([]);
  });

  test('costs no grab: they are told, once, when it is corrected', async () => {
    await tell(plan([grabbed(6)]), { body: '{{#x}}' });
    expect((await tell(plan([]))).sent).toBe(true);
    expect(tautulli.sent.map(({ body }) => body)).toEqual([expect.stringContaining('S02E06')]);
    expect((await tell(plan([]))).sent).toBe(false);
  });
});
