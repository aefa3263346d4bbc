import { describe, expect, it } from 'vitest';
import type { JitMessage } from '../../src/runtime/node-types.js';
import { continued, countRequest, newRun, runOf, tally } from '../../src/runtime/run.js';
import { run } from './builders.js';

const now = () => Date.parse('2026-11-22T17:00:00Z');
const message = (plexJit?: object): JitMessage => ({ _msgid: '1', payload: [], plexJit });
const request = (service: 'sonarr' | 'tautulli') =>
  ({ service, method: 'GET', operation: 'read', path: '/', status: 200, ms: 1, bytes: 1 }) as const;

describe('a run', () => {
  it('begins with an id of its own and no requests', () => {
    const [one, other] = [newRun(message(), now), newRun(message(), now)];
    expect(one).toMatchObject({
      startedAt: '2026-11-22T17:00:00.000Z',
      dryRun: false,
      requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
    });
    expect(one.id).not.toBe(other.id);
  });

  it('is carried with the plays', () => {
    const carried = run();
    expect(runOf(message({ run: carried }), now)).toEqual(carried);
  });

  it('begins anew for plays of a source that carries none', () => {
    expect(runOf(message(), now).requests).toEqual({ tautulli: 0, sonarr: 0, sabnzbd: 0 });
    expect(runOf(message({ run: 'mine' }), now).id).not.toBe('mine');
  });

  it('once dry stays dry, and becomes dry on the way when a message asks for it', () => {
    expect(continued(run({ dryRun: true }), message({ dryRun: false })).dryRun).toBe(true);
    expect(continued(run(), message({ dryRun: true })).dryRun).toBe(true);
    expect(continued(run(), message()).dryRun).toBe(false);
  });

  it('counts the requests of all its copies together, on top of those that came with it', () => {
    const whole = run({ requests: { tautulli: 1, sonarr: 2, sabnzbd: 0 } });
    const copy = structuredClone(whole);
    countRequest(whole, request('sonarr'));
    countRequest(copy, request('sonarr'));
    countRequest(copy, request('tautulli'));
    tally(whole);
    expect(whole.requests).toEqual({ tautulli: 2, sonarr: 4, sabnzbd: 0 });
  });
});
