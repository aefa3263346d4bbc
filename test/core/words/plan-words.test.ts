import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpisodeDownload, PlanItem } from '../../../src/core/contracts/index.js';
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

const onDisk = { code: 'on-disk', text: 'On disk', until: null } as const;
const failure = {
  code: 'download-client-failed',
  server: 'Sonarr at http://nas:8989',
  service: 'sonarr',
  operation: 'grab',
  status: 500,
  retryable: true,
  message: 'Harbour Lights S02E06: Sonarr at http://nas:8989 could not hand it on.',
} as const;

/** The row of an episode, after the two lines of the head. */
const row = (facts: Partial<PlanItem>, width?: number): string =>
  planTable(plan({ items: [item(6, facts)] }), width).split('\n')[2] ?? '';

describe('the table of a plan', () => {
  it('says series, episode, for whom, when, what happens and why', () => {
    expect(planTable(plan({ items: [item(6), item(7, { action: 'none', reason: onDisk })] }))).toBe(
      [
        'Series          Episode  For  Needed     What happens  Why',
        '──────────────────────────────────────────────────────────────',
        'Harbour Lights  S02E06   Ann  in 30 min  search        missing',
        'Harbour Lights  S02E07   Ann  in 30 min  –             on disk',
      ].join('\n'),
    );
  });

  it('says what came of it in the same line once that is known, places counted from 1, without the release', () => {
    const text = planTable(plan({ items: [grabbed(6)] }));
    expect(text).toContain('grabbed, High, place 1  missing; 1.4 GB from Lab');
    expect(text).not.toContain('Harbour.Lights');
    expect(text.split('\n')).toHaveLength(3);
  });

  it('leaves out the need, the priority and why it was wanted where a terminal is narrow', () => {
    const [head, , first] = planTable(plan({ items: [grabbed(6)] }), 80).split('\n');
    expect(head).toBe('Series          Episode  For  What happens      Why');
    expect(first).toBe('Harbour Lights  S02E06   Ann  grabbed, place 1  1.4 GB from Lab');
  });

  const until = '2026-11-22T20:00:00.000Z';
  const download = { client: 'qBittorrent', timeLeft: 720, messages: [] } as unknown as EpisodeDownload;
  it.each([
    ['downloading', {}, 'downloading, 12 min left'],
    ['queued', {}, 'in the download queue, 12 min left'],
    ['other-client', {}, 'in qBittorrent'],
    ['cooling-down', { until }, 'searched before, again in 2 h'],
    ['not-aired', { until }, 'airs in 2 h'],
    ['not-aired', {}, 'not aired yet'],
    ['excluded', {}, 'excluded by tag "kids"'],
    ['budget', {}, 'missing; left for a later run'],
    ['disk-full', {}, 'missing; not enough free space'],
  ] as const)('%s is a few words', (code, facts, words) => {
    const reason = { code, text: 'Excluded by tag "kids"', until: null, ...facts };
    expect(row({ action: 'none', download, reason })).toMatch(new RegExp(` {2}– +${words}$`));
  });

  it.each([
    ['nothing-found', 'No release was found.', 'nothing found  missing; no release'],
    ['nothing-acceptable', '14 releases, none acceptable: 14× x.', 'none accepted  missing; 14 releases'],
    ['nothing-acceptable', 'what is acceptable holds another', 'missing; see below'],
    ['unsettled', 'A grab was sent.', 'missing; no response to its grab'],
    ['skipped', 'Not tried: because.', 'skipped       missing; not tried'],
    ['command-sent', 'Sonarr was told to search for it', 'Sonarr searches  missing'],
  ] as const)('%s is a few words', (code, text, words) => {
    expect(row({ result: { code, text } })).toContain(words);
  });

  it('names an error by its code: its sentence is with the failures', () => {
    const text = planTable(
      plan({
        items: [item(6, { error: failure, result: { code: 'failed', text: failure.message } })],
        errors: [failure],
      }),
    );
    expect(text).toContain('failed        missing; download client failed');
    expect(text).not.toContain('could not hand it on');
  });

  it('says in a section below what takes more words, each sentence once', () => {
    const skipped = { result: { code: 'skipped', text: 'Not tried: SABnzbd does not answer' } } as const;
    const blocked = { code: 'blocked', text: 'Its import is blocked, Sonarr says: "No files"', until: null } as const;
    const items = [6, 7, 8].map((n) => item(n, skipped));
    expect(planTable(plan({ items: [...items, item(9, { action: 'none', reason: blocked })] }))).toContain(
      [
        '',
        'In detail:',
        '  - Harbour Lights S02E06–E08: Not tried: SABnzbd does not answer',
        '  - Harbour Lights S02E09: Its import is blocked, Sonarr says: "No files"',
      ].join('\n'),
    );
  });

  it('says nothing twice: a sentence without more than the row has stays out', () => {
    const waiting = { code: 'waiting', text: 'Held back by Sonarr', until: null } as const;
    expect(planTable(plan({ items: [item(6, { action: 'none', reason: waiting })] }))).not.toContain('In more words');
  });

  it('says of a dry run that it is one, first', () => {
    const run = { ...plan().run, dryRun: true };
    expect(planTable(plan({ run })).split('\n')[0]).toBe('Dry run: nothing is searched for, moved or announced.');
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
        'Nobody needs an episode right now.',
        '',
        'Other viewers:',
        '  - Ann, Harbour Lights S02E05: the series has ended',
        '',
        'Unmatched:',
        '  - No "Echo Bay". (2 plays)',
        '',
        'Notes:',
        '  - More than 5,000 rows.',
      ].join('\n'),
    );
  });

  it('keeps its columns under each other with wide letters, and wraps the last one', () => {
    const series = { ...item(6).series, title: '海街の灯台とその家族たちの長い物語' };
    const reason = { code: 'excluded', text: 'word '.repeat(30), until: null } as const;
    const lines = planTable(plan({ items: [item(6, { series, reason }), item(7)] }), 100).split('\n');
    expect(lines.length).toBeGreaterThan(4);
    const [head = '', , ...rows] = lines;
    const column = head.indexOf('Why');
    for (const row of rows.filter((line) => line.includes('S02E0'))) {
      const before = row.slice(0, row.search(/word|missing/));
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

  it('never gets wider than the terminal, from 80 cells on', () => {
    const title = fc.string({ unit: 'grapheme', maxLength: 60 });
    const width = fc.constantFrom(80, 99, 100, 120, 200);
    fc.assert(
      fc.property(title, title, fc.string({ maxLength: 300 }), width, (seriesTitle, name, text, cells) => {
        const facts = { series: { ...item(6).series, title: seriesTitle }, viewers: [{ id: '1', name }] };
        const excluded = item(7, { ...facts, reason: { code: 'excluded', text, until: null } });
        const placed = grabbed(6, { ...facts, queue: { position: 98, priority: 'Normal', previousPriority: 'High' } });
        const lines = planTable(plan({ items: [excluded, placed] }), cells).split('\n');
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(cells);
      }),
    );
  });

  it('gives the reason room before long titles have theirs', () => {
    const series = { ...item(6).series, title: 'A Series With a Title of More Than Forty Letters' };
    const lines = planTable(plan({ items: [grabbed(6, { series })] }), 100).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^A Series With.*… {2}S02E06 .*missing; 1.4 GB from Lab$/);
  });
});

describe('the summary of a plan', () => {
  it('is one line', () => {
    const items = [item(6), item(7), item(8, { action: 'none' }), item(9, { action: 'prioritise' })];
    expect(planSummary(plan({ items }))).toBe(
      '1 series · 1 thread · 2 of 4 episodes to fetch in 1 search · 1 on the way',
    );
  });

  it('tells results, what was not placed and errors when there are any', () => {
    const items = [grabbed(6), item(7, { result: { code: 'nothing-acceptable', text: '' } })];
    const error = {} as never;
    expect(planSummary(plan({ items, unmatched: [unmatched('')], errors: [error, error] }))).toBe(
      '1 series · 1 thread · 2 of 2 episodes to fetch in 1 search · 1 grabbed · 1 not found · 1 play unmatched · 2 errors',
    );
  });

  it('of nothing is short', () => {
    expect(planSummary(plan({ threads: [] }))).toBe('0 series · 0 threads · 0 of 0 episodes to fetch');
  });
});

describe('what changed', () => {
  const queued = (episode: number, queue: PlanItem['queue']): PlanItem =>
    item(episode, { action: 'prioritise', downloadId: `SABnzbd_nzo_${episode}`, queue });

  it('is told per server, a job of several episodes once', () => {
    const job = { downloadId: 'SABnzbd_nzo_pack' };
    const raised = queued(9, { position: 1, priority: 'High', previousPriority: 'Normal' });
    const items = [raised, grabbed(6, job), grabbed(7, job), item(8, { result: { code: 'command-sent', text: '' } })];
    expect(changesText(plan({ items }), plan({ items }))).toBe(
      [
        'Sonarr:',
        '  grabbed Harbour Lights S02E06, S02E07: Harbour.Lights.S02E06 (1.4 GB, Lab)',
        '  told to search for Harbour Lights S02E08',
        'SABnzbd:',
        '  place 1: Harbour Lights S02E06, S02E07 (High, was Normal)',
        '  place 2: Harbour Lights S02E09 (High, was Normal)',
      ].join('\n'),
    );
  });

  it('leaves out jobs that stand where they stood, and tells those that moved within their priority', () => {
    const place = { priority: 'High', previousPriority: 'High' };
    const items = [queued(6, { position: 0, ...place, moved: true }), queued(7, { position: 1, ...place })];
    expect(changesText(plan({ items }), plan({ items }))).toBe('SABnzbd:\n  place 1: Harbour Lights S02E06 (High)');
  });

  it('names what is monitored now and was not', () => {
    const planned = plan({ items: [item(6, { monitored: false }), item(7)] });
    expect(changesText(plan({ items: [item(6), item(7)] }), planned)).toBe(
      'Sonarr:\n  monitored Harbour Lights S02E06',
    );
  });

  it('of nothing says so', () => {
    expect(changesText(plan(), plan())).toBe('Nothing changed.');
  });

  it('of a dry run tells what would be done', () => {
    const run = { ...plan().run, dryRun: true };
    const would = { result: { code: 'would-search', text: '' } } as const;
    const on = { position: 4, priority: 'Normal', previousPriority: 'Normal' };
    const dry = plan({ run, items: [item(6, would), item(7, would), item(8, would), queued(9, on)] });
    expect(changesText(dry, dry)).toBe(
      [
        'Dry run, nothing was changed. It would:',
        '  search for Harbour Lights S02E06–E08',
        '  move Harbour Lights S02E09 to the top of the queue',
      ].join('\n'),
    );
    const idle = plan({ run });
    expect(changesText(idle, idle)).toBe('Dry run, nothing was changed. There is nothing to do.');
  });
});
