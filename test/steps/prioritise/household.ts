import type { Plan, PlanItem, PrioritySettings } from '../../../src/core/contracts/index.js';
import { openSabnzbdState, type SabnzbdState } from '../../../src/state/sabnzbd.js';
import { prioritise, type PrioritiseDeps, type PrioritiseOutcome } from '../../../src/steps/prioritise/index.js';
import { FakeLog, FakeStore } from '../../state/fake-store.js';
import { planOf, SABNZBD } from '../servers/plans.js';
import { FakeSabnzbd } from '../servers/sabnzbd.js';
import { scopeOf, TestClock, type TestScope } from '../servers/scope.js';

export const SETTINGS: PrioritySettings = { raise: 'high', waitForJob: 10, dryRun: false };

/** A SABnzbd, its wanted order and a run of the step. */
export class Queue {
  readonly clock = new TestClock();
  readonly sab: FakeSabnzbd;
  readonly store = new FakeStore();
  readonly state: SabnzbdState;
  readonly scope: TestScope;
  /** While the step waits. */
  onSleep: () => void = () => undefined;

  constructor(queue = '') {
    this.sab = new FakeSabnzbd(queue);
    this.scope = scopeOf(this.clock, () => this.onSleep());
    this.state = openSabnzbdState({
      url: SABNZBD.url,
      stores: [this.store],
      log: new FakeLog(),
      now: this.clock.now,
    });
  }

  run(
    plan: Plan,
    facts: Partial<PrioritySettings & Pick<PrioritiseDeps, 'owner' | 'newerWaits'>> = {},
  ): Promise<PrioritiseOutcome> {
    const { owner, newerWaits, ...settings } = facts;
    return prioritise(
      plan,
      { ...SETTINGS, ...settings },
      {
        ...this.scope,
        client: this.sab,
        server: SABNZBD,
        state: this.state,
        ...(owner === undefined ? {} : { owner }),
        ...(newerWaits === undefined ? {} : { newerWaits }),
      },
    );
  }
}

/** The partial plans of a run that grabs these one after the other, and the whole one. */
export const grabsOf = (items: readonly PlanItem[]): { upTo: (last: number) => Plan; whole: Plan } => {
  const whole = planOf(items);
  const notYet = { downloadId: null, result: null, release: null };
  return {
    upTo: (last) => ({
      ...whole,
      partial: true,
      items: items.map((one, i) => (i <= last || one.result === null ? one : { ...one, ...notYet })),
    }),
    whole,
  };
};
