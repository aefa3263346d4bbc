import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FlowView, type RunView, type StepView, planView } from '../../src/core/up-next/index.js';
import { runButtons, runSection } from '../../src/editor/up-next/run.js';
import { item, plan } from '../core/words/builders.js';
import { fakeEditor, type Language } from './fake-editor.js';
import { FakeElement } from './fake-element.js';

const NOW = '2026-11-22T18:00:00.000Z';

const speaking = (language: Language): void => {
  fakeEditor(language);
  vi.stubGlobal('window', { RED: { i18n: { lang: () => language } } });
};

const run = (facts: Partial<RunView> = {}): RunView => ({
  ...{ ids: ['run'], startedAt: NOW, ms: 40, running: false, dryRun: false },
  requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
  steps: [],
  errors: [],
  ...facts,
});
const step = (facts: Partial<StepView>): StepView => ({
  ...{ node: 'a', type: 'sonarr-search', name: '', state: 'ok', text: '', ms: 40 },
  ...facts,
});

/** @param of the ids of the runs whose plans are shown */
const shown = (lastRun: RunView, of: readonly string[] = [], hiddenLook: FlowView['hiddenLook'] = null): string => {
  const plans = of.map((id) => ({
    ...planView(plan({ run: { ...plan().run, id }, items: [item(6)] })),
    recalled: false,
  }));
  const flow: FlowView = {
    ...{ id: 'tab', home: 'tab', label: 'Tab', run: { missing: null }, planOnly: { missing: null }, forgets: false },
    lastRun: { ...lastRun, recalled: false },
    hiddenLook,
    plans,
  };
  return (runSection(flow) as unknown as FakeElement).text.replace(/\s+/g, ' ');
};

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW) });
  vi.stubGlobal('document', { createElement: () => new FakeElement() });
  speaking('en-US');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the last run', () => {
  it('has the counts of all its branches', () => {
    const both = run({ ids: ['tv', 'anime'] });
    expect(shown(both, ['tv', 'anime'])).toContain('2 episodes checked');
    expect(shown(both, ['tv', 'other'])).toContain('1 episode checked');
  });

  it('that made no plan says so, whether it failed or not, and was not merely stopped', () => {
    const error = { code: 'refused', service: null, retryable: true, message: 'Refused.' };
    expect(shown(run({ errors: [error] }), ['old'])).toContain('The run ended without a plan.');
    expect(shown(run({ errors: [error] }))).toContain('The errors above say what to change');
    expect(shown(run(), ['old'])).toContain('without a plan and without an error');
    expect(shown(run())).toContain('without a plan and without an error');
    expect(shown(run({ steps: [step({ state: 'stopped' })] }))).not.toContain('without a plan');
    expect(shown(run({ running: true }), ['old'])).not.toContain('without a plan');
    expect(shown(run(), ['run'])).not.toContain('without a plan');
  });

  it('says that a plan-only run beside it is not shown', () => {
    expect(shown(run({ running: true }), ['run'], { startedAt: NOW })).toContain(
      'press “Plan only” once this run is over',
    );
    expect(shown(run({ running: true }), ['run'])).not.toContain('Plan only');
  });

  it("quotes a node's status behind a sentence of its own", () => {
    speaking('de');
    const steps = [
      step({ text: '2 of 2 grabbed' }),
      step({ state: 'working', text: 'waiting for another search' }),
      step({ state: 'waiting', text: '' }),
    ];
    const words = shown(run({ running: true, steps }));
    expect(words).toContain('Suche in Sonarr: fertig (40 ms) – 2 of 2 grabbed');
    expect(words).toContain('Suche in Sonarr: läuft – waiting for another search');
    expect(words).toMatch(/Suche in Sonarr: wartet +(Suche|Schritte|$)/);
  });
});

describe('the buttons that start a run', () => {
  const FLOW: FlowView = {
    ...{ id: 'tab', home: 'tab', label: 'Tab', run: { missing: null }, planOnly: { missing: null }, forgets: false },
    ...{ lastRun: null, hiddenLook: null, plans: [] },
  };
  /** Which of the two can be pressed, and what is said below them. */
  const buttons = (flow: FlowView, mayWrite = true) => {
    const hasPermission = (permission: string): boolean => permission !== 'plex-jit.write' || mayWrite;
    vi.stubGlobal('window', { RED: { i18n: { lang: () => 'en-US' }, user: { hasPermission } } });
    const made = (runButtons(flow) as unknown as FakeElement).children;
    const isOff = (one: FakeElement): boolean => one.getAttribute('aria-disabled') === 'true';
    return { off: made.slice(0, 2).map(isOff), said: made.slice(2).map(({ text }) => text) };
  };

  it('can be pressed by whoever may write, and say nothing', () => {
    expect(buttons(FLOW)).toEqual({ off: [false, false], said: [] });
  });

  it('cannot by whoever may only read, and say so once', () => {
    expect(buttons(FLOW, false)).toEqual({ off: [true, true], said: ['You may look, but not start a run.'] });
  });

  it('cannot where there is nothing to start, each for its own reason', () => {
    const { off, said } = buttons({ ...FLOW, run: { missing: 'no-inject' } });
    expect([off, said.length, said[0]]).toEqual([[true, false], 1, expect.stringContaining('wire one to its first')]);
    const planOnly = buttons({ ...FLOW, planOnly: { missing: 'no-history' } });
    expect([planOnly.off, planOnly.said[0]]).toEqual([[false, true], expect.stringContaining('tautulli history node')]);
  });
});
