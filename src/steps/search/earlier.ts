import { toInstant } from '../../core/time.js';
import type { Work } from './work.js';

/** Has the plan carry what earlier runs of this flow did: one that was stopped since has told nobody. */
export const carryEarlier = async (work: Work): Promise<void> => {
  const { state, owner } = work.deps;
  await work.remember('what earlier runs did', () => state.earlier.prune());
  for (const { owner: whose, ...item } of state.earlier.all()) if (whose === owner) work.ledger.carry(item);
};

/** Remembers what was done for these episodes, for the plans of the next runs. */
export const rememberDone = async (work: Work, episodeIds: readonly number[]): Promise<void> => {
  const { state, owner, now } = work.deps;
  const at = toInstant(now());
  const done = episodeIds.flatMap((id) => {
    const item = work.ledger.get(id);
    if (item === undefined || item.result === null) return [];
    const { series, season, episode, episodeId, viewers, result, release, downloadId } = item;
    return [{ series, season, episode, episodeId, viewers, result, release, downloadId, at, owner }];
  });
  await work.remember('what was done, to be announced', () => state.earlier.put(...done));
};
