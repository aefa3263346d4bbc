import Mustache from 'mustache';
import { beforeEach, describe, expect, test } from 'vitest';
import type { UnmatchedPlay } from '../../../src/core/contracts/index.js';
import { failure } from '../failing.js';
import { play } from '../lookup/rows.js';
import { blocked, grabbed, Household, item } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('the message', () => {
  test('says in a household’s words what is on its way, for whom, and how much it is', async () => {
    const bob = [{ id: '8', name: 'Bob' }];
    const { sent } = await home.tell(
      home.plan([grabbed(6, 1.1e9), grabbed(7, 1e9), grabbed(3, 3.4e9, { viewers: bob })]),
    );
    expect(sent).toBe(true);
    expect(home.tautulli.sent).toEqual([
      {
        notifier: 2,
        subject: 'Next episodes are on their way',
        body: [
          'On their way:',
          '- Harbour Lights S02E06, S02E07 for Ann (2.1 GB)',
          '- Harbour Lights S02E03 for Bob (3.4 GB)',
          '5.5 GB in total.',
        ].join('\n'),
      },
    ]);
  });

  test("B14: a pack's size counts once, and its episodes are one line", async () => {
    const pack = [2, 3, 4, 5].map((episode) => grabbed(episode, 8e9, { downloadId: 'nzo_pack' }));
    await home.tell(home.plan(pack));
    expect(home.tautulli.sent[0]?.body).toBe('On their way:\n- Harbour Lights S02E02–E05 for Ann (8.0 GB)');
  });

  test('B14: a pack over two seasons counts once', async () => {
    await home.tell(
      home.plan([
        grabbed(9, 8e9, { downloadId: 'nzo_p' }),
        grabbed(1, 8e9, { downloadId: 'nzo_p', season: 3 }),
        grabbed(5, 1e9),
      ]),
    );
    expect(home.tautulli.sent[0]?.body).toContain('9.0 GB in total.');
  });

  test('B13: a pack over two seasons is told once, in whatever order the next plan has its episodes', async () => {
    const [early, late] = [
      grabbed(9, 8e9, { downloadId: 'nzo_p' }),
      grabbed(1, 8e9, { downloadId: 'nzo_p', season: 3 }),
    ];
    await home.tell(home.plan([late, early]));
    await home.tell(home.plan([early, late]));
    expect(home.tautulli.sent).toHaveLength(1);
  });

  test('is not HTML', async () => {
    const series = { ...item(1).series, title: `Law & Order <"it's">` };
    await home.tell(home.plan([grabbed(1, 1e9, { series })]));
    expect(home.tautulli.sent[0]?.body).toContain(`- Law & Order <"it's"> S02E01`);
  });

  test('of problems only has a subject of its own, and quotes what is wrong', async () => {
    await home.tell(home.plan([blocked(8), blocked(9)]));
    expect(home.tautulli.sent[0]).toMatchObject({
      subject: 'Some episodes need attention',
      body: 'Need attention:\n- Harbour Lights S02E08, S02E09: Sonarr cannot import it: "Not an upgrade"',
    });
  });

  test('tells of searches that failed, without naming the episode twice', async () => {
    const error = { ...failure('sonarr', 'timeout').toRunError(), message: 'Harbour Lights S02E05: no answer' };
    await home.tell(home.plan([item(5, { error, result: { code: 'failed', text: error.message } })]));
    expect(home.tautulli.sent[0]?.body).toBe('Need attention:\n- Harbour Lights S02E05: no answer');
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
    expect((await home.tell(home.plan([], { unmatched: found }))).sent).toBe(false);
    await home.tell(home.plan([], { unmatched: found }), { tell: ['unmatched'] });
    expect(home.tautulli.sent).toEqual([
      {
        notifier: 2,
        subject: 'Shows that Sonarr does not know',
        body: 'Watched, but not found in Sonarr:\n- Show 9 (Ann): Sonarr has no such series.',
      },
    ]);
    await home.tell(home.plan([], { unmatched: found }), { tell: ['unmatched'] });
    expect(home.tautulli.sent).toHaveLength(1);
  });

  test('follows the templates of the user', async () => {
    await home.tell(home.plan([grabbed(6)]), {
      subject: '{{episodes}} new',
      body: '{{#grabbed}}{{series}} | {{episodes}} | {{viewers}} | {{size}}{{/grabbed}}',
    });
    expect(home.tautulli.sent[0]).toMatchObject({ subject: '1 new', body: 'Harbour Lights | S02E06 | Ann | 1.0 GB' });
  });

  test('has no run of word characters that would stall Tautulli', async () => {
    const series = { ...item(1).series, title: 'x'.repeat(9000) };
    await home.tell(home.plan([grabbed(1, 1e9, { series })]));
    expect(/[\w.+-]{3000}/.test(home.tautulli.sent[0]?.body ?? '')).toBe(false);
  });
});

describe('a webhook', () => {
  const series = { ...item(1).series, title: 'Say "Hi"\nback\\slash' };

  test('gets the values JSON-escaped in a body of JSON', async () => {
    await home.tell(home.plan([grabbed(6, 1e9, { series })]), {
      notifier: 1,
      subject: '{"X-Title":"{{episodes}}"}',
      body: '{"lines":[{{#grabbed}}"{{text}}"{{/grabbed}}]}',
    });
    const [message] = home.tautulli.sent;
    expect(JSON.parse(message?.body ?? '')).toEqual({ lines: [`${series.title} S02E06 for Ann (1.0 GB)`] });
    expect(message?.subject).toBe('{"X-Title":"1"}');
  });

  test('gets subject and body as JSON when the templates are plain text, and no headers', async () => {
    await home.tell(home.plan([grabbed(6, 1e9, { series })]), { notifier: 1 });
    const [message] = home.tautulli.sent;
    expect(JSON.parse(message?.body ?? '')).toEqual({
      subject: 'Next episodes are on their way',
      body: `On their way:\n- ${series.title} S02E06 for Ann (1.0 GB)`,
    });
    expect(message?.subject).toBe('');
  });

  test('templates are not kept: each message may bring others', async () => {
    await home.tell(home.plan([grabbed(6)]), { body: 'Only this once' });
    expect(home.tautulli.sent[0]?.body).toBe('Only this once');
    expect(JSON.stringify(Mustache.templateCache)).not.toContain('Only this once');
  });

  test('the kinds of the notifiers are asked for once', async () => {
    await home.tell(home.plan([grabbed(6)]), { notifier: 1 });
    await home.tell(home.plan([grabbed(7)]), { notifier: 1 });
    expect(home.tautulli.asked).toEqual(['notifiers', 'notify 1', 'notify 1']);
  });
});

describe('a template that cannot be read', () => {
  test.each([
    ['body', 'One\nTwo {{#grabbed}}', 'Unclosed section "grabbed" at line 2, column 5'],
    ['subject', 'Hello {{name', 'Unclosed tag at line 1, column 7'],
  ] as const)('of the %s is an error with its place, and the plan goes on with it', async (which, template, place) => {
    const before = home.plan([grabbed(6)]);
    const { plan: after, sent, fatal } = await home.tell(before, { [which]: template });
    expect(sent).toBe(false);
    expect(fatal).toMatchObject({ code: 'bad-template', message: expect.stringContaining(place) as string });
    expect(after).toEqual({ ...before, errors: [fatal?.toRunError()] });
    expect(home.tautulli.asked).toEqual([]);
  });

  test('costs no grab: they are told, once, when it is corrected', async () => {
    await home.tell(home.plan([grabbed(6)]), { body: '{{#x}}' });
    expect((await home.tell(home.plan([]))).sent).toBe(true);
    expect(home.tautulli.sent.map(({ body }) => body)).toEqual([expect.stringContaining('S02E06')]);
    expect((await home.tell(home.plan([]))).sent).toBe(false);
  });
});
