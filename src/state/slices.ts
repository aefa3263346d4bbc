/** Milliseconds of work after which others of this process get a turn. */
const TURN = 10;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs steps to their end, ending the turn of the event loop every few milliseconds. */
export const runInSlices = async <T>(steps: Iterator<unknown, T>): Promise<T> => {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < TURN) continue;
    await nextTurn();
    since = performance.now();
  }
};

/** Works through a list, ending the turn of the event loop every few milliseconds: the editor shares the thread. */
export const inSlices = <T>(items: Iterable<T>, work: (item: T) => void): Promise<void> => {
  function* steps(): Generator<undefined, void> {
    for (const item of items) {
      work(item);
      yield;
    }
  }
  return runInSlices(steps());
};
