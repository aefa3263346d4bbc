import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText, ROOT, tableRows } from './markdown.js';

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

const targets = (proof: string): readonly string[] =>
  [...proof.matchAll(/\]\(([^)#]+)/g)].map(([, path = '']) => normalize(join(dirname('docs/quality.md'), path)));

describe('the quality scale', () => {
  it('has every rule once', () => {
    expect(rows.map(({ rule }) => rule).sort()).toEqual([...RULES].sort());
  });

  it.each(rows)('has a proof that exists, or a reason, for $rule', ({ state, reason, proof }) => {
    expect(['done', 'exempt']).toContain(state);
    if (state === 'exempt') expect(reason.length).toBeGreaterThan(10);
    else expect(targets(proof)).not.toEqual([]);
    expect(targets(proof).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
