import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rangeWords } from '../../src/core/forms/index.js';
import { CREDENTIALS, SERVER } from '../../src/runtime/server.js';
import type { Table } from '../../src/runtime/settings/fields.js';
import { formSettings } from '../../src/runtime/settings/read.js';
import { HISTORY, LOOKUP, NOTIFY_FORM, PLANNING, PRIORITY, SEARCH, SONARR } from '../../src/runtime/settings/tables.js';
import { type EditorNode, ROOT, editorNodes, localeKeys, manifest, textIn } from './editor.js';

/** What the runtime reads of each form: settings, and what else. */
const READ: Readonly<Record<string, { table: Table; also: readonly string[] }>> = {
  tautulli: { table: SERVER, also: ['url', 'tls', 'proxy', 'contextStore'] },
  sonarr: {
    table: { ...SERVER, ...SONARR },
    also: ['url', 'tls', 'proxy', 'contextStore', 'sabnzbd', 'downloadClient', 'linkUrl'],
  },
  sabnzbd: { table: SERVER, also: ['url', 'tls', 'proxy', 'contextStore'] },
  'tautulli-history': { table: HISTORY, also: ['server'] },
  'sonarr-lookup': { table: LOOKUP, also: ['server'] },
  'next-episodes': { table: PLANNING, also: [] },
  'sonarr-search': { table: SEARCH, also: ['server'] },
  'sabnzbd-priority': { table: PRIORITY, also: ['server'] },
  'tautulli-notify': { table: NOTIFY_FORM, also: ['server'] },
};

/** What a form saves and does not show by itself. */
const INSIDE = ['configVersion', 'notifierName'];

const readBy = (name: string) => READ[name] ?? { table: {}, also: [] };
const isConfig = (node: EditorNode) => node.definition.category === 'config';
const named = editorNodes.map((node) => [node.name, node] as const);
const flowNodes = named.filter(([, node]) => !isConfig(node));
const prefixOf = (node: EditorNode) => (isConfig(node) ? 'node-config-input' : 'node-input');
const valuesOf = ({ definition }: EditorNode) =>
  Object.fromEntries(Object.entries(definition.defaults).map(([key, { value }]) => [key, value]));
/** `this` of a form's functions. */
const opened = (node: EditorNode) => ({
  _def: node.definition,
  _: (key: string, params?: Readonly<Record<string, unknown>>) => textIn(node.locale, key, params),
});
const validate = (node: EditorNode, field: string, value: unknown) =>
  node.definition.defaults[field]?.validate?.call(opened(node), value, { label: field });

/** Fields of numbers, with the ends of what the runtime takes. */
const numbers = named.flatMap(([name, node]) =>
  Object.entries(readBy(name).table).flatMap(([field, { words }]) => {
    const range = /number from (\S+) to (\S+)$/.exec(words);
    return range ? [{ node, field, from: Number(range[1]), to: Number(range[2]), whole: words.includes('whole') }] : [];
  }),
);

describe.each(named)('the form of %s', (name, node) => {
  const { table, also } = readBy(name);

  it('saves what the runtime reads, and nothing else', () => {
    const saved = ['name', 'configVersion', ...Object.keys(table), ...also];
    expect(Object.keys(node.definition.defaults).sort()).toEqual(saved.sort());
  });

  it('has the defaults of the runtime', () => {
    expect(formSettings(table, valuesOf(node))).toEqual(formSettings(table, {}));
  });

  it('has a field for each of its settings and credentials', () => {
    const fields = [...Object.keys(node.definition.defaults), ...Object.keys(node.definition.credentials ?? {})];
    const shown = (field: string) =>
      node.html.includes(`id="${prefixOf(node)}-${field}"`) ||
      ['-list', '-pick'].some((kind) => node.html.includes(`id="${prefixOf(node)}-${field}${kind}"`)) ||
      node.html.includes(`class="plex-jit-${field}"`) ||
      node.html.includes(`data-i18n="label.${field}"`);
    expect(fields.filter((field) => !shown(field) && !INSIDE.includes(field))).toEqual([]);
  });

  it('offers each choice that the runtime takes, and no other', () => {
    const selects = [...node.html.matchAll(/<select id="[a-z-]+-(\w+)"[^>]*>([^]*?)<\/select>/g)].flatMap(
      ([, id = '', body = '']) => {
        const values = [...body.matchAll(/value="([^"]*)"/g)].map(([, value]) => `"${value}"`);
        return id in table ? [[id, `one of ${values.join(', ')}`]] : [];
      },
    );
    expect(selects).toEqual(selects.map(([id = '']) => [id, table[id]?.words]));
  });

  it('has a text for each key, and a key for each text', () => {
    const inTemplate = [...node.html.matchAll(/data-i18n="([^"]+)"/g)].flatMap(([, keys = '']) =>
      keys.split(';').map((key) => key.replace(/^\[\w+\]/, '')),
    );
    const inScript = [...node.html.matchAll(/\._\('([\w.-]+)'[,)]/g)].map(([, key = '']) => key);
    const built = isConfig(node)
      ? []
      : [
          'palette.label.Plex_Just',
          ...Array.from({ length: node.definition.outputs ?? 0 }, (_, i) => `port.out${i + 1}`),
        ];
    // What the kit shows beside a number, and the line about the timer.
    const hints = Object.keys(table).flatMap((field) => [`unit.${field}`, `zero.${field}`]);
    const beside = name === 'next-episodes' ? ['warning.interval'] : [];
    const kept = localeKeys(node.locale).filter((key) => hints.includes(key));
    const used = new Set([...inTemplate, ...inScript, ...built, ...kept, ...beside]);
    expect([...used].sort()).toEqual(localeKeys(node.locale).sort());
  });

  it('has a label for each field, and a tip or a hint', () => {
    const fields = [...Object.keys(node.definition.defaults), ...Object.keys(node.definition.credentials ?? {})];
    const keys = new Set(localeKeys(node.locale));
    const told = fields.filter((field) => !INSIDE.includes(field));
    expect(told.filter((field) => !keys.has(`label.${field}`))).toEqual([]);
    if (!isConfig(node)) expect(told.filter((field) => !keys.has(`tip.${field}`))).toEqual([]);
  });

  it('calls its numbers what the runtime calls them, shows what an empty field means, and says what 0 does', () => {
    const labelled = Object.entries(table).filter(([, { label }]) => label !== undefined);
    expect(labelled.length).toBeGreaterThanOrEqual(node.name === 'tautulli-notify' ? 0 : 1);
    for (const [field, { label, fallback, words }] of labelled) {
      expect(textIn(node.locale, `label.${field}`)).toBe(label);
      const placeholder = new RegExp(`id="${prefixOf(node)}-${field}"[^>]* placeholder="${String(fallback)}"`);
      if (!isConfig(node)) expect(node.html).toMatch(placeholder);
      expect(localeKeys(node.locale).includes(`zero.${field}`), field).toBe(words.includes(' from 0 '));
    }
  });

  it('has help that begins with a paragraph, which is the tooltip', () => {
    expect(node.help.startsWith(`<script type="text/html" data-help-name="${node.type}">\n<p>`)).toBe(true);
    const sections = [...node.help.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title);
    expect(sections).toEqual([...(isConfig(node) ? ['Properties'] : ['Inputs', 'Outputs']), 'Details', 'References']);
  });

  it('has an entry in its help for each setting', () => {
    const entries = [
      ...node.help.matchAll(
        /<dt[^>]*>([^<]*)<span class="property-type">([^<]*)<\/span><\/dt>\n *<dd>[^]{10,}?<\/dd>/g,
      ),
    ];
    const named = entries.flatMap(([, , names = '']) => names.split(', '));
    const labelled = entries.flatMap(([, labels = '']) => [labels.trim(), ...labels.trim().split(', ')]);
    const fields = [...Object.keys(node.definition.defaults), ...Object.keys(node.definition.credentials ?? {})];
    // A flow node's are found by what they are called in a message, a server's by what they are called in the form.
    const settings = (isConfig(node) ? fields : Object.keys(table)).filter((field) => !INSIDE.includes(field));
    const isTold = (field: string) =>
      isConfig(node) ? labelled.includes(textIn(node.locale, `label.${field}`)) : named.includes(field);
    expect(settings.length).toBeGreaterThan(1);
    expect(settings.filter((field) => !isTold(field))).toEqual([]);
  });

  it("uses no colours but those of the editor's theme", () => {
    const template = node.html.slice(node.html.indexOf('<script type="text/html"'));
    expect(template).not.toMatch(/color|background|#[0-9a-f]{3,6}\b/i);
  });

  it('is where package.json says', () => {
    expect(manifest['node-red'].nodes[node.type]).toBe(`dist/nodes/${name}/${name}.js`);
    expect(existsSync(join(ROOT, 'nodes', name, `${name}.ts`))).toBe(true);
  });
});

/** The options of the reference, and the fields that take their place. */
const OF_JITPLEX: readonly (readonly [node: string, field: string, option: string])[] = [
  ...['tautulli', 'sonarr', 'sabnzbd'].flatMap((node) => [
    [node, 'url', 'url'] as const,
    [node, 'apiKey', 'key'] as const,
  ]),
  ['sonarr', 'cacheTime', 'cache_time'],
  ['sonarr', 'searchCache', 'search_cache'],
  ['tautulli-history', 'daysToCheck', 'days_to_check'],
  ['next-episodes', 'episodesToCheck', 'episodes_to_check'],
  ['next-episodes', 'checkOverflow', 'check_overflow'],
  ['next-episodes', 'execFrequency', 'exec_frequency'],
  ['next-episodes', 'skipSpecials', 'skip_specials'],
  ['tautulli-notify', 'notifier', 'notifier'],
];

describe.each(['en-US', 'de'])('an option of jitplex, in %s', (language) => {
  const fileOf = (name: string, kind: 'json' | 'html') =>
    readFileSync(join(ROOT, 'nodes', name, 'locales', language, `${name}.${kind}`), 'utf8');

  it.each(OF_JITPLEX)(
    'is named by the help of %s at %s: %s, and by the tip where there is one',
    (name, field, option) => {
      const texts = JSON.parse(fileOf(name, 'json')) as object;
      const entries = fileOf(name, 'html')
        .split(/<dt[^>]*>/)
        .slice(1);
      const named = entries.filter((entry) => entry.includes(`<code>${option}</code>`));
      expect(named.map((entry) => entry.split(/ <span|</)[0]?.trim())).toContain(textIn(texts, `label.${field}`));
      const tip = textIn(texts, `tip.${field}`);
      if (tip !== `tip.${field}`) expect(tip).toMatch(new RegExp(`jitplex: ${option}\\b`));
    },
  );
});

describe.each(flowNodes)('%s in the palette', (name, { definition }) => {
  it('stands in our category, with its plain name', () => {
    expect(definition.category).toBe('Plex Just-In-Time');
    expect(definition.paletteLabel).toBe(name.replace('-', ' '));
    expect(definition.label.call({ name: '' })).toBe(definition.paletteLabel);
    expect(definition.label.call({ name: 'mine' })).toBe('mine');
  });

  it('has a white icon of 40 × 60', () => {
    const icon = readFileSync(join(ROOT, 'nodes', name, 'icons', definition.icon ?? ''), 'utf8');
    expect(icon).toMatch(/^<svg [^>]*width="40" height="60"/);
    expect([...icon.matchAll(/#\w+/g)].every(([colour]) => colour === '#fff')).toBe(true);
  });
});

describe('validation in the form', () => {
  it.each(numbers)('takes for $field what the runtime takes', ({ node, field, from, to, whole }) => {
    for (const value of [String(from), String(to), '${NUMBER}']) expect(validate(node, field, value)).toBe(true);
    const refused = [
      String(from - 1),
      String(to + 1),
      'five',
      `0x${to.toString(16)}`,
      `${to}e0`,
      ...(whole ? ['1.5'] : []),
    ];
    for (const value of refused) expect(validate(node, field, value), value).not.toBe(true);
    const { fromForm, schema } = readBy(node.name).table[field] ?? {};
    const taken = refused.filter((value) => schema?.safeParse(fromForm?.(value)).success !== false);
    expect(taken).toEqual([]);
  });

  it.each(numbers)('names $field, and says of it what the runtime says, when it is out of range', ({ node, ...of }) => {
    const { field, from, to, whole } = of;
    const label = textIn(node.locale, `label.${field}`);
    const words = rangeWords({ from, to, whole });
    expect(validate(node, field, String(from - 1))).toBe(`${label}: Must be ${words}.`);
    expect(readBy(node.name).table[field]?.words).toBe(words);
  });

  it('marks a rule that the runtime would refuse, and none that it takes', () => {
    const rules = (value: unknown) =>
      editorNodes.filter(({ name }) => name === 'next-episodes').map((node) => validate(node, 'rules', value));
    const rule = { for: 'viewer', name: 'Ann', episodesToCheck: 2 };
    const cases = [
      {},
      { name: '' },
      { id: '3', name: '' },
      { episodesToCheck: '' },
      { episodesToCheck: 0 },
      { episodesToCheck: 51 },
    ];
    for (const of of [...cases, { episodesToCheck: 1.5 }, { episodesToCheck: -1 }]) {
      const taken = PLANNING.rules.schema.safeParse([{ ...rule, ...of }]).success;
      expect(rules([rule, { ...rule, ...of }]), JSON.stringify(of)).toEqual([
        taken || (expect.stringContaining('ule 2') as string),
      ]);
    }
    expect(rules([])).toEqual([true]);
  });

  const servers = named.filter(([, node]) => isConfig(node));

  it.each(servers)('takes a URL with a base path for %s, or an environment variable', (_name, node) => {
    for (const url of ['http://nas:8989', 'https://home.example/base/', '${SOME_URL}']) {
      expect(validate(node, 'url', url)).toBe(true);
    }
  });

  it.each(servers)('refuses a URL for %s that holds a user or password: it would be exported', (_name, node) => {
    for (const url of ['http://me:secret@nas:8989', 'http://me@nas:8989']) {
      expect(validate(node, 'url', url)).toMatch(/^URL: User name and password belong in their own fields/);
    }
  });

  it.each(servers)('refuses what is no base URL for %s', (_name, node) => {
    for (const url of ['', 'nas:8989', 'ftp://nas', 'http://nas/?apikey=1', 'http://nas/#x', 'http://${HOST}:1']) {
      expect(validate(node, 'url', url), url).toMatch(/^URL: /);
    }
  });

  it.each(servers)(
    'keeps the secrets of %s as credentials that never return to the editor',
    (_name, { definition }) => {
      expect(definition.credentials).toEqual(CREDENTIALS);
      expect(Object.keys(definition.defaults)).not.toEqual(expect.arrayContaining(['apiKey']));
    },
  );
});
