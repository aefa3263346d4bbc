import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src/clients/http/failures.js';
import { ACTIONS, REASONS, RESULTS, THREAD_STATES, type UnmatchedCode } from '../../src/core/contracts/index.js';
import { NodeError } from '../../src/runtime/node-error.js';
import type { Field, Table } from '../../src/runtime/settings/fields.js';
import { LOG_CODES } from '../../src/core/log-codes.js';
import {
  HISTORY,
  LOOKUP,
  NOTIFY,
  OVERRIDES,
  PLANNING,
  PRIORITY,
  SEARCH,
  SONARR,
} from '../../src/runtime/settings/tables.js';
import { ROOT, firstCells, readText, section, tableRows } from './markdown.js';

const messages = readText('docs/messages.md');

/** A forgotten one is a type error. */
const UNMATCHED: Record<UnmatchedCode, true> = {
  'series-not-in-sonarr': true,
  'ambiguous-title': true,
  'episode-not-in-series': true,
  'no-episode-number': true,
  ignored: true,
  'not-looked-up': true,
};

/** Codes of errors that do not come from a client, as the sources write them. */
const ownCodes = (): readonly string[] => {
  const files = ['src/steps', 'src/runtime'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readText(`${folder}/${name}`)),
  );
  const written = /(?:runError|new NodeError)\(\s*'([a-z-]+)'|readonly code = '([a-z-]+)'|code: '([a-z-]+)',\s+server/g;
  const codes = files.flatMap((text) => [...text.matchAll(written)].flatMap(([, ...found]) => found));
  return [...new Set(codes.filter((code) => code !== undefined && !(code in FAILURES)))] as string[];
};

const sorted = (codes: readonly string[]) => [...codes].sort();

describe('docs/messages.md has all codes, and no others', () => {
  it.each<[string, readonly string[]]>([
    ['### Actions', ACTIONS],
    ['### Reasons', REASONS],
    ['### Results', RESULTS],
    ['### Thread states', THREAD_STATES],
    ['### Unmatched', Object.keys(UNMATCHED)],
    ['### Failures of a server', Object.keys(FAILURES)],
    ['### Other failures', ownCodes()],
    ['### Lines of the log', LOG_CODES],
  ])('%s', (heading, codes) => {
    expect(sorted(firstCells(section(messages, heading)))).toEqual(sorted(codes));
  });

  it.each([
    '### Actions',
    '### Reasons',
    '### Results',
    '### Thread states',
    '### Unmatched',
    '### Other failures',
    '### Lines of the log',
  ])('%s, each with a sentence', (heading) => {
    for (const row of tableRows(section(messages, heading))) expect(row.at(-1), row[0]).toMatch(/^[A-Z].+\.$/);
  });

  it('says of each failure of a server what it means, and whether waiting helps', () => {
    const rows = tableRows(section(messages, '### Failures of a server'));
    for (const [, , meaning] of rows) expect(meaning).toMatch(/^[A-Zh].+\.$/);
    expect(Object.fromEntries(rows.map(([code, retryable]) => [code, retryable === 'yes']))).toEqual(
      Object.fromEntries(Object.entries(FAILURES).map(([code, { retryable }]) => [code, retryable])),
    );
  });
});

describe('the settings of msg.plexJit in docs/messages.md', () => {
  const readers: Readonly<Record<string, Table>> = {
    'tautulli history': HISTORY,
    'sonarr lookup': { ...LOOKUP, ...SONARR },
    'next episodes': PLANNING,
    'sonarr search': SEARCH,
    'sabnzbd priority': PRIORITY,
    'tautulli notify': NOTIFY,
  };
  const readBy = (name: string) =>
    Object.entries(readers)
      .filter(([, table]) => name in table)
      .map(([node]) => node)
      .join(', ');
  const fields: readonly [string, Field<unknown>][] = Object.entries(OVERRIDES);

  it('are all that there are, with their range, their default and who reads them', () => {
    const rows = tableRows(section(messages, '### Settings for one message'));
    expect(rows.map(([name, range, fallback, , node]) => [name, range, fallback, node])).toEqual(
      fields.map(([name, { words, fallback }]) => [name, words, JSON.stringify(fallback), readBy(name)]),
    );
  });

  it("name jitplex' options", () => {
    const rows = tableRows(section(messages, '### Settings for one message'));
    const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const options = rows.flatMap(([name = '', , , , , option = '']) => (option === '' ? [] : [[snake(name), option]]));
    expect(options).toHaveLength(8);
    for (const [name, option] of options) expect(option).toBe(name);
  });
});

describe('what a Catch node sees, in docs/messages.md', () => {
  it('names the facts that an error carries', () => {
    const facts = Object.keys(new NodeError('internal', 'It failed.').cause as object);
    expect(section(messages, '### What a Catch node sees')).toContain(`\`{ ${facts.join(', ')} }\``);
  });
});
