import { describe, expect, it } from 'vitest';
import { Journal } from '../../../src/runtime/journal/journal.js';
import type { Node } from '../../../src/runtime/node-types.js';
import { NodeError } from '../../../src/runtime/node-error.js';
import { plan, run } from '../builders.js';

const node = (type: string, facts: object = {}): Node =>
  ({ id: type, type: `plex-jit-${type}`, z: 'tab', name: '', ...facts }) as unknown as Node;

const clocked = () => {
  const clock = { now: 1000 };
  return { clock, journal: new Journal(() => clock.now) };
};

const flow = (journal: Journal) => journal.flows[0];
const runsOf = (journal: Journal) => [...(flow(journal)?.runs.values() ?? [])];
const plansOf = (journal: Journal) => [...(flow(journal)?.plans.values() ?? [])].map(({ view }) => view);

const refused = new NodeError('refused', 'Sonarr at http://nas:8989 refused the connection.', {
  service: 'sonarr',
  retryable: true,
});

describe('the journal of runs', () => {
  it('puts the steps of one run together, with how long each took and what it said', () => {
    const { clock, journal } = clocked();
    const info = run();
    const history = journal.begin(node('tautulli-history'), info);
    clock.now += 40;
    history.end({ state: 'ok', text: '14 plays · 6 shows' });
    const search = journal.begin(node('sonarr-search'), info);
    search.progress('searching 1/3');
    clock.now += 300;
    expect(runsOf(journal).map(({ id, steps }) => [id, [...steps.values()].map(({ state }) => state)])).toEqual([
      [info.id, ['ok', 'working']],
    ]);
    search.end({ state: 'failed', text: 'Sonarr refused the connection', error: refused });
    const [only] = runsOf(journal);
    expect([...(only?.steps.values() ?? [])].map(({ state, ms, text }) => [state, ms, text])).toEqual([
      ['ok', 40, '14 plays · 6 shows'],
      ['failed', 300, 'Sonarr refused the connection'],
    ]);
    expect([...(only?.errors.values() ?? [])]).toEqual([
      { code: 'refused', service: 'sonarr', retryable: true, message: refused.message },
    ]);
  });

  it('keeps work that ended before it had a run as a run of its own, so that it is seen', () => {
    const { journal } = clocked();
    journal.begin(node('tautulli-history'), null).end({ state: 'failed', text: 'not set up', error: refused });
    journal.begin(node('tautulli-history'), null).end({ state: 'failed', text: 'not set up', error: refused });
    expect(runsOf(journal)).toHaveLength(2);
  });

  it('tells of work that ended before it had a run whether it was to be a dry one', () => {
    const { journal } = clocked();
    const end = { state: 'failed', text: 'not set up', error: refused } as const;
    journal.begin(node('tautulli-history'), null, true).end(end);
    journal.begin(node('tautulli-history'), null, false).end(end);
    expect(runsOf(journal).map(({ dryRun }) => dryRun)).toEqual([true, false]);
  });

  it('has a message wait at a node until its work begins, whatever else the node does for its run', () => {
    const { clock, journal } = clocked();
    const [first, second] = [run(), run()];
    const states = () =>
      runsOf(journal).map(({ steps }) => [...steps.values()].map(({ state, waiting }) => [state, waiting]));
    const busy = journal.begin(node('sonarr-search'), first);
    const again = journal.wait(node('sonarr-search'), first);
    const behind = journal.wait(node('sonarr-search'), second);
    expect(states()).toEqual([[['working', 1]], [['stopped', 1]]]);
    clock.now += 5000;
    busy.end({ state: 'ok', text: '' });
    expect(states()[0]).toEqual([['ok', 1]]);
    again.dropped();
    behind.begins();
    expect(states()).toEqual([[['ok', 0]], [['working', 0]]]);
    clock.now += 40;
    behind.end({ state: 'ok', text: '' });
    expect([...(runsOf(journal)[1]?.steps.values() ?? [])].map(({ ms, times }) => [ms, times])).toEqual([[40, 1]]);
  });

  it('moves a node that begins a run out of the run that its message came with', () => {
    const { journal } = clocked();
    const [old, fresh] = [run(), run()];
    const step = journal.begin(node('tautulli-history'), old);
    step.belongsTo(fresh);
    step.end({ state: 'ok', text: '' });
    expect(runsOf(journal).map(({ id, steps }) => [id, steps.size])).toEqual([
      [old.id, 0],
      [fresh.id, 1],
    ]);
  });

  it('keeps the last 20 runs of a flow and the last 20 flows', () => {
    const { journal } = clocked();
    for (let i = 0; i < 25; i += 1) journal.begin(node('next-episodes'), run()).end({ state: 'ok', text: '' });
    expect(runsOf(journal)).toHaveLength(20);
    for (let i = 0; i < 25; i += 1)
      journal.begin(node('next-episodes', { z: `tab ${i}` }), run()).end({ state: 'ok', text: '' });
    expect(journal.flows.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `tab ${i + 5}`));
  });

  it('keeps a run that is at work, or waits for it, however many begin and end meanwhile', () => {
    const { clock, journal } = clocked();
    const [searching, waiting] = [run(), run()];
    const search = journal.begin(node('sonarr-search'), searching);
    const behind = journal.wait(node('sonarr-search'), waiting);
    for (let i = 0; i < 25; i += 1) journal.begin(node('tautulli-history'), null).end({ state: 'failed', text: '' });
    expect(runsOf(journal)).toHaveLength(20);
    clock.now += 40;
    search.end({ state: 'ok', text: '' });
    behind.begins();
    const told = runsOf(journal).map(({ id, startedAt, steps }) => [id, startedAt, steps.get('sonarr-search')]);
    expect(told.slice(0, 2)).toMatchObject([
      [searching.id, 1000, { state: 'ok', times: 1 }],
      [waiting.id, 1000, { state: 'working', waiting: 0 }],
    ]);
    for (let i = 0; i < 25; i += 1) journal.begin(node('sonarr-search'), run());
    expect(runsOf(journal)).toHaveLength(20);
  });

  it('bounds the errors of a run and the length of each', () => {
    const { journal } = clocked();
    const errors = Array.from({ length: 200 }, (_, i) => ({
      code: 'timeout',
      server: 'Sonarr',
      service: 'sonarr' as const,
      operation: 'search',
      status: null,
      retryable: true,
      message: `${i} ${'x'.repeat(5000)}`,
    }));
    const info = run();
    journal.begin(node('next-episodes'), info).sends(plan({ run: info, errors }));
    const [only] = runsOf(journal);
    expect(only?.errors.size).toBe(50);
    expect(Math.max(...[...(only?.errors.values() ?? [])].map(({ message }) => message.length))).toBe(500);
  });

  it('tells its listener of each change, with a greater revision', () => {
    const { journal } = clocked();
    const heard: number[] = [];
    journal.onChange(() => heard.push(journal.revision));
    journal.begin(node('next-episodes'), run()).progress('planning');
    expect(heard.length).toBeGreaterThan(1);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
  });
});

describe('the plans in the journal', () => {
  const at = (minute: number): string => `2026-11-22T18:${String(minute).padStart(2, '0')}:00.000Z`;
  const dry = (minute: number) => plan({ run: run({ dryRun: true }), at: at(minute) });

  it('are the latest of each Sonarr', () => {
    const { journal } = clocked();
    const info = run();
    const step = journal.begin(node('next-episodes'), info);
    for (const id of ['one', 'two', 'one'])
      step.sends(plan({ run: info, sonarr: { id, name: id, url: 'http://nas:8989' } }));
    expect(plansOf(journal).map(({ sonarr }) => sonarr.id)).toEqual(['one', 'two']);
  });

  it('hold what a search found out so far, and no partial plan replaces the whole one of the same run', () => {
    const { journal } = clocked();
    const info = run();
    const search = journal.begin(node('sonarr-search'), info);
    search.sends(plan({ run: info, partial: true }));
    expect(plansOf(journal)[0]?.partial).toBe(true);
    search.sends(plan({ run: info }));
    journal.begin(node('sabnzbd-priority'), info).sends(plan({ run: info, partial: true }));
    expect(plansOf(journal)[0]?.partial).toBe(false);
  });

  it('of an older run do not replace those of a newer one', () => {
    const { journal } = clocked();
    const step = journal.begin(node('next-episodes'), run());
    step.sends(plan({ run: run(), at: at(5) }));
    step.sends(plan({ run: run(), at: at(1) }));
    expect(plansOf(journal).map((one) => one.at)).toEqual([at(5)]);
  });

  it('of a look at what would be done stand beside those of what was done', () => {
    const { journal } = clocked();
    const step = journal.begin(node('next-episodes'), run());
    step.sends(plan({ run: run(), at: at(5) }));
    step.sends(dry(6));
    step.sends(dry(7));
    expect(plansOf(journal).map((one) => [one.dryRun, one.at])).toEqual([
      [false, at(5)],
      [true, at(7)],
    ]);
  });

  it('are not changed by whoever changes the message afterwards', () => {
    const { journal } = clocked();
    const sent = { ...plan(), notes: ['one'] };
    journal.begin(node('next-episodes'), run()).sends(sent);
    sent.notes.push('two');
    expect(plansOf(journal)[0]?.notes).toEqual(['one']);
  });

  it('of anything that is no plan are none', () => {
    const { journal } = clocked();
    const step = journal.begin(node('next-episodes'), run());
    for (const payload of [undefined, null, 'plan', [], { items: [] }]) step.sends(payload);
    expect(plansOf(journal)).toEqual([]);
  });
});
