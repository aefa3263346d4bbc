import { describe, expect, it } from 'vitest';
import type { ResultCode } from '../../src/core/contracts/index.js';
import { failureWords } from '../../src/runtime/failure-words.js';
import { NodeError } from '../../src/runtime/node-error.js';
import { lookupStatus, planStatus, playsStatus, queueStatus, searchStatus } from '../../src/runtime/plan-status.js';
import type { Meaning } from '../../src/runtime/status.js';
import { item, plan, play, run } from '../runtime/builders.js';
import { readText, section, tableRows } from './markdown.js';

const told = section(readText('docs/forms.md'), '## The line below a node');
const rows = new Map(tableRows(told).map(([node = '', , afterwards = '']) => [node, afterwards]));

/** A text with its numbers and plurals taken off: what of it is always the same. */
const shape = (text: string): string =>
  text.replace(/\d+/g, '#').replace(/# (play|show|job)s?\b/g, (_all, word: string) => `# ${word}`);

const textOf = (meaning: Meaning): string => (meaning.is === 'idle' ? '' : meaning.text);

const results = (...codes: readonly ResultCode[]) =>
  plan({ items: codes.map((code) => item({ result: { code, text: '' } })) });

const jobs = (ids: readonly string[], dryRun = false) =>
  plan({
    run: run({ dryRun }),
    items: ids.map((downloadId, position) =>
      item({ downloadId, queue: { position, priority: 'Force', previousPriority: 'Normal' } }),
    ),
  });

describe('the table of statuses', () => {
  it.each<[string, Meaning]>([
    ['tautulli history', playsStatus([play(), play()])],
    ['tautulli history', playsStatus([])],
    ['sonarr lookup', lookupStatus({ series: [1, 2], unmatched: [] })],
    ['sonarr lookup', lookupStatus({ series: [1], unmatched: [1] })],
    ['next episodes', planStatus(plan({ items: [item({ action: 'search' }), item({ action: 'none' })] }))],
    ['next episodes', planStatus(plan({ items: [item({ action: 'none' })] }))],
    ['next episodes', planStatus(plan({ items: [] }))],
    ['sonarr search', searchStatus(results('grabbed', 'nothing-found'))],
    ['sonarr search', searchStatus(results('grabbed', 'failed'))],
    ['sonarr search', searchStatus(results('grabbed', 'skipped'))],
    ['sonarr search', searchStatus(results('would-search'))],
    ['sonarr search', searchStatus(results())],
    ['sabnzbd priority', queueStatus(jobs(['a', 'b']))],
    ['sabnzbd priority', queueStatus(jobs([]))],
    ['sabnzbd priority', queueStatus(jobs(['a'], true))],
  ])('has what %s says: %j', (node, meaning) => {
    expect(shape(rows.get(node) ?? '')).toContain(shape(textOf(meaning)));
  });

  it('names failures as nodes name them', () => {
    const failed = [
      new NodeError('unreachable', '', { service: 'sonarr', server: 'Sonarr', tries: 3 }),
      new NodeError('key-refused', '', { service: 'tautulli', server: 'Tautulli' }),
      new NodeError('bad-template', ''),
    ];
    for (const error of failed) expect(told).toContain(`\`${failureWords(error)}\``);
  });
});
