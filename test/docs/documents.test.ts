import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REASONS, RESULTS, THREAD_STATES } from '../../src/core/contracts/index.js';
import { editorNodes } from '../nodes/editor.js';
import { anchors, documents, firstCells, readText, ROOT, section, tableRows } from './markdown.js';

const { version } = JSON.parse(readText('package.json')) as { version: string };
const readme = readText('README.md');

describe('links in the documents', () => {
  const links = documents.flatMap((from) =>
    [
      ...readText(from)
        .replace(/```[^]*?```/g, '')
        .matchAll(/\]\(([^)\s]+)\)/g),
    ].map(([, to = '']) => ({ from, to })),
  );

  it('lead to files that are there, and to headings in them', () => {
    const broken = links
      .filter(({ to }) => !/^https?:/.test(to))
      .filter(({ from, to }) => {
        const [path = '', anchor] = to.split('#');
        const target = path === '' ? from : normalize(join(dirname(from), path));

        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && !anchors(readText(target)).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('are found at all', () => {
    expect(links.length).toBeGreaterThan(20);
  });
});

describe('links in the help', () => {
  const HOME = 'https://github.com/plex-jit/node-red-plex-jit/blob/main/';

  it.each(editorNodes.map((node) => [node.name, node.help] as const))('of %s lead somewhere', (_name, help) => {
    const targets = [...help.matchAll(/<a href="([^"]+)">/g)].map(([, target = '']) => target);
    expect(targets).not.toEqual([]);
    for (const target of targets.filter((url) => url.startsWith(HOME))) {
      const [path = '', anchor = ''] = target.slice(HOME.length).split('#');
      if (anchor === '') expect(existsSync(join(ROOT, path)), target).toBe(true);
      else expect(anchors(readText(path)), target).toContain(anchor);
    }
  });
});

describe('words of the workplace', () => {
  it.each(documents)('do not stand in %s', (path) => {
    expect(readText(path)).not.toMatch(/\.\.\/shared|\/work\/|\/tmp\/|\bTODO\b/);
  });
});

describe('README.md', () => {
  interface Labels {
    readonly label: Readonly<Record<string, string>>;
    readonly option?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }
  const labelsOf = (name: string): Labels | undefined =>
    editorNodes.find((node) => node.name === name.replace(' ', '-'))?.locale as Labels | undefined;
  const options = tableRows(section(readme, '## Options'));

  it('names fields by the labels of their forms', () => {
    const rows = options.filter(([, where = '']) => / *: _/.test(where) && !where.startsWith('each server'));
    expect(rows.length).toBeGreaterThan(8);
    for (const [option, where = ''] of rows) {
      const [, node = '', field] = /^([a-z ]+): _([^_]+)_/.exec(where) ?? [];
      expect(Object.values(labelsOf(node)?.label ?? {}), `${option}: ${where}`).toContain(field);
    }
  });

  it('gives the defaults of the forms', () => {
    for (const [option = '', where = '', fallback] of options) {
      const [, name = '', field] = /^([a-z ]+): _([^_]+)_/.exec(where) ?? [];
      const key = Object.entries(labelsOf(name)?.label ?? {}).find(([, label]) => label === field)?.[0];
      const found = editorNodes.find((node) => node.name === name.replace(' ', '-'))?.definition.defaults[key ?? ''];
      if (found === undefined) continue;
      const shown = found.value === true ? 'yes' : found.value === '' ? 'none' : String(found.value);
      expect(fallback, option).toBe(shown);
    }
  });

  it('names in italics only what is a label, a menu or a word to stress', () => {
    const labels = editorNodes.flatMap((node) => Object.values((node.locale as Labels).label));
    const inTrouble = [...section(readme, '## Nothing happened: why?').matchAll(/_([A-Z][^_|]+)_/g)];
    expect(inTrouble.length).toBeGreaterThan(5);
    for (const [, name = ''] of inTrouble) expect(labels.concat('Force'), name).toContain(name.split(': ')[0]);
  });

  it('says what to do of every code that explains why nothing happened', () => {
    const told = firstCells(section(readme, '## Nothing happened: why?'))
      .join(' ')
      .split(/[\s,:]+/);
    const plain = ['search', 'grabbed', 'command-sent', 'watching'];
    const unmatched = firstCells(section(readText('docs/messages.md'), '### Unmatched'));
    const codes = [...REASONS, ...RESULTS, ...THREAD_STATES, ...unmatched].filter((code) => !plain.includes(code));
    expect(codes.filter((code) => !told.includes(code))).toEqual([]);
  });

  it('names the buttons and the file of the example', () => {
    const [file = ''] = readdirSync(join(ROOT, 'examples'));
    const flow = JSON.parse(readText(`examples/${file}`)) as { type: string; name: string }[];
    expect(readme).toContain(file.replace('.json', ''));
    for (const { name } of flow.filter(({ type }) => type === 'inject')) expect(readme).toContain(`**${name}**`);
  });

  it('names only commands and options that there are', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const usage = readText('scripts/start/options.ts');
    for (const [, script = ''] of readme.matchAll(/npm (?:run )?(start|test|bench|\w+:\w+)\b/g))
      expect(Object.keys(scripts)).toContain(script);
    const given = [...readme.matchAll(/npm start (?:--silent )?-- ([^`]+)`/g)].flatMap(([, text = '']) =>
      text.split(' ').filter((word) => word.startsWith('--')),
    );
    expect(given).toContain('--once');
    for (const option of given) expect(usage).toContain(option);
    for (const [, name = ''] of readme.matchAll(/`([A-Z]+_(?:URL|API_KEY)|PORT|PLEX_JIT_HOME)`/g))
      expect(name === 'URL_BASE' || usage.includes(name), name).toBe(true);
  });
});

describe('CHANGELOG.md', () => {
  it('has the version of the package on top', () => {
    expect(/^## (\S+)/m.exec(readText('CHANGELOG.md'))?.[1]).toBe(version);
  });
});

describe('docs/architecture.md', () => {
  it('names the folders of the sources, and no others', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}/`);
    const named = firstCells(readText('docs/architecture.md')).filter((cell) => cell.startsWith('src/'));
    expect([...named].sort()).toEqual(folders.sort());
  });
});
