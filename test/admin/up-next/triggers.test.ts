import { describe, expect, it } from 'vitest';
import type { Deployed } from '../../../src/admin/up-next/deployed.js';
import { triggersOf } from '../../../src/admin/up-next/triggers.js';

const history: Deployed = { id: 'history', type: 'plex-jit-tautulli-history', z: 'tab', wires: [['next']] };
const next: Deployed = { id: 'next', type: 'plex-jit-next-episodes', z: 'tab', wires: [[]] };
const inject = (id: string, to: string, more: Partial<Deployed> = {}): Deployed => ({
  ...{ id, type: 'inject', z: 'tab', repeat: '', crontab: '', wires: [[to]] },
  ...more,
});

/** What starts the flow `tab`, by ids. */
const starts = (ours: readonly Deployed[], others: readonly Deployed[]) => {
  const all = new Map([...others, ...ours].map((node) => [node.id, node]));
  const found = triggersOf({ id: 'tab', home: 'tab', label: 'Tab', nodes: ours }, all);
  return [found.inject?.id ?? null, ...found.histories.map(({ id }) => id)];
};

describe('what starts a flow', () => {
  it('is the inject that is wired to its history node, over other nodes too', () => {
    const gate: Deployed = { id: 'gate', type: 'function', z: 'tab', wires: [['history']] };
    expect(starts([history, next], [inject('button', 'gate'), gate])).toEqual(['button', 'history']);
    expect(starts([history, next], [inject('elsewhere', 'next')])).toEqual([null, 'history']);
  });

  it('is the timer before a button, be it set in seconds or by times of day', () => {
    const timer = inject('timer', 'history', { repeat: '3600' });
    const daily = inject('timer', 'history', { crontab: '00 12 * * *' });
    for (const one of [timer, daily]) expect(starts([history], [inject('button', 'history'), one])[0]).toBe('timer');
  });

  it('is its own before one of another tab, timer or not', () => {
    const others = [inject('other', 'history', { z: 'other', repeat: '60' }), inject('own', 'history')];
    expect(starts([history], others)[0]).toBe('own');
    expect(starts([history], others.slice(0, 1))[0]).toBe('other');
  });

  it('is none that is disabled', () => {
    expect(starts([history], [inject('off', 'history', { d: true })])[0]).toBeNull();
  });

  it('may come over link nodes', () => {
    const out: Deployed = { id: 'out', type: 'link out', z: 'other', links: ['in'], wires: [] };
    const entry: Deployed = { id: 'in', type: 'link in', z: 'tab', links: ['out'], wires: [['history']] };
    expect(starts([history], [inject('far', 'out', { z: 'other' }), out, entry])[0]).toBe('far');
  });

  it('is what leads to any of its nodes where the plays come from another source', () => {
    expect(starts([next], [inject('button', 'next')])).toEqual(['button']);
  });
});
