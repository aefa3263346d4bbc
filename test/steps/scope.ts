import type { FakeLog } from '../state/fake-store.js';
import type { StepScope } from '../../src/steps/scope.js';

/** A clock that tests set, and a scope that goes by it. */
export class TestClock {
  now: number;

  constructor(at: string) {
    this.now = Date.parse(at);
  }

  pass(ms: number): void {
    this.now += ms;
  }

  scope(log: FakeLog, signal: AbortSignal = new AbortController().signal): StepScope {
    return {
      signal,
      log,
      now: () => this.now,
      sleep: async (ms) => {
        this.now += ms;
      },
    };
  }
}
