import { MINUTE } from '../core/time.js';

/** What Sonarr has told is not read again sooner than this because something is missing in it, in milliseconds. */
export const SOONEST = 10 * MINUTE;
