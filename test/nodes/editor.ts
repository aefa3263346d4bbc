import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { buildSync } from 'esbuild';
import { withIncludes } from '../../scripts/includes.cjs';

export const ROOT = join(__dirname, '..', '..');

export type Validator = (this: object, value: unknown, opt?: { label?: string }) => boolean | string;

export interface Definition {
  readonly category: string;
  readonly color?: string;
  readonly icon?: string;
  readonly inputs?: number;
  readonly outputs?: number;
  readonly paletteLabel: string;
  readonly defaults: Readonly<
    Record<string, { value: unknown; type?: string; required?: boolean; validate?: Validator }>
  >;
  readonly credentials?: Readonly<Record<string, { type: string }>>;
  readonly label: () => string;
  readonly inputLabels?: () => string;
  readonly outputLabels?: (index: number) => string;
}

/** One node as the editor sees it. */
export interface EditorNode {
  /** `sonarr-search` */
  readonly name: string;
  /** `plex-jit-sonarr-search` */
  readonly type: string;
  readonly html: string;
  readonly definition: Definition;
  readonly locale: object;
  readonly help: string;
}

interface Manifest {
  readonly 'node-red': { readonly nodes: Readonly<Record<string, string>> };
}

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** `plex-jit-x` → `x`. */
const nodeNames = Object.keys(manifest['node-red'].nodes).map((type) => type.replace('plex-jit-', ''));

const text = (...path: string[]): string => readFileSync(join(ROOT, 'nodes', ...path), 'utf8');

/** The catalogue that all forms share. */
const sharedTexts = JSON.parse(
  readFileSync(join(ROOT, 'plugins', 'up-next', 'locales', 'en-US', 'up-next.json'), 'utf8'),
) as object;

/** A text as Node-RED looks it up; the key itself when there is none. */
export const textIn = (tree: object, key: string, params: Readonly<Record<string, unknown>> = {}): string => {
  const found = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree);
  if (typeof found !== 'string') return key;
  return found.replace(/__(\w+?)__/g, (_, name: string) => String(params[name]));
};

const shared = (key: string, params?: Readonly<Record<string, unknown>>): string =>
  textIn(sharedTexts, key.slice(key.indexOf(':') + 1), params);

/** What resources/editor.js is built from: each form loads it first. */
const kit = buildSync({
  entryPoints: [join(ROOT, 'src', 'editor', 'index.ts')],
  bundle: true,
  format: 'iife',
  write: false,
}).outputFiles[0]?.text;

const define = (name: string, html: string): Definition => {
  const script = /<script type="text\/javascript">([^]*?)<\/script>/.exec(html)?.[1] ?? '';
  let found: { type: string; definition: Definition } | undefined;
  const registerType = (type: string, definition: Definition) => {
    found = { type, definition };
  };
  const page: Record<string, unknown> = { RED: { nodes: { registerType }, _: shared }, URL };
  page.window = page;
  createContext(page);
  runInContext(kit ?? '', page);
  runInContext(script, page);
  if (found?.type !== `plex-jit-${name}`) throw new Error(`${name}.html registers ${found?.type ?? 'nothing'}`);
  return found.definition;
};

const readEditorNode = (name: string): EditorNode => {
  const html = withIncludes(text(name, `${name}.html`));
  return {
    name,
    type: `plex-jit-${name}`,
    html,
    definition: define(name, html),
    locale: JSON.parse(text(name, 'locales', 'en-US', `${name}.json`)) as object,
    help: text(name, 'locales', 'en-US', `${name}.html`),
  };
};

export const editorNodes = nodeNames.map(readEditorNode);

/** All keys of a locale file, as `data-i18n` writes them. */
export const localeKeys = (tree: object, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? localeKeys(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
