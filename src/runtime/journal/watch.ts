import type { RunInfo } from '../../core/contracts/index.js';
import type { Ended } from '../guard.js';
import type { JitMessage, Node, Outputs } from '../node-types.js';
import { runIn } from '../run.js';
import type { Meaning } from '../status.js';
import { journal } from './journal.js';

/** What a flow node tells the journal of its work on one message. None of it ever fails: the work comes first. */
export interface Watch {
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

/** The run that a message came with; null also when reading it throws, as a getter of somebody's may. */
const runCameWith = (msg: JitMessage): RunInfo | null => {
  try {
    return runIn(msg);
  } catch {
    return null;
  }
};

export const watchStep = (node: Node, msg: JitMessage): Watch => {
  const step = journal().begin(node, runCameWith(msg));
  return {
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
