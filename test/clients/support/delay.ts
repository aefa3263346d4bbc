import { monitorEventLoopDelay } from 'node:perf_hooks';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The longest time, in ms, that others had to wait while the work was done; the best of five, since the machine is not ours alone. */
export const longestTurn = async (work: () => Promise<unknown>): Promise<number> => {
  const longest: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    await wait(20);
    delay.enable();
    await work();
    await wait(20);
    delay.disable();
    longest.push(delay.max / 1e6);
  }
  return Math.min(...longest);
};
