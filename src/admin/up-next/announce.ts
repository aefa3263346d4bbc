import type { Journal } from '../../runtime/journal/journal.js';
import type { NodeAPI } from '../../runtime/node-types.js';

export const TOPIC = 'plex-jit/up-next';

/** Milliseconds between two announcements: a run says a lot in little time. */
const PAUSE = 500;

/** What tells the editors, a while after each change, that there is something new to read, not what. */
export const announcer = (RED: NodeAPI, journal: Journal): (() => void) => {
  let timer: NodeJS.Timeout | null = null;
  const tell = (): void => {
    timer = null;
    RED.comms.publish(TOPIC, { revision: journal.revision }, false);
  };
  return () => {
    timer ??= setTimeout(tell, PAUSE).unref();
  };
};
