/** Milliseconds of work after which others of this process get a turn. */
const TURN = 10;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Works through a list, ending the turn of the event loop every few milliseconds: the editor shares the thread. */
export const inSlices = async <T>(items: Iterable<T>, work: (item: T) => void): Promise<void> => {
  let since = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - since < TURN) continue;
    await nextTurn();
    since = performance.now();
  }
};
