import type { StepScope } from '../../../src/steps/scope.js';
import { toInstant } from '../../../src/core/time.js';
import { FakeLog } from '../../state/fake-store.js';

export const START = Date.parse('2026-11-22T18:00:00Z');

/** Time that passes only by sleeping and working; nothing waits for the real clock. */
export class TestClock {
  ms = START;
  readonly slept: number[] = [];

  readonly now = (): number => this.ms;
  pass(ms: number): void {
    this.ms += ms;
  }
  instant(minutes = 0): string {
    return toInstant(this.ms + minutes * 60_000);
  }
}

export interface TestScope extends StepScope {
  readonly log: FakeLog;
  readonly controller: AbortController;
}

export const scopeOf = (clock: TestClock, onSleep: () => void = () => undefined): TestScope => {
  const controller = new AbortController();
  return {
    controller,
    signal: controller.signal,
    now: clock.now,
    log: new FakeLog(),
    sleep: async (ms) => {
      await Promise.resolve();
      controller.signal.throwIfAborted();
      clock.slept.push(ms);
      clock.pass(ms);
      onSleep();
    },
  };
};
