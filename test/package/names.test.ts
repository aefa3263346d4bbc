import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../e2e/packed.js';

/** What a bundle exports: each of its modules that another bundle uses. */
type Bundle = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const bundle = (name: string): Bundle => createRequire(__filename)(join(ROOT, 'dist', `${name}.js`)) as Bundle;

/** Of every function that a bundle exports: the name it is exported by, and what a stack trace calls it. */
const functionsOf = (name: string): readonly (readonly [string, string])[] =>
  Object.values(bundle(name))
    .flatMap((module) => Object.entries(module))
    .flatMap(([exported, value]) =>
      typeof value === 'function' && exported !== 'default' ? [[exported, value.name]] : [],
    );

describe('the functions of the package', () => {
  it.each([
    ['plex-jit', 50],
    ['registration', 5],
  ])('of %s have the names that they have in the sources, for the stack trace of a bug report', (name, atLeast) => {
    const functions = functionsOf(name);
    expect(functions.length).toBeGreaterThan(atLeast);
    // One of two with the same name in a bundle gets a number behind it.
    const renamed = functions.filter(
      ([exported, called]) => called.replace(/\d+$/, '') !== exported.replace(/\d+$/, ''),
    );
    expect(renamed).toEqual([]);
  });
});
