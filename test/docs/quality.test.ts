import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchors, readText, ROOT, tableRows } from './markdown.js';

/** The scale of Home Assistant, as of 2026. */
const RULES = `
  config-flow test-before-configure config-flow-test-coverage test-before-setup unique-config-entry action-setup
  appropriate-polling common-modules runtime-data dependency-transparency brands docs-high-level-description
  docs-installation-instructions docs-removal-instructions docs-actions docs-triggers docs-conditions entity-event-setup
  docs-configuration-parameters docs-installation-parameters test-coverage action-exceptions parallel-updates
  integration-owner config-entry-unloading entity-unavailable log-when-unavailable reauthentication-flow
  exception-translations reconfiguration-flow diagnostics repair-issues dynamic-devices stale-devices
  docs-troubleshooting docs-data-update docs-known-limitations docs-supported-devices docs-supported-functions
  docs-examples docs-use-cases strict-typing inject-websession async-dependency discovery discovery-update-info devices
  entity-unique-id has-entity-name entity-category entity-device-class entity-disabled-by-default entity-translations
  icon-translations`
  .trim()
  .split(/\s+/);

const rows = tableRows(readText('docs/quality.md'))
  .filter(([rule = '']) => /^[a-z-]+$/.test(rule) && rule !== 'rule' && !/^-+$/.test(rule))
  .map(([rule = '', state = '', ...rest]) => ({ rule, state, reason: rest[0] ?? '', proof: rest.at(-1) ?? '' }));

interface Target {
  /** From the root. */
  readonly path: string;
  /** Empty without. */
  readonly anchor: string;
}

const targets = (proof: string): readonly Target[] =>
  [...proof.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)].map(([, path = '', anchor = '']) => ({
    path: normalize(join(dirname('docs/quality.md'), path)),
    anchor,
  }));

/** What vitest takes for a file of tests; the last test holds it to the configuration. */
const isRun = (path: string): boolean => /^test\/(?:.+\/)?[^/]+\.test\.ts$/.test(path);

/** Why a link proves nothing; null when it may. */
const fault = ({ path, anchor }: Target): string | null => {
  if (!existsSync(join(ROOT, path))) return `${path} is not there`;
  if (path.startsWith('test/') && !isRun(path)) return `${path} is no file of tests that is run`;
  if (anchor !== '' && !anchors(readText(path)).includes(anchor)) return `${path} has no heading #${anchor}`;
  return null;
};

describe('the quality scale', () => {
  it('has every rule once', () => {
    expect(rows.map(({ rule }) => rule).sort()).toEqual([...RULES].sort());
  });

  it.each(rows)('has a proof that exists, or a reason, for $rule', ({ state, reason, proof }) => {
    expect(['done', 'exempt']).toContain(state);
    if (state === 'exempt') expect(reason.length).toBeGreaterThan(10);
    else expect(targets(proof)).not.toEqual([]);
    expect(targets(proof).flatMap((target) => fault(target) ?? [])).toEqual([]);
  });

  it('takes for a proof only what is there, tests that are run, headings that a document has', () => {
    const of = (link: string): readonly (string | null)[] => targets(`[x](${link})`).map(fault);
    expect(of('../test/docs/quality.test.ts')).toEqual([null]);
    expect(of('../README.md#memory')).toEqual([null]);
    expect(of('../test/docs/markdown.ts')).toEqual([expect.stringContaining('is run')]);
    expect(of('../test/docs/nothing.test.ts')).toEqual([expect.stringContaining('not there')]);
    expect(of('../README.md#no-such-heading')).toEqual([expect.stringContaining('#no-such-heading')]);
  });

  it('knows what vitest runs', () => {
    const config = readText('vitest.config.mts');
    expect(config).toContain("include: ['test/**/*.test.ts'],\n");
    // Of the tests nothing is left out; of the coverage some is.
    expect(config.slice(0, config.indexOf('coverage:'))).not.toContain('exclude');
  });
});
