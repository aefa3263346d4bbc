import type { Job } from './queue.js';
import type { JitMessage, Outputs } from './node-types.js';
import { type NodeError, toNodeError } from './node-error.js';

/** What came of a message: what to send on (nothing when empty), and the failure that ended the work half-way, if one did. */
export interface Outcome {
  readonly outputs: Outputs;
  readonly fatal?: unknown;
}

export type Work = (msg: JitMessage) => Promise<Outcome>;

export type Ended =
  { readonly how: 'sent' } | { readonly how: 'closed' } | { readonly how: 'failed'; readonly error: NodeError };

const settle = <T>(work: () => Promise<T>) =>
  Promise.resolve()
    .then(work)
    .then(
      (value) => ({ ok: true as const, value }),
      (error: unknown) => ({ ok: false as const, error }),
    );

const finish = (job: Job, error?: NodeError): Ended => {
  job.done(error);
  return error === undefined ? { how: 'sent' } : { how: 'failed', error };
};

/**
 * Runs the work on one message and calls `send` and `done` once each at most; never throws and never rejects.
 * An abort (the node is closed) ends silently. A failure goes to `done(error)`; what had been done before it is sent first.
 */
export const runGuarded = async (job: Job, work: Work, signal: AbortSignal): Promise<Ended> => {
  const result = await settle(() => work(job.msg));
  if (signal.aborted) {
    job.done();
    return { how: 'closed' };
  }
  if (!result.ok) return finish(job, toNodeError(result.error));
  const { outputs, fatal } = result.value;
  const sent = await settle(async () => {
    if (outputs.length > 0) job.send([...outputs]);
  });
  if (!sent.ok) return finish(job, toNodeError(sent.error));
  return fatal === undefined || fatal === null ? finish(job) : finish(job, toNodeError(fatal));
};
