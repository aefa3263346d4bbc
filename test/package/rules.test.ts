import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT, nodes, read } from '../locales/catalogues.js';

const below = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(ROOT, folder).length + 1))
    .sort();

/** What blocks Node-RED's process until it is done, as code names it: `readFileSync`, `fs.existsSync`, `execSync`. */
const blockingIn = (text: string): readonly string[] => {
  // Most files are not worth being read as code.
  if (!text.includes('Sync')) return [];
  const within = (node: ts.Node): readonly ts.Node[] => [node, ...node.getChildren().flatMap(within)];
  return within(ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true)).flatMap((node) =>
    ts.isIdentifier(node) && /^[a-z]\w*Sync$/.test(node.text) ? [node.text] : [],
  );
};

describe('what runs in Node-RED', () => {
  it('a blocking call is found however it is written', () => {
    expect(blockingIn("import { readFileSync as read } from 'node:fs'; read('a');")).toEqual(['readFileSync']);
    expect(blockingIn("fs.existsSync('a'); require('fs')['x']; // statSync")).toEqual(['existsSync']);
  });

  it('accesses no file and starts no process synchronously', () => {
    const files = ['src', 'nodes', 'plugins'].flatMap((folder) =>
      below(folder)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.gen.ts'))
        .map((file) => `${folder}/${file}`),
    );
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => blockingIn(read(file)).map((call) => `${file}: ${call}`))).toEqual([]);
  });
});

describe('the folder of each node', () => {
  const kindsOf = (folder: string): readonly string[] =>
    below(folder)
      .map((file) => file.replaceAll(basename(folder), 'NAME'))
      .sort();
  /** Of each language that any node speaks, both texts. */
  const texts = [...new Set(nodes.flatMap(({ languages }) => languages))].flatMap((language) =>
    ['html', 'json'].map((kind) => `locales/${language}/NAME.${kind}`),
  );
  const ALL = ['NAME.html', 'NAME.ts', ...texts];

  it.each(nodes)(
    '$name has the kinds of files that all have, an icon only where it is in the palette',
    ({ folder, name }) => {
      const isServer = read(folder, `${name}.html`).includes("category: 'config'");
      expect(kindsOf(folder)).toEqual([...ALL, ...(isServer ? [] : ['icons/plex-jit-NAME.svg'])].sort());
    },
  );
});

const OPEN = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

describe('what is installed with the package', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Readonly<Record<string, { version?: string; dev?: true; devOptional?: true; optional?: true }>>;
  };
  const installed = Object.entries(packages).filter(
    ([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional,
  );

  it('is four dependencies and what they need, each in the version of the lock file', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object };
    expect(Object.keys(dependencies)).toHaveLength(4);
    expect(installed.length).toBeGreaterThanOrEqual(4);
  });

  it.each(installed)('%s has an open licence', (path, { version }) => {
    const manifest = join(ROOT, path, 'package.json');
    expect(existsSync(manifest)).toBe(true);
    const found = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string; license: unknown };
    expect(found.version).toBe(version);
    expect(OPEN).toContain(found.license);
  });
});
