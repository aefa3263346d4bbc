import { describe, expect, it } from 'vitest';
import type { RunError } from '../../src/core/contracts/index.js';
import { exitCode, failureLines, jsonReport, planText } from '../../scripts/start/report.js';
import type { FlowOutcome, NodeFailure } from '../../scripts/start/run-flow.js';
import { grabbed, item, plan } from '../core/words/builders.js';

const LOST = 'SABnzbd at http://nas:8080 refused the API key (403).';
const error = (message: string): RunError => ({
  code: 'key-refused',
  server: 'SABnzbd at http://nas:8080',
  service: 'sabnzbd',
  operation: 'read the queue',
  status: 403,
  retryable: false,
  message,
});
const failure = (message: string): NodeFailure => ({ code: 'key-refused', node: 'plex-jit-sabnzbd-priority', message });

const outcome = (facts: Partial<FlowOutcome> = {}): FlowOutcome => ({
  plan: plan(),
  planned: plan(),
  failures: [],
  requests: { tautulli: 1, sonarr: 2, sabnzbd: 3 },
  ms: 12,
  ...facts,
});

describe('the exit code', () => {
  it('is 0 when nothing failed, also when plays match nothing and searches find nothing', () => {
    const items = [item(6, { result: { code: 'nothing-found', text: '' } })];
    const unmatched = [{ play: {} as never, code: 'series-not-in-sonarr', text: '', candidates: [] }] as const;
    expect(exitCode(outcome({ plan: plan({ items, unmatched }) }))).toBe(0);
  });

  it.each([
    ['an item failed', { plan: plan({ errors: [error(LOST)] }) }],
    ['a node reported a failure', { failures: [failure(LOST)] }],
    ['there is no plan', { plan: null }],
  ])('is 1 when %s', (_, facts) => {
    expect(exitCode(outcome(facts))).toBe(1);
  });
});

describe('the lines of failures', () => {
  it('name each once, though a lost server is in the plan and reaches Catch', () => {
    const facts = { plan: plan({ errors: [error(LOST), error('Echo Bay: gone.')] }), failures: [failure(LOST)] };
    expect(failureLines(outcome(facts))).toEqual([LOST, 'Echo Bay: gone.']);
  });

  it('name a lost server with the episode at which it was lost, not twice', () => {
    const facts = { plan: plan({ errors: [error(`Echo Bay S01E02: ${LOST}`)] }), failures: [failure(LOST)] };
    expect(failureLines(outcome(facts))).toEqual([`Echo Bay S01E02: ${LOST}`]);
  });

  it('are none when all went well, and one when there is no plan and nobody says why', () => {
    expect(failureLines(outcome())).toEqual([]);
    expect(failureLines(outcome({ plan: null }))).toEqual(['The flow ended without a plan.']);
  });
});

describe('the report', () => {
  it('in JSON has the items and each error once', () => {
    const facts = { plan: plan({ items: [grabbed(6)], errors: [error(LOST)] }), failures: [failure(LOST)] };
    expect(jsonReport(outcome(facts))).toMatchObject({
      plan: [{ season: 2, episode: 6, queue: { position: 0 } }],
      errors: [{ message: LOST, service: 'sabnzbd' }],
      requests: { tautulli: 1, sonarr: 2, sabnzbd: 3 },
      ms: 12,
    });
  });

  it('in JSON has all its fields when there is no plan', () => {
    expect(jsonReport(outcome({ plan: null, failures: [failure(LOST)] }))).toEqual({
      plan: [],
      threads: [],
      unmatched: [],
      errors: [failure(LOST)],
      requests: { tautulli: 1, sonarr: 2, sabnzbd: 3 },
      ms: 12,
    });
  });

  it('for people is the table and what changed; nothing without a plan', () => {
    expect(planText(outcome(), 120)).toBe('Nobody needs an episode right now.\n\nNothing changed.\n');
    expect(planText(outcome({ plan: null }), 120)).toBeNull();
  });
});
