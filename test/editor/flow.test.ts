import { describe, expect, it } from 'vitest';
import { farInterval, intervalOf } from '../../src/editor/flow/interval.js';
import { checkTemplate } from '../../src/editor/flow/template.js';
import { usualMessage } from '../../src/editor/flow/usual-message.js';
import { upstreamOf, type Wired } from '../../src/editor/flow/upstream.js';
import { checkRules, firstEpisodes, shadowed, unitOf } from '../../src/editor/rules/check.js';
import { PLANNING } from '../../src/runtime/settings/tables.js';
import { BadTemplate, readTemplates } from '../../src/steps/notify/templates.js';

describe('the interval of an inject node, in minutes', () => {
  it.each([
    [{ repeat: '3600' }, 60],
    [{ repeat: '90' }, 1.5],
    [{ crontab: '*/15 * * * *' }, 15],
    [{ crontab: '*/30 8-17 * * 1,2,3' }, 30],
    [{ crontab: '0 */2 * * *' }, 120],
    [{ crontab: '00 12 * * *' }, 1440],
    [{ crontab: '0,20 6 * * *' }, 20],
    [{ crontab: '5/10 * * * *' }, 10],
    [{ repeat: '', crontab: '' }, null],
    [{}, null],
    [{ crontab: 'now and then' }, null],
    [{ crontab: '99 * * * *' }, null],
  ])('%j is %j', (timer, minutes) => {
    expect(intervalOf(timer)).toBe(minutes);
  });

  it('is told when it is far from what is set, of several the shortest', () => {
    const hourly = { repeat: '3600' };
    expect(farInterval([hourly], 60)).toBeNull();
    expect(farInterval([hourly], 45)).toBeNull();
    expect(farInterval([hourly], 30)).toBe(60);
    expect(farInterval([hourly], 120)).toBe(60);
    expect(farInterval([{ crontab: '0 4 * * *' }, hourly], 60)).toBeNull();
    expect(farInterval([], 60)).toBeNull();
    expect(farInterval([hourly], 0)).toBeNull();
  });
});

describe('the nodes that lead to a node', () => {
  const nodes: readonly Wired[] = [
    { id: 'inject', type: 'inject' },
    { id: 'out', type: 'link out' },
    { id: 'in', type: 'link in', links: ['out', 'deleted'] },
    { id: 'history', type: 'plex-jit-tautulli-history' },
    { id: 'next', type: 'plex-jit-next-episodes' },
    { id: 'other', type: 'inject' },
  ];
  const wires: Readonly<Record<string, readonly string[]>> = {
    out: ['inject'],
    history: ['in'],
    next: ['history', 'next'],
  };
  const nodeOf = (id: string) => nodes.find((node) => node.id === id) ?? null;
  const workspace = { nodeOf, sourcesOf: ({ id }: Wired) => (wires[id] ?? []).flatMap((one) => nodeOf(one) ?? []) };

  it('are found through link nodes and loops, the nearest first, and no others', () => {
    const found = upstreamOf({ id: 'next', type: 'plex-jit-next-episodes' }, workspace);
    expect(found.map(({ id }) => id)).toEqual(['history', 'in', 'out', 'inject']);
  });
});

describe('a template', () => {
  it.each([
    ['{{#grabbed}}\n {{text}}', 'problem.unclosedSection', { name: 'grabbed', line: '1', column: '1' }],
    ['a{{/grabbed}}', 'problem.unopenedSection', { name: 'grabbed', line: '1', column: '2' }],
    ['{{text', 'problem.unclosedTag', { name: '', line: '1', column: '1' }],
  ])('that cannot be read is told with its place, where the runtime tells it: %j', (template, key, params) => {
    expect(checkTemplate(template)).toEqual({ key, params });
    const refused = readTemplates({ subject: '', body: template }, 'Tautulli');
    expect(refused).toBeInstanceOf(BadTemplate);
    expect((refused as BadTemplate).message).toContain(`at line ${params.line}, column ${params.column}`);
  });

  it('that can be read is fine, and so is none', () => {
    for (const fine of ['', undefined, '{{#grabbed}}{{text}}{{/grabbed}}']) expect(checkTemplate(fine)).toBeNull();
  });
});

describe('the fields of the message show what is told while they are empty', () => {
  it('as the runtime writes it: nothing is left of the template', () => {
    const { subject, body } = usualMessage();
    expect(subject).toBe('Next episodes are on their way');
    expect(body).toBe('On their way:\n- Harbour Lights S02E06, S02E07 for Ann (2.1 GB)');
  });
});

describe('rules', () => {
  it('the word behind the number goes with it', () => {
    expect([0, 1, 2, '', 'many'].map(unitOf)).toEqual(['ignored', 'episode', 'episodes', 'episodes', 'episodes']);
    expect(['${EPISODES}', '$(EPISODES)'].map(unitOf)).toEqual([null, null]);
  });

  it.each([
    ['5', '5'],
    [' 12 ', '12'],
    ['${AHEAD}', '${AHEAD}'],
    ['', '5'],
    ['0', '5'],
    ['51', '5'],
    ['many', '5'],
  ])('a new one begins with the look-ahead of its node: %j is %j', (lookAhead, first) => {
    expect(firstEpisodes(lookAhead)).toBe(first);
    expect(checkRules([{ for: 'viewer', id: '3', name: 'Ann', episodesToCheck: first }])).toBeNull();
  });

  const rule = { for: 'viewer', id: '', name: 'Ann', episodesToCheck: 2 };

  it.each([
    [{}, null],
    [{ episodesToCheck: 0 }, null],
    [{ episodesToCheck: '${EPISODES}' }, null],
    [{ episodesToCheck: '$(EPISODES)' }, null],
    [{ id: '3', name: '' }, null],
    [{ name: ' ' }, 'problem.ruleName'],
    [{ episodesToCheck: '' }, 'problem.ruleEpisodes'],
    [{ episodesToCheck: 51 }, 'problem.ruleEpisodes'],
    [{ episodesToCheck: 1.5 }, 'problem.ruleEpisodes'],
    [{ episodesToCheck: 'many' }, 'problem.ruleEpisodes'],
    [{ episodesToCheck: '1e1' }, 'problem.ruleEpisodes'],
  ])('with %j say %j, counted from the first', (of, key) => {
    const found = checkRules([rule, { ...rule, ...of }]);
    expect(found?.key ?? null).toBe(key);
    if (found !== null) expect(found.params.rule).toBe(2);
  });

  const tag = (of: object) => ({ for: 'tag', ...of });

  it.each([
    ['two of one viewer, however it is written', [{}, { name: 'Bob' }, { name: ' ann ' }], { rule: 3, by: 1 }],
    ['two of one id', [{ id: '3' }, { id: '3', name: 'Anna' }], { rule: 2, by: 1 }],
    ['the first of several', [{}, {}, {}], { rule: 2, by: 1 }],
    ['two of one name and other ids', [{ id: '3' }, { id: '4' }], null],
    ['a viewer and a library of one name', [{}, { for: 'library' }], null],
    ['a picked one after its typed name', [{ name: ' ann' }, { id: '3' }], { rule: 2, by: 1 }],
    ['a picked one after its typed id', [{ name: '3' }, { id: '3' }], { rule: 2, by: 1 }],
    ['a typed name after a picked one: another may be called so', [{ id: '3' }, {}], null],
    ['a picked tag after a label that looks like its id', [tag({ name: '3' }), tag({ id: '3', name: 'kids' })], null],
    ['a picked tag after its label', [tag({ name: 'Kids' }), tag({ id: '3', name: 'kids' })], { rule: 2, by: 1 }],
    ['one that is not filled in yet, and a picked one without a name', [{ name: '' }, { id: '3', name: '' }], null],
    ['two that are not filled in yet', [{ name: '' }, { name: ' ' }], null],
    ['none', [], null],
  ])('one that never applies is told: %s', (_what, rules, found) => {
    expect(shadowed(rules.map((of) => ({ ...rule, ...of })))).toEqual(found);
  });

  it('that an import brought in an unknown shape break nothing', () => {
    for (const odd of [undefined, 'text', [null], [5]]) expect(() => checkRules(odd)).not.toThrow();
    expect(() => PLANNING.rules.fromForm([null, 5, 'x'])).not.toThrow();
  });
});
