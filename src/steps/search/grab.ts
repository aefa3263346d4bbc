import type { PlanItem, Release, RunError } from '../../core/contracts/index.js';
import { SECOND, toInstant } from '../../core/time.js';
import type { GrabIntent } from '../../state/entries.js';
import type { ServiceError } from '../../clients/http/service-error.js';
import { isWholeServer, memoryFailed, namedError, ServerLost, serviceError, surelyNotGrabbed } from '../failures.js';
import { intentFor, traceOf } from './intents.js';
import { nameOf } from './ledger.js';
import type { Work } from './work.js';

/** What came of one `POST /release`. */
export type Sent =
  | { readonly kind: 'grabbed'; readonly downloadId: string | null; readonly lost: ServiceError | null }
  /** Surely not made. */
  | { readonly kind: 'refused'; readonly error: ServiceError }
  /** It may have been made. */
  | { readonly kind: 'unsettled'; readonly intent: GrabIntent; readonly error: ServiceError };

/** The intent could not be stored: nothing was sent. */
export class NotRemembered extends Error {
  readonly error: RunError;

  constructor(error: RunError) {
    super(error.message);
    this.error = error;
  }
}

/** Sends one grab: the intent is kept before, and until it is known what came of it; that of a grab until the run has ended. */
export const sendGrab = async (work: Work, item: PlanItem, release: Release): Promise<Sent> => {
  const { client, signal, now } = work.deps;
  const intent = intentFor(item, release, now());
  await keepIntent(work, item, intent);
  signal.throwIfAborted();
  try {
    await client.grab({ guid: release.guid, indexerId: release.indexerId });
  } catch (error) {
    return afterFailure(work, intent, serviceError(error, signal));
  }
  work.grabbed.push(intent);
  return { kind: 'grabbed', ...(await downloadIdOf(work, item, intent)) };
};

const keepIntent = async (work: Work, item: PlanItem, intent: GrabIntent): Promise<void> => {
  const { intents } = work.deps.shared;
  try {
    await intents.put(intent);
  } catch (error) {
    // The working copy has it already.
    await intents.remove(String(intent.episodeId)).catch(() => undefined);
    const what = `the grab of ${nameOf(item)} before it is sent, so it was not sent`;
    throw new NotRemembered(work.runError('memory-failed', `grab ${nameOf(item)}`, memoryFailed(what, error)));
  }
};

const forget = (work: Work, ...intents: readonly GrabIntent[]): Promise<void> =>
  work.remember('that a grab is settled', () =>
    work.deps.shared.intents.remove(...intents.map(({ episodeId }) => String(episodeId))),
  );

/** The run has ended, and its plan tells of its grabs. One that is stopped tells nothing: the next finds what it grabbed by these intents. */
export const forgetGrabs = (work: Work): Promise<void> => forget(work, ...work.grabbed);

const afterFailure = async (work: Work, intent: GrabIntent, error: ServiceError): Promise<Sent> => {
  if (surelyNotGrabbed(error)) {
    await forget(work, intent);
    return { kind: 'refused', error };
  }
  const lost = { ...intent, lostAt: toInstant(work.deps.now()) };
  await work.remember('that the response to a grab was lost', () => work.deps.shared.intents.put(lost));
  work.deps.log.warn(
    'answer-lost',
    `The response to the grab of "${intent.title}" was lost; checking Sonarr's history.`,
  );
  return askHistory(work, lost, error);
};

const askHistory = async (work: Work, intent: GrabIntent, error: ServiceError): Promise<Sent> => {
  try {
    const trace = await traceOf(work, intent);
    if (trace === null) return { kind: 'unsettled', intent, error };
    work.grabbed.push(intent);
    return { kind: 'grabbed', downloadId: trace.downloadId, lost: null };
  } catch (failure) {
    return { kind: 'unsettled', intent, error: serviceError(failure, work.deps.signal) };
  }
};

/** History has it when Sonarr answers the grab; asked again only if it should not. */
const ASK_AGAIN = [SECOND / 2, 2 * SECOND];

const downloadIdOf = async (
  work: Work,
  item: PlanItem,
  intent: GrabIntent,
): Promise<{ downloadId: string | null; lost: ServiceError | null }> => {
  const { sleep, signal, log } = work.deps;
  try {
    let trace = await traceOf(work, intent, 1);
    for (const ms of ASK_AGAIN) {
      if (trace !== null) break;
      await sleep(ms);
      trace = await traceOf(work, intent, 1);
    }
    if (trace === null)
      log.warn('no-download-id', `${nameOf(item)} was grabbed, but Sonarr's history does not say as which download.`);
    return { downloadId: trace?.downloadId ?? null, lost: null };
  } catch (error) {
    const lost = serviceError(error, signal);
    work.ledger.error(namedError(lost, 'find the download of', nameOf(item)));
    return { downloadId: null, lost };
  }
};

/** Ends the run when a failure means that Sonarr cannot be used. */
export const endIfLost = (error: ServiceError | null): void => {
  if (error !== null && isWholeServer(error)) throw new ServerLost(error);
};
