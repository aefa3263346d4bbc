import { must } from '../broken.js';
import type { Snapshot } from '../context-store.js';
import type { Life } from '../life.js';
import type { RunRecord } from '../record.js';

/** Characters for each series, above which something is kept for ever. */
const MOST = 60_000;

/** What a dry run must leave as it was. */
const LEFT_ALONE = /wants|wanted|announced|pending|intents|monitored|earlier|searches/;

/** Values by key without what is due to be dropped anyway. */
const kept = (snapshot: Snapshot): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...snapshot]
      .filter(([key]) => LEFT_ALONE.test(key))
      .map(([key, text]) => [
        key,
        ((JSON.parse(text) as { entries?: readonly unknown[] }).entries ?? []).map((entry) => JSON.stringify(entry)),
      ]),
  );

/** @param before what the context held before the run */
export const checkMemory = (life: Life, run: RunRecord, before: Snapshot): void => {
  const { store } = life.red;
  must(
    store.size < MOST * (life.household.world.series.length + 2),
    'memory is bounded',
    () => `${store.size} characters`,
  );
  if (run.dry && !run.cut) {
    const old = kept(before);
    for (const [key, entries] of kept(store.snapshot())) {
      const fresh = entries.filter((entry) => !(old.get(key) ?? []).includes(entry));
      must(fresh.length === 0, 'a dry run remembers nothing', () => `${key}: ${fresh.join()}`);
    }
  }
  if (run.healthy && !run.dry)
    must(store.entries('intents').length === 0, 'grabs are settled', () => JSON.stringify(store.entries('intents')));
};
