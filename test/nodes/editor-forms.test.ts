import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS, SERVER } from '../../src/runtime/server.js';
import type { Table } from '../../src/runtime/settings/fields.js';
import { formSettings } from '../../src/runtime/settings/read.js';
import { HISTORY, LOOKUP, NOTIFY, PLANNING, PRIORITY, SEARCH, SONARR } from '../../src/runtime/settings/tables.js';
import { type EditorNode, ROOT, editorNodes, localeKeys, manifest } from './editor.js';

/** What the runtime reads of each form: settings, and what else. */
const READ: Readonly<Record<string, { table: Table; also: readonly string[] }>> = {
  tautulli: { table: SERVER, also: ['url', 'tls', 'contextStore'] },
  sonarr: { table: { ...SERVER, ...SONARR }, also: ['url', 'tls', 'contextStore', 'sabnzbd'] },
  sabnzbd: { table: SERVER, also: ['url', 'tls', 'contextStore'] },
  'tautulli-history': { table: HISTORY, also: ['server'] },
  'sonarr-lookup': { table: LOOKUP, also: ['server'] },
  'next-episodes': { table: PLANNING, also: [] },
  'sonarr-search': { table: SEARCH, also: ['server'] },
  'sabnzbd-priority': { table: PRIORITY, also: ['server'] },
  'tautulli-notify': { table: NOTIFY, also: ['server'] },
};

const readBy = (name: string) => READ[name] ?? { table: {}, also: [] };
const isConfig = (node: EditorNode) => node.definition.category === 'config';
const named = editorNodes.map((node) => [node.name, node] as const);
const flowNodes = named.filter(([, node]) => !isConfig(node));
const prefixOf = (node: EditorNode) => (isConfig(node) ? 'node-config-input' : 'node-input');
const valuesOf = ({ definition }: EditorNode) =>
  Object.fromEntries(Object.entries(definition.defaults).map(([key, { value }]) => [key, value]));
const validate = (node: EditorNode, field: string, value: unknown) =>
  node.definition.defaults[field]?.validate?.call({ _: (key: string) => key }, value, { label: field });

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
    expect(Object.keys(node.definition.defaults).sort()).toEqual(['name', ...Object.keys(table), ...also].sort());
  });

  it('has the defaults of the runtime', () => {
    expect(formSettings(table, valuesOf(node))).toEqual(formSettings(table, {}));
  });

  it('has a field for each of its settings and credentials', () => {
    const fields = [...Object.keys(node.definition.defaults), ...Object.keys(node.definition.credentials ?? {})];
    const shown = (field: string) =>
      node.html.includes(`id="${prefixOf(node)}-${field}"`) ||
      node.html.includes(`id="${prefixOf(node)}-${field}-list"`) ||
      node.html.includes(`class="plex-jit-${field}"`);
    expect(fields.filter((field) => !shown(field))).toEqual([]);
  });

  it('offers each choice that the runtime takes, and no other', () => {
    for (const [, id, body] of node.html.matchAll(/<select id="[a-z-]+-(\w+)"[^>]*>([^]*?)<\/select>/g)) {
      const field = table[id ?? ''];
      if (field === undefined) continue;
      const offered = [...(body ?? '').matchAll(/value="([^"]*)"/g)].map(([, value]) => value);
      expect(`one of ${offered.map((value) => `"${value}"`).join(', ')}`).toBe(field.words);
    }
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
    const errors = [...node.html.matchAll(/'(error\.\w+)'/g)].map(([, key = '']) => key);
    const kinds = name === 'next-episodes' ? ['rule.viewer', 'rule.library', 'rule.tag'] : [];
    const used = new Set([...inTemplate, ...inScript, ...built, ...errors, ...kinds]);
    expect([...used].sort()).toEqual(localeKeys(node.locale).sort());
  });

  it('has a tip for each field', () => {
    const fields = [...Object.keys(node.definition.defaults), ...Object.keys(node.definition.credentials ?? {})];
    expect(localeKeys(node.locale)).toEqual(expect.arrayContaining(fields.flatMap((f) => [`label.${f}`, `tip.${f}`])));
  });

  it('has help that begins with a paragraph, which is the tooltip', () => {
    expect(node.help.startsWith(`<script type="text/html" data-help-name="${node.type}">\n<p>`)).toBe(true);
    const sections = [...node.help.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title);
    expect(sections).toEqual([...(isConfig(node) ? ['Properties'] : ['Inputs', 'Outputs']), 'Details', 'References']);
  });

  it('has help for each setting', () => {
    const told = Object.keys(table).filter((field) => field !== 'timeout');
    expect(told.filter((field) => !node.help.includes(field))).toEqual([]);
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
    const refused = [String(from - 1), String(to + 1), 'five', ...(whole ? ['1.5'] : [])];
    for (const value of refused) expect(validate(node, field, value), value).not.toBe(true);
  });

  it.each(numbers)(
    'names $field, which the editor itself does not, when it is out of range',
    ({ node, field, from }) => {
      const texts = { _: (key: string, of?: { name: string }) => (of === undefined ? key : `${of.name}: ${key}`) };
      const said = node.definition.defaults[field]?.validate?.call(texts, String(from - 1), {});
      expect(said).toMatch(new RegExp(`^label\\.${field}: error\\.(range|whole)$`));
    },
  );

  it('marks a rule that the runtime would refuse, and none that it takes', () => {
    const rules = (value: unknown) =>
      editorNodes.filter(({ name }) => name === 'next-episodes').map((node) => validate(node, 'rules', value));
    const rule = { for: 'viewer', name: 'Ann', episodesToCheck: 2 };
    const cases = [{}, { name: '' }, { episodesToCheck: '' }, { episodesToCheck: 0 }, { episodesToCheck: 51 }];
    for (const of of [...cases, { episodesToCheck: 1.5 }, { episodesToCheck: -1 }]) {
      const taken = PLANNING.rules.schema.safeParse([{ ...rule, ...of }]).success;
      expect(rules([rule, { ...rule, ...of }]), JSON.stringify(of)).toEqual([taken || 'error.rules']);
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
    expect(validate(node, 'url', 'http://me:secret@nas:8989')).toBe('error.credentials');
    expect(validate(node, 'url', 'http://me@nas:8989')).toBe('error.credentials');
  });

  it.each(servers)('refuses what is no base URL for %s', (_name, node) => {
    for (const url of ['', 'nas:8989', 'ftp://nas', 'http://nas/?apikey=1', 'http://nas/#x', 'http://${HOST}:1']) {
      expect(validate(node, 'url', url), url).toBe('error.url');
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
