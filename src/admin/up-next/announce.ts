import type { Journal } from '../../runtime/journal/journal.js';
import type { NodeAPI } from '../../runtime/node-types.js';

export const TOPIC = 'plex-jit/up-next';

/** Milliseconds between two announcements: a run says a lot in little time. */
const PAUSE = 500;

/** Tells the editors that there is something new to read, not what. */
export const announceChanges = (RED: NodeAPI, journal: Journal): void => {
  let timer: NodeJS.Timeout | null = null;
  const tell = (): void => {
    timer = null;
    RED.comms.publish(TOPIC, { revision: journal.revision }, false);
  };
  journal.onChange(() => {
    timer ??= setTimeout(tell, PAUSE).unref();
  });
};
