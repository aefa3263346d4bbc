import type { SandboxClock } from '../sandbox/world/types.js';

/** A clock that stands still until it is moved. */
export const handClock = (start = Date.UTC(2026, 10, 22, 6, 0, 0)): SandboxClock => {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      now += ms;
    },
  };
};
