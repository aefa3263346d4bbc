import type { Episode, ReasonCode } from '../../core/contracts/index.js';
import { counted } from '../../core/labels.js';
import { DAY, toInstant, toMs } from '../../core/time.js';
import type { MonitoredForAWhile } from '../../state/entries.js';
import { itemError } from '../failures.js';
import type { Work } from './work.js';

/** Episodes that no plan covers are read by id this often at most, and only after that time. */
const STRAY_EVERY = DAY;

/** Items that need nothing whether they have a file or not. */
const FILE_UNKNOWN: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['watched', 'excluded', 'no-air-date']);

type Known = Pick<Episode, 'id' | 'hasFile' | 'monitored'>;

/**
 * Puts back what was monitored until it has its file; one that is unmonitored by now was changed by somebody and is
 * forgotten. The plan says it of the episodes in its windows, without a request; the others are read together, once a day.
 */
export const putBackMonitoring = async (work: Work): Promise<void> => {
  const { state } = work.deps;
  await state.monitored.load();
  const entries = state.monitored.all();
  if (entries.length === 0) return;
  const known = new Map<number, Known>();
  for (const { episodeId, monitored, reason } of work.ledger.items()) {
    if (FILE_UNKNOWN.has(reason.code)) continue;
    known.set(episodeId, { id: episodeId, monitored, hasFile: reason.code === 'on-disk' });
  }
  const strays = await readStrays(
    work,
    entries.filter(({ episodeId }) => !known.has(episodeId)),
  );
  for (const episode of strays) known.set(episode.id, episode);
  const done = entries.flatMap(({ episodeId }) => known.get(episodeId) ?? []).filter((episode) => episode.hasFile);
  await putBack(work, done);
};

const putBack = async (work: Work, done: readonly Known[]): Promise<void> => {
  const { client, state, signal, log } = work.deps;
  const ids = done.filter((episode) => episode.monitored).map((episode) => episode.id);
  try {
    if (ids.length > 0) await client.setMonitored(ids, false);
  } catch (error) {
    work.ledger.error(itemError(error, signal).toRunError());
    return;
  }
  if (ids.length > 0)
    log.info('monitoring-restored', `Monitoring restored for ${counted(ids.length, 'episode')} whose file is there.`);
  const keys = done.map((episode) => String(episode.id));
  await work.remember('what is monitored temporarily', () => state.monitored.remove(...keys));
};

const readStrays = async (work: Work, strays: readonly MonitoredForAWhile[]): Promise<readonly Known[]> => {
  const { state, now, signal } = work.deps;
  const { strayReadAt } = state.session;
  const old = strays.filter(({ at }) => now() - toMs(at) >= STRAY_EVERY).map(({ episodeId }) => episodeId);
  if (old.length === 0 || (strayReadAt !== null && Math.abs(now() - strayReadAt) < STRAY_EVERY)) return [];
  state.session.strayReadAt = now();
  try {
    return await readByIds(work, old);
  } catch (error) {
    work.ledger.error(itemError(error, signal).toRunError());
    return [];
  }
};

const readByIds = async (work: Work, ids: readonly number[]): Promise<readonly Known[]> => {
  const { client, signal } = work.deps;
  try {
    return (await client.episodesByIds(ids)).rows;
  } catch (error) {
    if (itemError(error, signal).code !== 'unknown-episode') throw error;
    if (ids.length > 1) return readHalves(work, ids);
    // It was deleted from Sonarr: as good as changed by somebody.
    return ids.map((id) => ({ id, hasFile: true, monitored: false }));
  }
};

/** One unknown id fails the request for all: halves, until it stands alone. */
const readHalves = async (work: Work, ids: readonly number[]): Promise<readonly Known[]> => {
  const half = Math.ceil(ids.length / 2);
  const first = await readByIds(work, ids.slice(0, half));
  return [...first, ...(await readByIds(work, ids.slice(half)))];
};

/** Monitors what is about to be searched, in one request. Searching works without it, so a failure is only told. */
export const monitor = async (work: Work): Promise<void> => {
  const { settings, ledger } = work;
  const { client, state, now, signal } = work.deps;
  if (settings.monitor === 'never') return;
  const asked = ledger.items().filter((item) => item.action === 'monitor' || ledger.isWanted(item.episodeId));
  const ids = asked.filter((item) => !item.monitored).map((item) => item.episodeId);
  if (ids.length === 0) return;
  if (settings.monitor === 'until-file') {
    const at = toInstant(now());
    // Before the request: an entry too many is harmless, one too few leaves the episode monitored for good.
    await work.remember('what is monitored temporarily', () =>
      state.monitored.put(...ids.map((episodeId) => ({ episodeId, at }))),
    );
  }
  try {
    await client.setMonitored(ids, true);
    for (const id of ids) ledger.change(id, { monitored: true });
  } catch (error) {
    const failure = itemError(error, signal).toRunError();
    ledger.error(failure);
    for (const id of ids) ledger.change(id, { error: failure });
  }
};
