import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formSettings } from '../../src/runtime/settings/read.js';
import { HISTORY, NOTIFY, PLANNING, SONARR } from '../../src/runtime/settings/tables.js';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, { version?: string; integrity?: string; inBundle?: true }>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as Lock;

const parts = (version: string): number[] => version.split('.').map(Number);

/** Whether a caret range takes that version: the left-most part that is not 0 stays, the rest may only grow. */
const caretTakes = (range: string, version: string): boolean => {
  const [low, is] = [parts(range.slice(1)), parts(version)];
  const fixed = low.findIndex((part) => part > 0);
  const grown = is.map((part, i) => part - (low[i] ?? 0));
  return grown.slice(0, fixed + 1).every((by) => by === 0) && (grown.find((by) => by !== 0) ?? 0) >= 0;
};

describe('faults of the reference: what is shipped', () => {
  describe('B5 no library changes under us', () => {
    it.each(Object.entries(manifest.dependencies))('%s %s never takes another major version', (name, range) => {
      expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
      const { version = '' } = lock.packages[`node_modules/${name}`] ?? {};
      expect(caretTakes(range, version)).toBe(true);
    });

    it('the lock file says of every package which version it is, and what its content is', () => {
      const packages = Object.entries(lock.packages).filter(([path, { inBundle }]) => path !== '' && !inBundle);
      expect(packages.length).toBeGreaterThan(100);
      const loose = packages.filter(
        ([, { version, integrity }]) => !/^\d+\.\d+\.\d+/.test(version ?? '') || !integrity,
      );
      expect(loose.map(([path]) => path)).toEqual([]);
    });

    it('a range with a caret takes no other major version, nor another minor one of 0.x', () => {
      expect(caretTakes('^1.2.3', '1.4.0')).toBe(true);
      expect(['2.0.0', '1.2.2', '1.1.9'].map((version) => caretTakes('^1.2.3', version))).toEqual([
        false,
        false,
        false,
      ]);
      expect(caretTakes('^0.5.0', '0.6.0')).toBe(false);
    });
  });

  describe('B24 every default that is documented is the default of the code', () => {
    const inCode = formSettings({ ...HISTORY, ...PLANNING, ...SONARR, ...NOTIFY }, {});
    const asWritten = (value: unknown): string =>
      value === true ? 'yes' : value === null ? 'none' : JSON.stringify(value);
    const rows = read('README.md')
      .split('\n')
      .map((line) => /^\| `([a-z_]+)` .*\| *(\S+) *\|$/.exec(line))
      .filter((row) => row !== null)
      .map(([, reference = '', value = '']) => [reference, value] as const)
      // A key has none.
      .filter(([, value]) => value !== '–');

    it('the README names the options of the reference, defaults included', () => {
      expect(rows.map(([reference]) => reference).toSorted()).toEqual(
        [
          'cache_time',
          'check_overflow',
          'days_to_check',
          'episodes_to_check',
          'exec_frequency',
          'notifier',
          'search_cache',
          'skip_specials',
        ].toSorted(),
      );
    });

    it.each(rows)('%s is %s', (reference, value) => {
      const name = reference.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(asWritten(inCode[name as keyof typeof inCode])).toBe(value);
    });
  });
});
