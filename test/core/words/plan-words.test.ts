import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesText, planSummary, planTable } from '../../../src/core/words/index.js';
import { textWidth } from '../../../src/core/words/columns.js';
import { grabbed, item, plan, thread } from './builders.js';

const show = { title: 'Echo Bay', year: null, key: '1', ids: { tvdb: null, tmdb: null, imdb: null }, metadata: true };
const unmatched = (text: string) => ({
  play: { show } as never,
  code: 'series-not-in-sonarr' as const,
  text,
  candidates: [],
});

describe('the table of a plan', () => {
  it('says series, episode, for whom, when, what happens and why', () => {
    expect(
      planTable(
        plan({
          items: [item(6), item(7, { action: 'none', reason: { code: 'on-disk', text: 'On disk.', until: null } })],
        }),
      ),
    ).toBe(
      [
        'Series          Episode  For  Needed     What happens  Why',
        '────────────────────────────────────────────────────────────────────────────────────',
        'Harbour Lights  S02E06   Ann  in 30 min  search        Missing, aired on 2026-01-01.',
        'Harbour Lights  S02E07   Ann  in 30 min  –             On disk.',
      ].join('\n'),
    );
  });

  it('says what came of it once that is known', () => {
    const text = planTable(plan({ items: [grabbed(6)] }));
    expect(text).toContain('grabbed, High, place 1');
    expect(text).toContain('The first of 3 approved releases. (1.4 GB, Lab)');
  });

  it('tells an error of an episode in place of its reason', () => {
    const error = {
      code: 'timeout',
      server: 'Sonarr at http://nas:8989',
      service: 'sonarr',
      operation: 'search',
      status: null,
      retryable: true,
      message: 'Sonarr did not answer.',
    } as const;
    expect(planTable(plan({ items: [item(6, { error })] }))).toContain('Sonarr did not answer.');
  });

  it('names as many viewers as fit, and counts the others', () => {
    const named = (...names: string[]) =>
      planTable(plan({ items: [item(6, { viewers: names.map((name) => ({ id: name, name })) })] }));
    expect(named('Ann', 'Bob', 'Cy', 'Dee')).toContain(' Ann, Bob, Cy, Dee ');
    expect(named('Annabelle', 'Bob', 'Christopher', 'Dee')).toContain(' Annabelle, Bob +2 ');
    expect(named('A viewer with a very long name', 'Bob')).toContain(' A viewer with a v… ');
    expect(named()).toContain('S02E06');
  });

  it('lists threads that are not simply going on, plays that were not placed (each text once), and notes', () => {
    const text = planTable(
      plan({
        threads: [thread(), thread({ state: 'end-of-series', text: 'the series has ended' })],
        unmatched: [unmatched('No "Echo Bay".'), unmatched('No "Echo Bay".')],
        notes: ['More than 5,000 rows.'],
      }),
    );
    expect(text).toBe(
      [
        'No episode is needed by anybody now.',
        '',
        'Where else viewers stand:',
        '  - Ann, Harbour Lights S02E05: the series has ended',
        '',
        'Not placed:',
        '  - No "Echo Bay". (2 plays)',
        '',
        'Notes:',
        '  - More than 5,000 rows.',
      ].join('\n'),
    );
  });

  it('keeps its columns under each other with wide letters, and wraps the last one', () => {
    const series = { ...item(6).series, title: '海街の灯台とその家族たちの長い物語' };
    const reason = { code: 'search', text: 'word '.repeat(30), until: null } as const;
    const lines = planTable(plan({ items: [item(6, { series, reason }), item(7)] }), 100).split('\n');
    expect(lines.length).toBeGreaterThan(4);
    const [head = '', , ...rows] = lines;
    const column = head.indexOf('Why');
    for (const row of rows.filter((line) => line.includes('S02E0'))) {
      const before = row.slice(0, row.search(/word|Missing/));
      expect(textWidth(before)).toBe(column);
    }
    expect(lines.every((line) => textWidth(line) <= 100)).toBe(true);
  });

  it('hands no control character of a title on to the terminal', () => {
    const series = { ...item(6).series, title: 'Echo\u001b[31m\nBay' };
    const text = planTable(plan({ items: [item(6, { series })], notes: ['a\u0007b'] }));
    expect(text).toContain('Echo [31m Bay');
    expect(text).toContain('a b');
  });

  it('never gets wider than the terminal, from 120 cells on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 300 }), (title, why) => {
        const one = item(6, {
          series: { ...item(6).series, title },
          reason: { code: 'search', text: why, until: null },
        });
        const lines = planTable(plan({ items: [one] }), 120).split('\n');
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(120);
      }),
    );
  });
});

describe('the summary of a plan', () => {
  it('is one line', () => {
    const items = [item(6), item(7), item(8, { action: 'none' }), item(9, { action: 'prioritise' })];
    expect(planSummary(plan({ items }))).toBe('1 show · 1 thread · 2 to search of 4 episodes · 1 on the way');
  });

  it('tells results, what was not placed and errors when there are any', () => {
    const items = [grabbed(6), item(7, { result: { code: 'nothing-acceptable', text: '' } })];
    const error = {} as never;
    expect(planSummary(plan({ items, unmatched: [unmatched('')], errors: [error, error] }))).toBe(
      '1 show · 1 thread · 2 to search of 2 episodes · 1 grabbed · 1 not found · 1 play not placed · 2 errors',
    );
  });

  it('of nothing is short', () => {
    expect(planSummary(plan({ threads: [] }))).toBe('0 shows · 0 threads · 0 to search of 0 episodes');
  });
});

describe('what changed', () => {
  it('is told per server, a job of several episodes once', () => {
    const job = { downloadId: 'SABnzbd_nzo_pack' };
    const queued = item(9, {
      action: 'prioritise',
      downloadId: 'SABnzbd_nzo_9',
      queue: { position: 1, priority: 'High', previousPriority: 'High' },
    });
    const items = [queued, grabbed(6, job), grabbed(7, job), item(8, { result: { code: 'command-sent', text: '' } })];
    expect(changesText(plan({ items }))).toBe(
      [
        'Sonarr:',
        '  grabbed Harbour Lights S02E06, S02E07: Harbour.Lights.S02E06 (1.4 GB, Lab)',
        '  told to search Harbour Lights S02E08',
        'SABnzbd:',
        '  place 1: Harbour Lights S02E06, S02E07 (High, was Normal)',
        '  place 2: Harbour Lights S02E09 (High)',
      ].join('\n'),
    );
  });

  it('of nothing says so', () => {
    expect(changesText(plan())).toBe('Sonarr: nothing changed.\nSABnzbd: no job of ours in the queue.');
  });

  it('of a dry run tells what would be done', () => {
    const run = { ...plan().run, dryRun: true };
    expect(changesText(plan({ run, items: [item(6, { result: { code: 'would-search', text: '' } })] }))).toBe(
      'Dry run, nothing was changed:\n  would search Harbour Lights S02E06',
    );
  });
});
