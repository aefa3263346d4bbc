import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPacked, NAME } from '../e2e/packed.js';

/** What somebody writes who makes a node of their own for the messages. */
const USER = `
import { ACTIONS, REASONS, RESULTS, THREAD_STATES, type Lookup, type Plan, type PlanItem, type Play } from '${NAME}';

export const isKnown = (code: string): boolean => [...ACTIONS, ...REASONS, ...RESULTS, ...THREAD_STATES].some((one) => one === code);
export const first = (plan: Plan): PlanItem | undefined => plan.items[0];
export const titleOf = ({ series }: PlanItem): string => series.title;
export const action = ({ action }: PlanItem): (typeof ACTIONS)[number] => action;
export const viewer = ({ viewer }: Play): string => viewer.name;
export const shows = ({ series }: Lookup): number => series.length;
`;

/** The messages have no property of that name: a type that is \`any\` would let it pass. */
const WRONG = [
  ['Plan', 'itmes'],
  ['PlanItem', 'serie'],
  ['Play', 'usr'],
  ['Lookup', 'sries'],
] as const;

const STRICT: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  // Those of the package are checked too, those of the language are not.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  lib: ['lib.es2022.d.ts'],
  noEmit: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
};

const RESOLUTIONS: Readonly<Record<string, ts.CompilerOptions>> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node10: {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: '6.0',
  },
};

describe('the types of the packed package, in a strict project', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ userDir: folder, remove } = await installPacked());
    await writeFile(join(folder, 'user.ts'), USER);
    const wrong = WRONG.map(([type, property]) => `export const of${type} = (one: ${type}) => one.${property};`);
    const types = WRONG.map(([type]) => type).join(', ');
    await writeFile(join(folder, 'wrong.ts'), [`import type { ${types} } from '${NAME}';`, ...wrong].join('\n'));
  }, 60_000);
  afterAll(() => remove());

  /** What the compiler says, a line each; what it has read is not read again. */
  const read = new Map<string, ts.SourceFile | undefined>();
  const compiled = (options: ts.CompilerOptions): Readonly<Record<string, readonly string[]>> => {
    const host = ts.createCompilerHost({ ...STRICT, ...options });
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (file, version) => {
      if (!/\/lib\.[\w.]+\.d\.ts$/.test(file)) return getSourceFile(file, version);
      if (!read.has(file)) read.set(file, getSourceFile(file, version));
      return read.get(file);
    };
    const files = ['user.ts', 'wrong.ts'].map((file) => join(folder, file));
    const found = ts.getPreEmitDiagnostics(ts.createProgram(files, { ...STRICT, ...options }, host));
    const told = found.map(({ file, messageText }) => ({
      file: basename(file?.fileName ?? ''),
      said: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
    return Object.fromEntries(
      [...new Set(told.map(({ file }) => file))].map((name) => [
        name,
        told.filter(({ file }) => file === name).map(({ said }) => said),
      ]),
    );
  };

  it.each(Object.entries(RESOLUTIONS))(
    'are found and right with moduleResolution %s',
    (_name, options) => {
      expect(compiled(options)).toEqual({
        'wrong.ts': WRONG.map(
          ([type, property]) => expect.stringContaining(`'${property}' does not exist on type '${type}'`) as string,
        ),
      });
    },
    60_000,
  );
});
