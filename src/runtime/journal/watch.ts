import type { RunInfo } from '../../core/contracts/index.js';
import type { Ended } from '../guard.js';
import type { JitMessage, Node, Outputs } from '../node-types.js';
import { runIn } from '../run.js';
import { asksForDryRun } from '../settings/read.js';
import type { Meaning } from '../status.js';
import { journal } from './journal.js';

/** What a flow node tells the journal of its work on one message. None of it ever fails: the work comes first. */
export interface Watch {
  /** The run that the message came with; null when it begins one. */
  readonly cameWith: string | null;
  /** Until then the message waits in the node's queue. */
  begins(): void;
  /** The message is let go without any work on it. */
  dropped(): void;
  belongsTo(run: RunInfo): void;
  progress(text: string): void;
  sends(outputs: Outputs): void;
  /** @param shown the node's status afterwards */
  end(ended: Ended, shown: Meaning): void;
}

/** A message of another source may hold anything: what cannot be written down is left out. */
const quietly = (write: () => void): void => {
  try {
    write();
  } catch {
    // Seen by nobody: the journal is for looking on.
  }
};

const textOf = (meaning: Meaning): string => (meaning.is === 'idle' ? '' : meaning.text);

/** What is read of a message; `none` where reading throws, as a getter of somebody's may. */
const readOf = <T>(read: () => T, none: T): T => {
  try {
    return read();
  } catch {
    return none;
  }
};

/** Watches one message from its arrival at a node on. */
export const watchStep = (node: Node, msg: JitMessage): Watch => {
  const run = readOf<RunInfo | null>(() => runIn(msg), null);
  const step = journal().wait(
    node,
    run,
    readOf(() => asksForDryRun(msg), false),
  );
  return {
    cameWith: run?.id ?? null,
    begins: () => quietly(() => step.begins()),
    dropped: () => quietly(() => step.dropped()),
    belongsTo: (run) => quietly(() => step.belongsTo(run)),
    progress: (text) => quietly(() => step.progress(text)),
    sends: (outputs) => quietly(() => outputs.forEach((out) => step.sends(out?.payload))),
    end: (ended, shown) =>
      quietly(() => {
        if (ended.how === 'failed') step.end({ state: 'failed', text: textOf(shown), error: ended.error });
        else if (ended.how === 'closed') step.end({ state: 'stopped', text: '' });
        else step.end({ state: 'ok', text: textOf(shown) });
      }),
  };
};
