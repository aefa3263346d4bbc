import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FlowView, type RunView, planView } from '../../src/core/up-next/index.js';
import { page } from '../../src/editor/up-next/page.js';
import { item, plan } from '../core/words/builders.js';
import { fakeEditor, type Language } from './fake-editor.js';
import { FakeElement } from './fake-element.js';

/** Of a day in the middle of it, wherever the test is run. */
const NOON = new Date(2026, 10, 22, 12, 0, 0);
const MINUTE = 60_000;
const before = (ms: number): string => new Date(NOON.getTime() - ms).toISOString();

const speaking = (language: Language): void => {
  fakeEditor(language);
  vi.stubGlobal('window', { RED: { i18n: { lang: () => language }, user: { hasPermission: () => true } } });
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  vi.stubGlobal('document', { createElement: () => new FakeElement() });
  speaking('en-US');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A plan of one Sonarr, by the run that made it and when. */
const planOf = (name: string, runId: string, at: string): FlowView['plans'][number] => {
  const made = plan({ run: { ...plan().run, id: runId }, at, items: [item(6)] });
  return { ...planView(made), sonarr: { id: name, name, url: '' }, recalled: false };
};

const RUN: RunView = {
  ...{ ids: ['tv'], startedAt: before(5000), ms: 900, running: false, dryRun: false },
  ...{ requests: { tautulli: 1, sonarr: 1, sabnzbd: 1 }, steps: [], errors: [] },
};

const shown = (plans: FlowView['plans'], lastRun: Partial<RunView> = {}): string => {
  const flow: FlowView = {
    ...{
      id: 'tab',
      home: 'tab',
      label: 'Two',
      run: { missing: null },
      planOnly: { missing: null },
      forgets: false,
      hiddenLook: null,
    },
    lastRun: { ...RUN, ...lastRun, recalled: false },
    plans,
  };
  const nothing = (): void => undefined;
  const view = { revision: 1, now: NOON.getTime(), flows: [flow] };
  const children = page({ view, failure: null, flow: null, pick: nothing, retry: nothing });
  return children
    .flatMap((child) => (child instanceof FakeElement ? child.text : []))
    .join(' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',');
};

describe('the plans of two Sonarrs', () => {
  const plans = [planOf('Sonarr', 'tv', before(5000)), planOf('Kids', 'old', before(10_000))];

  it('are told apart by the name of the node, which is not repeated', () => {
    const words = shown(plans);
    expect(words).toContain('Sonarr: Kids');
    expect(words).not.toContain('Sonarr: Sonarr');
  });

  it('that of an earlier run says so, and of when, although that was a moment ago', () => {
    expect(shown(plans)).toContain('Sonarr: Kids From an earlier run, as of 11:59 AM');
    expect(shown(plans).match(/earlier run/g)).toHaveLength(1);
    speaking('de');
    expect(shown(plans)).toContain('Sonarr: Kids Aus einem früheren Lauf, Stand 11:59');
  });
});

describe('when the last run was', () => {
  it('a moment ago', () => {
    expect(shown([])).toContain('Last run just now, took 900 ms');
    speaking('de');
    expect(shown([])).toContain('Letzter Lauf gerade eben, dauerte 900 ms');
  });

  it('and since when one is at work', () => {
    expect(shown([], { running: true, startedAt: before(3 * MINUTE) })).toContain('Running, started 3 minutes ago');
    expect(shown([], { running: true, dryRun: true })).toContain('Running, plan only, started just now');
    speaking('de');
    expect(shown([], { running: true, startedAt: before(3 * MINUTE) })).toContain('Läuft, begonnen vor 3 Minuten');
  });

  it('of an earlier run is told once as such, also when the last one made none at all', () => {
    expect(shown([planOf('Sonarr', 'old', before(10_000))]).match(/earlier run/g)).toHaveLength(1);
  });
});
